"""XLSX through openpyxl: each visible sheet is a heading and a table, as last calculated."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from casa.drafting.archive import opened
from casa.drafting.draft import Metadata, Row
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Content, Passage
from casa.drafting.readers.outside import ooxml_links
from casa.drafting.text import clean, one_line
from casa.drafting.xml import Element, parse

_HIDDEN = (b' hidden="1"', b' hidden="true"')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TRUE = ("1", "true")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_MIDNIGHT = time()


def read(path: Path, *, limits: Limits) -> Content:
    """The sheets of a workbook. Formulas show the value that the file keeps for them."""
    # as a stream: openpyxl believes in file names, and stored files have none
    with path.open("rb") as source:
        workbook = openpyxl.load_workbook(source, read_only=True, data_only=True)
        passages = _sheets(workbook, limits=limits)
        sheets = sum(sheet.sheet_state != "visible" for sheet in workbook.worksheets)
        metadata = _metadata(workbook)
    with opened(path) as archive:
        names = archive.namelist()
        parts = [name for name in names if name.startswith("xl/worksheets/sheet")]
        hidden = [_hidden_in(archive.read(part)) for part in parts]
        links = ooxml_links(archive, limits=limits)
    rows, columns = (sum(one[at] for one in hidden) for at in (0, 1))
    return Content(
        passages=passages,
        metadata=metadata if "docProps/core.xml" in names else Metadata(),
        comments=sum("comments" in name for name in names),
        has_macros=any(name.lower().endswith("vbaproject.bin") for name in names),
        hidden_text=bool(sheets or rows or columns),
        hidden_sheets=sheets,
        hidden_rows=rows,
        hidden_columns=columns,
        external_links=links,
        has_images=any(name.startswith("xl/media/") for name in names),
    )


def _hidden_in(sheet: bytes) -> tuple[int, int]:
    """How many hidden rows and columns have something in them."""
    if not any(mark in sheet for mark in _HIDDEN):
        return 0, 0
    root = parse(sheet)
    hidden = [
        range(int(one.get("min", "0")), int(one.get("max", "0")) + 1)
        for one in root.iter(f"{_MAIN}col")
        if one.get("hidden") in _TRUE
    ]
    rows, columns = 0, set()
    for row in root.iter(f"{_MAIN}row"):
        filled = {_column(cell) for cell in row.iterchildren(f"{_MAIN}c") if len(cell)}
        rows += bool(filled) and row.get("hidden") in _TRUE
        columns |= {one for one in filled if any(one in columns for columns in hidden)}
    return rows, len(columns)


def _column(cell: Element) -> int:
    """The number of a cell's column, from 1; 0 when it is not said."""
    found = _LETTERS.match(cell.get("r", ""))
    number = 0
    for letter in found[0] if found else "":
        number = number * 26 + ord(letter) - 64
    return number


def _sheets(workbook: Workbook, *, limits: Limits) -> list[Passage]:
    passages: list[Passage] = []
    left = limits.cells
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # the declared size is the uploader's word: 5 kB can claim 17 billion cells
        sheet.reset_dimensions()
        rows = tuple(_rows(sheet.iter_rows(values_only=True), most=left))
        left -= sum(len(row) for row in rows)
        if rows:
            passages += [Passage(clean(sheet.title), outline=1), Passage("", rows=rows)]
    return passages


def _rows(rows: Iterable[tuple[object, ...]], *, most: int) -> Iterator[Row]:
    """Rows with something in them, without the empty cells at their end."""
    seen = 0
    for values in rows:
        row = [_shown(value) for value in values]
        seen += max(1, len(row))
        if seen > most:
            raise Unreadable("too_large")
        while row and not row[-1]:
            row.pop()
        if row:
            yield tuple(row)


def _shown(value: object) -> str:
    """As Italians write it: 31/12/2025, VERO; numbers without the noise of floating point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VERO" if value else "FALSO"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == _MIDNIGHT else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return clean(str(value))


def _metadata(workbook: Workbook) -> Metadata:
    said = workbook.properties

    def words(value: object) -> str:
        return one_line(clean(str(value or "")))[:500]

    return Metadata(
        title=words(said.title),
        author=words(said.creator),
        last_author=words(said.lastModifiedBy),
        created=said.created.isoformat() if said.created else "",
        modified=said.modified.isoformat() if said.modified else "",
    )
