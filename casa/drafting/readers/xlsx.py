"""XLSX through openpyxl: each visible sheet is a heading and a table, as last calculated."""

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
from casa.drafting.text import clean, one_line

_HIDDEN = (b' hidden="1"', b' hidden="true"')
_MIDNIGHT = time()


def read(path: Path, *, limits: Limits) -> Content:
    """The sheets of a workbook. Formulas show the value that the file keeps for them."""
    # as a stream: openpyxl believes in file names, and stored files have none
    with path.open("rb") as source:
        workbook = openpyxl.load_workbook(source, read_only=True, data_only=True)
        passages, hidden = _sheets(workbook, limits=limits)
        metadata = _metadata(workbook)
    with opened(path) as archive:
        names = archive.namelist()
        parts = [name for name in names if name.startswith("xl/worksheets/sheet")]
        hidden = hidden or any(mark in archive.read(part) for part in parts for mark in _HIDDEN)
    return Content(
        passages=passages,
        metadata=metadata,
        comments=sum("comments" in name for name in names),
        has_macros=any(name.lower().endswith("vbaproject.bin") for name in names),
        hidden_text=hidden,
        has_images=any(name.startswith("xl/media/") for name in names),
    )


def _sheets(workbook: Workbook, *, limits: Limits) -> tuple[list[Passage], bool]:
    passages: list[Passage] = []
    hidden = False
    left = limits.cells
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            hidden = True
            continue
        # the declared size is the uploader's word: 5 kB can claim 17 billion cells
        sheet.reset_dimensions()
        rows = tuple(_rows(sheet.iter_rows(values_only=True), most=left))
        left -= sum(len(row) for row in rows)
        if rows:
            passages += [Passage(clean(sheet.title), outline=1), Passage("", rows=rows)]
    return passages, hidden


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
