"""A clean picture: the same points as it is seen, nothing about camera, place and program."""

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps

from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits

_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "TIFF": ".tif"}
_MOST_PIXELS = 120_000_000
_PAGES = 500
_QUALITY = 95
OTHER = "Questa immagine non si ripulisce: salvala come PNG o JPEG e riprova."
NAMED = (
    "In un'immagine non si cercano parole: copri il dato con un programma di disegno, salva una "
    "copia e riprova senza nominarlo."
)


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """JPEG, PNG and TIFF with all its pages. What is drawn in it is not searched."""
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable("too_large")
    if work.values:
        raise Unreadable("not_supported", NAMED)
    Image.MAX_IMAGE_PIXELS = None  # our own bound stands below, before any pixel is unpacked
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=tuple(_SUFFIXES)) as picture:
                kind = picture.format or "PNG"
                pages = list(_pages(picture))
                work.dropped["picture-data"] += bool(picture.getexif() or picture.info)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable("not_supported", OTHER) from error
    work.warn("pictures")
    return work.done(_saved(pages, kind), _SUFFIXES[kind])


def _pages(picture: Image.Image) -> Iterator[Image.Image]:
    """Each page upright, from its points alone, with its resolution."""
    count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    for index in range(min(count, _PAGES)):
        picture.seek(index)
        if picture.width * picture.height > _MOST_PIXELS // min(count, _PAGES):
            raise Unreadable("too_large")
        upright = ImageOps.exif_transpose(picture)
        bare = Image.new(upright.mode, upright.size)
        bare.paste(upright)
        if upright.mode == "P":
            bare.putpalette(upright.getpalette() or [])
        if dpi := picture.info.get("dpi"):
            bare.info["dpi"] = dpi
        yield bare


def _saved(pages: list[Image.Image], kind: str) -> bytes:
    target = io.BytesIO()
    first, rest = pages[0], pages[1:]
    dpi = {"dpi": first.info["dpi"]} if "dpi" in first.info else {}
    more = {"save_all": True, "append_images": rest} if rest else {}
    packed = {"compression": "tiff_deflate"} if kind == "TIFF" else {}
    quality = {"quality": _QUALITY} if kind == "JPEG" else {}
    first.save(target, format=kind, **dpi, **more, **packed, **quality)
    return target.getvalue()
