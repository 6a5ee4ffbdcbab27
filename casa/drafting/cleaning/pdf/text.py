"""The text of each page of a PDF, letter by letter with its place."""

from dataclasses import dataclass, field

from casa.drafting.cleaning.values import pattern
from casa.drafting.cleaning.work import Work
from casa.drafting.pdfium import pdfium, pypdfium2
from casa.drafting.text import visible

Span = tuple[int, int]
Box = tuple[float, float, float, float]
_DEPTH = 3
_LAST = 0x10FFFF


@dataclass(slots=True)
class PageText:
    """`text[i]` is the letter `places[i]` of pdfium, in `boxes[i]` (left, bottom, right, top)."""

    index: int
    text: str = ""
    boxes: list[Box] = field(default_factory=list)
    has_pictures: bool = False

    def spans(self, work: Work) -> list[Span]:
        """Where the values stand that must go, without overlaps; they are counted."""
        found: list[Span] = []
        for value in work.values:
            for match in pattern(value).finditer(self.text):
                work.count(value)
                found.append(match.span())
        merged: list[Span] = []
        for start, end in sorted(found):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


def texts_of(document: pypdfium2.PdfDocument) -> list[PageText]:
    """All pages, in order."""
    return [_text(document, index) for index in range(len(document))]


def _text(document: pypdfium2.PdfDocument, index: int) -> PageText:
    made = PageText(index)
    page = document[index]
    try:
        letters = page.get_textpage()
        _read(letters.raw, made)
        letters.close()
        images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH)
        made.has_pictures = next(iter(images), None) is not None
    finally:
        page.close()
    return made


def _read(letters: pdfium.FPDF_TEXTPAGE, made: PageText) -> None:
    signs = []
    for place in range(max(0, pdfium.FPDFText_CountChars(letters))):
        code = pdfium.FPDFText_GetUnicode(letters, place)
        sign = visible(chr(code)) if 0 < code <= _LAST else ""
        if sign:
            signs.append(sign)
            made.boxes.append(_box(letters, place))
    made.text = "".join(signs)


def _box(letters: pdfium.FPDF_TEXTPAGE, place: int) -> Box:
    """All that a letter may cover: its line's height, and what sticks out of it."""
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(letters, place, loose)
    tight = [pdfium.c_double() for _ in range(4)]
    left, right, bottom, top = tight
    if not pdfium.FPDFText_GetCharBox(letters, place, left, right, bottom, top):
        return loose.left, loose.bottom, loose.right, loose.top
    return (
        min(loose.left, left.value),
        min(loose.bottom, bottom.value),
        max(loose.right, right.value),
        max(loose.top, top.value),
    )
