"""The letters of a PDF page as pdfium tells them: lines of text, their place and their look."""

import ctypes
import math
from collections.abc import Iterator

from casa.drafting.pdfium import pdfium
from casa.drafting.readers.pdf.page import Line

_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"semibold", b"demi")
_NAME_LENGTH = 128
_WIDE = 0.62  # of the size for a letter on average: more means that there are gaps
_WIDE_CAPITALS = 0.78
_GAP = 1.6  # sizes of a letter between two cells of one row
_SAMPLE = 8
_MANY = 0.4
_LONG = 20


class Letters:
    """The text of one page. Asks pdfium as little as it can: a few letters of each line."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE) -> None:
        self._page = text_page
        self._text = _raw_text(text_page)
        # where some letters have no text, a place in the text is not a place on the page
        self._shifted = _units(self._text) != pdfium.FPDFText_CountChars(text_page)
        self._fonts: dict[int, bool] = {}

    def lines(self) -> list[Line]:
        """The lines as pdfium parts them; where gaps are usual or wide, with their pieces."""
        found = [(at, words, self._line(at, words)) for at, words in self._places()]
        everywhere = self._has_columns(found)
        for at, words, line in found:
            pieces = list(self._pieces(at, words)) if everywhere or _is_wide(line) else []
            if len(pieces) > 1:
                line.pieces = tuple(self._line(*piece) for piece in pieces)
        return [line for _, _, line in found]

    def _places(self) -> Iterator[tuple[int, str]]:
        at = 0
        for raw in self._text.split("\n"):
            words = raw.strip()
            if words:
                yield at + _units(raw[: len(raw) - len(raw.lstrip())]), words
            at += _units(raw) + 1

    def _has_columns(self, found: list[tuple[int, str, Line]]) -> bool:
        """Do many lines have a gap? Looked at in some of the longer ones."""
        longer = [(at, words) for at, words, _ in found if len(words) >= _LONG]
        some = longer[:: max(1, len(longer) // _SAMPLE)]
        return sum(len(list(self._pieces(*one))) > 1 for one in some) > _MANY * max(1, len(some))

    def _pieces(self, at: int, words: str) -> Iterator[tuple[int, str]]:
        """The line cut at each gap that is too wide for a space between two words."""
        begun = 0
        for place, letter in enumerate(words):
            if letter == " " and words[place + 1] != " ":
                before = self._box(at + _units(words[:place]) - 1)
                after = self._box(at + _units(words[: place + 1]))
                if after.left - before.right > _GAP * abs(before.top - before.bottom):
                    yield at + _units(words[:begun]), words[begun:place].rstrip()
                    begun = place + 1
        yield at + _units(words[:begun]), words[begun:]

    def _line(self, at: int, words: str) -> Line:
        last = at + _units(words) - 1
        middle = len(words) // 2 - (words[len(words) // 2] == " ")
        places = [
            self._index(place) for place in (at, at + _units(words[:middle]), max(at, last - 1))
        ]
        sizes = sorted(self._size(place) for place in places)
        left, end = self._box(at), self._box(last)
        return Line(
            text=words,
            left=left.left,
            right=max(end.right, self._box(max(at, last - 1)).right),
            base=self._baseline(places[0]),
            size=round(sizes[1], 1),
            bold=all(self._is_bold(place) for place in places),
        )

    def _index(self, place: int) -> int:
        if not self._shifted:
            return place
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, place))

    def _box(self, place: int) -> pdfium.FS_RECTF:
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._page, self._index(place), box)
        return box

    def _baseline(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._page, index, x, y)
        return float(y.value)

    def _size(self, index: int) -> float:
        """The size of the letters as set on the page: of the font, scaled by the text's matrix."""
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._page, index, matrix)
        scale = math.hypot(matrix.c, matrix.d)
        return float(pdfium.FPDFText_GetFontSize(self._page, index) * (scale or 1.0))

    def _is_bold(self, index: int) -> bool:
        """By weight, else by the name of the font; asked once for each font of the page."""
        written = pdfium.FPDFText_GetTextObject(self._page, index)
        font = pdfium.FPDFTextObj_GetFont(written) if written else None
        if not font:
            return False
        identity = ctypes.addressof(font.contents)
        if identity not in self._fonts:
            self._fonts[identity] = _bold_font(font)
        return self._fonts[identity]


def _is_wide(line: Line) -> bool:
    usual = _WIDE_CAPITALS if line.text.isupper() else _WIDE
    return " " in line.text and line.right - line.left > usual * line.size * len(line.text)


def _raw_text(text_page: pdfium.FPDF_TEXTPAGE) -> str:
    """The whole text of the page, lines apart."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    words = bytes(memoryview(buffer).cast("B")[: 2 * max(0, written - 1)])
    return words.decode("utf-16-le", "replace")


def _units(text: str) -> int:
    """pdfium counts letters beyond the first 65,536, as in formulas, twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def _bold_font(font: pdfium.FPDF_FONT) -> bool:
    if pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    pdfium.FPDFFont_GetBaseFontName(font, name, _NAME_LENGTH)
    return any(word in name.value.lower() for word in _BOLD_NAMES)
