"""Pictures of a clean copy: the same points, without what camera or program wrote beside."""

import io

from PIL import Image

from casa.drafting.errors import Unreadable

_FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP")
_DRAWN = (".emf", ".wmf")
_QUALITY = 92
_BAD = "Un'immagine del documento non si riesce a ripulire: toglila dall'originale e riprova."


def without_metadata(name: str, data: bytes) -> bytes:
    """The picture saved anew from its points alone. Raises Unreadable for one that is broken.

    Drawings (EMF, WMF) are kept as they are: they have no camera's data.
    """
    if name.lower().endswith(_DRAWN):
        return data
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            kind = picture.format or "PNG"
            bare = Image.new(picture.mode, picture.size)
            bare.paste(picture)
            if picture.mode == "P":
                bare.putpalette(picture.getpalette() or [])
            target = io.BytesIO()
            bare.save(target, format=kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable("corrupt", _BAD) from error
    return target.getvalue()
