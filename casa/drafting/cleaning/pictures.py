"""Pictures of a clean copy: the same points, without what camera or program wrote beside."""

import io
import struct

from PIL import Image

from casa.drafting.errors import Unreadable

_FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP")
_DRAWN = (".emf", ".wmf")
_QUALITY = 92
_BAD = "Un'immagine del documento non si riesce a ripulire: toglila dall'originale e riprova."
_START, _SCAN, _COMMENT = 0xD8, 0xDA, 0xFE
_APPLICATIONS = range(0xE1, 0xF0)
_ADOBE = 0xEE  # how the colours are stored: without it they are wrong
_PROFILE = b"ICC_PROFILE\0"


def without_metadata(name: str, data: bytes) -> bytes:
    """The picture saved anew from its points alone. Raises Unreadable for one that is broken.

    Drawings (EMF, WMF) are kept as they are: they have no camera's data.
    """
    if name.lower().endswith(_DRAWN):
        return data
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            return _saved(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable("corrupt", _BAD) from error


def _saved(picture: Image.Image) -> bytes:
    kind = picture.format or "PNG"
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    if picture.mode == "P":
        bare.putpalette(picture.getpalette() or [])
    target = io.BytesIO()
    bare.save(target, format=kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    return target.getvalue()


def without_camera_data(data: bytes) -> bytes:
    """A JPEG with the same compressed points and none of the segments that programs add.

    Colour profiles stay. Gives the data as they are where they are no JPEG that can be followed.
    """
    if data[:2] != b"\xff\xd8":
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004
        marker = data[at + 1]
        if marker == _SCAN:
            return b"".join([*kept, data[at:]])
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        profile = data[at + 4 : end].startswith(_PROFILE)
        foreign = marker in _APPLICATIONS and marker != _ADOBE and not profile
        if not foreign and marker != _COMMENT:
            kept.append(data[at:end])
        at = end
    return data
