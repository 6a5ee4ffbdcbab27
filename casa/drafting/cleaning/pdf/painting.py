"""A page as a picture of itself, black where values stood, with the other words invisible in it."""

import ctypes
import io
from collections.abc import Iterator, Sequence

import pikepdf
from PIL import Image, ImageChops, ImageDraw

from casa.drafting.cleaning.flowing import SIGN
from casa.drafting.cleaning.pdf.text import Box, PageText, Places
from casa.drafting.ocr import MOST_PIXELS
from casa.drafting.pdfium import pdfium, pypdfium2

_DPI, _POINTS = 200, 72
_QUALITY = 80
_MARGIN = 2  # pixels around a letter
_WIDE = 0.6  # of a letter of Courier, in its size
_FONT = pikepdf.Dictionary(
    Type=pikepdf.Name.Font,
    Subtype=pikepdf.Name.Type1,
    BaseFont=pikepdf.Name.Courier,
    Encoding=pikepdf.Name.WinAnsiEncoding,
)
Word = tuple[str, Box]


def painted(
    copy: pikepdf.Pdf,
    document: pypdfium2.PdfDocument,
    text: PageText,
    gone: Sequence[Places],
    *,
    words: bool,
) -> None:
    """Add the page to the copy. Nothing of the old page is in it but these pixels and words."""
    page = document[text.index]
    try:
        scale = _scale(page)
        picture = page.render(scale=scale).to_pil().convert("RGB")
        boxes = [_pixels(page, box, picture.size) for box in text.boxes]
    finally:
        page.close()
    _blacken(picture, [[boxes[place] for place in places] for places in gone])
    size = (picture.width / scale, picture.height / scale)
    said = list(_words(text.text, boxes, gone)) if words else []
    content = _content(said, size=size, scale=scale)
    _add(copy, picture, content, size=size)


def _scale(page: pypdfium2.PdfPage) -> float:
    """Pixels for a point: 200 dpi, fewer for a page that claims to be huge."""
    width, height = page.get_size()
    return float(min(_DPI / _POINTS, (MOST_PIXELS / max(1.0, width * height)) ** 0.5))


def _pixels(page: pypdfium2.PdfPage, box: Box, size: tuple[int, int]) -> Box:
    """The box on the picture, whose origin is above; the page may be turned."""
    corners = [_corner(page, x, y, size) for x, y in ((box[0], box[1]), (box[2], box[3]))]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _corner(page: pypdfium2.PdfPage, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, size[0], size[1], 0, x, y, across, down)
    return across.value, down.value


def _blacken(picture: Image.Image, groups: Sequence[Sequence[Box]]) -> None:
    """One box for all letters of a value on a line, so that their number does not show."""
    pen = ImageDraw.Draw(picture)
    for group in groups:
        for left, top, right, bottom in _joined(group):
            place = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
            pen.rectangle(place, fill="black")


def _joined(boxes: Sequence[Box]) -> list[Box]:
    lines: list[Box] = []
    for box in boxes:
        if box[2] <= box[0] and box[3] <= box[1]:
            continue
        last = lines[-1] if lines else None
        if last and min(last[3], box[3]) - max(last[1], box[1]) > 0:
            lines[-1] = (
                *(min(last[0], box[0]), min(last[1], box[1])),
                *(max(last[2], box[2]), max(last[3], box[3])),
            )
        else:
            lines.append(box)
    return lines


def _words(text: str, boxes: Sequence[Box], gone: Sequence[Places]) -> Iterator[Word]:
    """The words that stay with their places, and the sign where a value was."""
    hidden = {place for places in gone for place in places}
    firsts = {min(places) for places in gone}
    word: list[int] = []
    for place, sign in enumerate(text):
        if place in hidden or sign.isspace():
            yield from _word(text, boxes, word)
            word = []
            if place in firsts:
                yield SIGN, boxes[place]
        else:
            word.append(place)
    yield from _word(text, boxes, word)


def _word(text: str, boxes: Sequence[Box], places: Sequence[int]) -> Iterator[Word]:
    if places:
        said = "".join(text[place] for place in places)
        joined = _joined([boxes[place] for place in places])
        if joined:
            yield said, joined[0]


def _content(words: Sequence[Word], *, size: tuple[float, float], scale: float) -> bytes:
    """The drawing of the page: the picture, then each word stretched to where it is seen."""
    lines = [f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Im0 Do Q", "BT 3 Tr"]
    for said, (left, top, right, bottom) in words:
        high = max(1.0, (bottom - top) / scale * 0.8)
        wide = max(1.0, (right - left) / scale)
        stretch = 100 * wide / (len(said) * high * _WIDE)
        code = f"{said} ".encode("cp1252", "replace").hex()
        below = size[1] - bottom / scale + high * 0.2
        lines.append(
            f"/F1 {high:.2f} Tf {stretch:.1f} Tz 1 0 0 1 {left / scale:.2f} {below:.2f} Tm"
            f" <{code}> Tj"
        )
    return "\n".join([*lines, "ET"]).encode()


def _add(
    copy: pikepdf.Pdf, picture: Image.Image, content: bytes, *, size: tuple[float, float]
) -> None:
    grey = _is_grey(picture)
    target = io.BytesIO()
    (picture.convert("L") if grey else picture).save(target, "JPEG", quality=_QUALITY)
    image = pikepdf.Stream(
        copy,
        target.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = copy.add_blank_page(page_size=size)
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Im0=image), Font=pikepdf.Dictionary(F1=_FONT)
    )
    page.obj.Contents = copy.make_stream(content)


def _is_grey(picture: Image.Image) -> bool:
    """No point has a colour."""
    red, green, blue = picture.split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(one.getbbox() is None for one in apart)
