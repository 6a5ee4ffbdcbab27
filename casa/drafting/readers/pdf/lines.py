"""Lines of a PDF page with their place and look, in the order in which they were written."""

import re
from collections import defaultdict

from casa.drafting.pdfium import pypdfium2
from casa.drafting.readers.pdf.columns import in_columns
from casa.drafting.readers.pdf.drawing import drawing_of
from casa.drafting.readers.pdf.letters import Letters
from casa.drafting.readers.pdf.page import Line, Page
from casa.drafting.readers.pdf.tables import Table, tables_of

_LOOSE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z]\)|[•▪-]")
_SAME_LINE = 2.0
_MARGIN = 60.0


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
        lines = _with_tables(_with_loose_numbers(Letters(text_page.raw).lines()), tables)
        made.lines = in_columns(lines)
        made.has_images = drawing.has_images
        made.height = page.get_height()
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
