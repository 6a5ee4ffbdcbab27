"""Lines of a PDF page with their place and look, in the order in which they were written."""

import ctypes
import re
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from casa.drafting.draft import Row
from casa.drafting.readers.pdf.drawing import drawing_of
from casa.drafting.readers.pdf.tables import Table, tables_of

_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"semibold", b"demi")
_NAME_LENGTH = 128
_FEW_CHARACTERS = 15
_LOOSE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z]\)|[•▪-]")
_SAME_LINE = 2.5
_MARGIN = 60.0


@dataclass(slots=True)
class Line:
    """One line as printed, or a whole table where it stands: then it has rows and no text.

    Coordinates in points from the lower left corner of the page; `size` is the height of the
    letters; `flat` lines are never a heading.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
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
        return self.has_images and sum(len(line.text) for line in self.lines) < _FEW_CHARACTERS


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
        x, y = (line.left + line.right) / 2, line.top - line.size / 2
        table = next((table for table in tables if table.holds(x, y)), None)
        if table is None:
            kept.append(line)
        elif table in waiting:
            waiting.remove(table)
            kept.append(_table_line(table))
    return kept


def _with_loose_numbers(lines: list[Line]) -> list[Line]:
    """A number written apart from its paragraph, in the margin, is put before it again."""
    loose = [line for line in lines if _LOOSE_NUMBER.fullmatch(line.text)]
    placed: set[int] = set()
    for number in loose:
        beside = [line for line in lines if line not in loose and _stands_beside(line, number)]
        if beside:
            owner = min(beside, key=lambda line: line.left)
            owner.text, owner.left = f"{number.text} {owner.text}", number.left
            placed.add(id(number))
    return [line for line in lines if id(line) not in placed]


def _stands_beside(line: Line, number: Line) -> bool:
    return abs(line.top - number.top) <= _SAME_LINE and 0 <= line.left - number.right < _MARGIN


def _table_line(table: Table) -> Line:
    return Line("", left=table.left, right=table.right, top=table.top, flat=True, rows=table.rows)


def _lines(text_page: pdfium.FPDF_TEXTPAGE) -> list[Line]:
    fonts: dict[int, bool] = {}
    lines, at = [], 0
    for raw in _raw_text(text_page).split("\n"):
        text = raw.rstrip("\r")
        stripped = text.strip()
        if stripped:
            first = at + _units(text) - _units(text.lstrip())
            lines.append(_line(text_page, stripped, first=first, fonts=fonts))
        at += _units(raw) + 1
    return lines


def _raw_text(text_page: pdfium.FPDF_TEXTPAGE) -> str:
    """The whole text of the page, lines apart."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    return bytes(memoryview(buffer).cast("B")[: 2 * max(0, written - 1)]).decode(
        "utf-16-le", "replace"
    )


def _units(text: str) -> int:
    """pdfium counts letters beyond the first 65,536, as in formulas, twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def _line(
    text_page: pdfium.FPDF_TEXTPAGE, text: str, *, first: int, fonts: dict[int, bool]
) -> Line:
    last = first + _units(text) - 1
    looked_at = sorted({first, (first + last) // 2, max(first, last - 1)})
    places = [pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, place) for place in looked_at]
    boxes = [_box(text_page, place) for place in places]
    end = _box(text_page, pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, last))
    sizes = sorted(abs(box.top - box.bottom) for box in boxes)
    return Line(
        text=text,
        left=boxes[0].left,
        right=max(end.right, boxes[-1].right),
        top=boxes[0].top,
        size=round(sizes[len(sizes) // 2], 1),
        bold=all(_is_bold(text_page, place, fonts=fonts) for place in places),
    )


def _box(text_page: pdfium.FPDF_TEXTPAGE, place: int) -> pdfium.FS_RECTF:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, place, box)
    return box


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
