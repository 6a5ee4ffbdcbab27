"""Lines of a PDF page with their place and look, in the order in which they were written."""

import ctypes
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field

from casa.drafting.draft import Row
from casa.drafting.pdfium import pdfium, pypdfium2
from casa.drafting.readers.pdf.drawing import drawing_of
from casa.drafting.readers.pdf.tables import Table, tables_of

_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"semibold", b"demi")
_NAME_LENGTH = 128
_FEW_CHARACTERS = 15
_LOOSE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z]\)|[•▪-]")
_SAME_LINE = 2.0
_MARGIN = 60.0


@dataclass(slots=True)
class Line:
    """One line as printed, or a whole table where it stands: then it has rows and no text.

    Coordinates in points from the lower left corner of the page, `base` that of the baseline;
    `size` is that of the letters; `flat` lines are never a heading.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    flat: bool = False
    rows: tuple[Row, ...] = ()


@dataclass(slots=True)
class Page:
    """A page: its lines, and whether it is only a picture of lines."""

    number: int
    lines: list[Line] = field(default_factory=list)
    has_images: bool = False

    @property
    def is_scanned(self) -> bool:
        """Pictures and no words."""
        letters = sum(len(line.text) + _FEW_CHARACTERS * len(line.rows) for line in self.lines)
        return self.has_images and letters < _FEW_CHARACTERS


def page_of(document: pypdfium2.PdfDocument, index: int) -> Page:
    """The lines of one page. A page that cannot be loaded counts as empty."""
    made = Page(number=index + 1)
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return made
    try:
        text_page = page.get_textpage()
        drawing = drawing_of(page.raw)
        tables = tables_of(text_page.raw, drawing)
        made.lines = _with_tables(_with_loose_numbers(_lines(text_page.raw)), tables)
        made.has_images = drawing.has_images
        text_page.close()
    finally:
        page.close()
    return made


def _with_tables(lines: list[Line], tables: list[Table]) -> list[Line]:
    """Each table in the place of the first line that it holds, instead of all of these."""
    kept: list[Line] = []
    waiting = list(tables)
    for line in lines:
        x, y = (line.left + line.right) / 2, line.base + line.size / 4
        table = next((table for table in tables if table.holds(x, y)), None)
        if table is None:
            kept.append(line)
        elif table in waiting:
            waiting.remove(table)
            kept.append(_table_line(table))
    return kept


def _with_loose_numbers(lines: list[Line]) -> list[Line]:
    """A number written apart from its paragraph, in the margin, is put before it again."""
    heights: dict[int, list[Line]] = defaultdict(list)
    loose: list[Line] = []
    for line in lines:
        lone = _LOOSE_NUMBER.fullmatch(line.text)
        (loose if lone else heights[round(line.base / _SAME_LINE)]).append(line)
    placed: set[int] = set()
    for number in loose:
        height = round(number.base / _SAME_LINE)
        near = [line for step in (-1, 0, 1) for line in heights.get(height + step, ())]
        beside = [line for line in near if 0 <= line.left - number.right < _MARGIN]
        if beside:
            owner = min(beside, key=lambda line: line.left)
            owner.text, owner.left = f"{number.text} {owner.text}", number.left
            placed.add(id(number))
    return [line for line in lines if id(line) not in placed]


def _table_line(table: Table) -> Line:
    return Line("", left=table.left, right=table.right, base=table.top, flat=True, rows=table.rows)


def _lines(text_page: pdfium.FPDF_TEXTPAGE) -> list[Line]:
    text = _raw_text(text_page)
    # where some letters have no text, a place in the text is not a place on the page
    shifted = _units(text) != pdfium.FPDFText_CountChars(text_page)
    fonts: dict[int, bool] = {}
    lines, at = [], 0
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            first = at + _units(raw[: len(raw) - len(raw.lstrip())])
            places = _places(text_page, first, first + _units(words) - 1, shifted=shifted)
            lines.append(_line(text_page, words, places=places, fonts=fonts))
        at += _units(raw) + 1
    return lines


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


def _places(text_page: pdfium.FPDF_TEXTPAGE, first: int, last: int, *, shifted: bool) -> list[int]:
    """The first, a middle, the last but one and the last letter of a line."""
    wanted = [first, (first + last) // 2, max(first, last - 1), last]
    if not shifted:
        return wanted
    return [pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, place) for place in wanted]


def _line(
    text_page: pdfium.FPDF_TEXTPAGE, text: str, *, places: list[int], fonts: dict[int, bool]
) -> Line:
    sizes = sorted(_size(text_page, place) for place in places[:3])
    left, right = (_box(text_page, place) for place in (places[0], places[-1]))
    return Line(
        text=text,
        left=left.left,
        right=max(right.right, _box(text_page, places[2]).right),
        base=_baseline(text_page, places[0]),
        size=round(sizes[1], 1),
        bold=all(_is_bold(text_page, place, fonts=fonts) for place in places[:3]),
    )


def _box(text_page: pdfium.FPDF_TEXTPAGE, place: int) -> pdfium.FS_RECTF:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, place, box)
    return box


def _baseline(text_page: pdfium.FPDF_TEXTPAGE, place: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, place, x, y)
    return float(y.value)


def _size(text_page: pdfium.FPDF_TEXTPAGE, place: int) -> float:
    """The size of the letters as set on the page: of the font, scaled by the text's matrix."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, place, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    return float(pdfium.FPDFText_GetFontSize(text_page, place) * (scale or 1.0))


def _is_bold(text_page: pdfium.FPDF_TEXTPAGE, place: int, *, fonts: dict[int, bool]) -> bool:
    """By weight, else by the name of the font; asked once for each font of the page."""
    written = pdfium.FPDFText_GetTextObject(text_page, place)
    font = pdfium.FPDFTextObj_GetFont(written) if written else None
    if not font:
        return False
    identity = ctypes.addressof(font.contents)
    if identity not in fonts:
        fonts[identity] = _bold_font(font)
    return fonts[identity]


def _bold_font(font: pdfium.FPDF_FONT) -> bool:
    if pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    pdfium.FPDFFont_GetBaseFontName(font, name, _NAME_LENGTH)
    return any(word in name.value.lower() for word in _BOLD_NAMES)
