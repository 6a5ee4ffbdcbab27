"""The text of each page of a PDF, letter by letter with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casa.drafting.cleaning.values import SHORT, pattern
from casa.drafting.cleaning.work import Work
from casa.drafting.pdfium import pdfium, pypdfium2
from casa.drafting.text import visible

Places = Sequence[int]
Box = tuple[float, float, float, float]
_DEPTH = 3
_SAME_LINE = 0.4
_LAST = 0x10FFFF


@dataclass(slots=True)
class PageText:
    """`text[i]` is the letter `places[i]` of pdfium, in `boxes[i]` (left, bottom, right, top)."""

    index: int
    text: str = ""
    boxes: list[Box] = field(default_factory=list)
    has_pictures: bool = False

    def places_of(self, work: Work) -> list[Places]:
        """The letters of each value that must go, once; they are counted."""
        found: list[Places] = []
        taken: set[int] = set()
        for value in work.values:
            for places in self._matches(value):
                if not taken.issuperset(places):
                    work.count(value)
                    found.append(places)
                    taken.update(places)
        return found

    def _matches(self, value: str) -> Iterator[Places]:
        """In the order in which the letters are written, then in that in which they are seen."""
        for match in pattern(value).finditer(self.text):
            yield range(*match.span())
        if len(value) >= SHORT:
            seen = self._as_seen()
            for match in pattern(value).finditer("".join(self.text[place] for place in seen)):
                yield seen[match.start() : match.end()]

    def _as_seen(self) -> list[int]:
        """The letters from the top line to the last, each line from the left."""
        letters = [place for place, sign in enumerate(self.text) if not sign.isspace()]
        letters.sort(key=lambda place: -self._middle(place))
        lines: list[list[int]] = []
        for place in letters:
            high = self.boxes[place][3] - self.boxes[place][1]
            near = lines and self._middle(lines[-1][0]) - self._middle(place) < high * _SAME_LINE
            if near:
                lines[-1].append(place)
            else:
                lines.append([place])
        return [place for line in lines for place in sorted(line, key=self._left)]

    def _middle(self, place: int) -> float:
        return (self.boxes[place][1] + self.boxes[place][3]) / 2

    def _left(self, place: int) -> float:
        return self.boxes[place][0]


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
