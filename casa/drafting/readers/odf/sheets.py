"""The sheets of an ODS."""

from collections.abc import Iterator

from casa.drafting.draft import Row
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Passage
from casa.drafting.readers.odf.body import Body, cell_text, cells_of, rows_of
from casa.drafting.readers.odf.names import STYLE, TABLE
from casa.drafting.readers.odf.styles import whole
from casa.drafting.text import clean
from casa.drafting.xml import Element

_HIDDEN_ROWS = ("collapse", "filter")


def sheets_of(document: Element, *, body: Body, limits: Limits) -> list[Passage]:
    """A heading and a table for each visible sheet."""
    passages: list[Passage] = []
    hidden_styles = _hidden_styles(document.getroottree().getroot())
    left = limits.cells
    for sheet in document.iterchildren(f"{TABLE}table"):
        if sheet.get(f"{TABLE}style-name") in hidden_styles:
            continue
        rows = tuple(_rows(sheet, body=body, most=left))
        left -= sum(len(row) for row in rows)
        if rows:
            name = clean(sheet.get(f"{TABLE}name", ""))
            passages += [Passage(name, outline=1), Passage("", rows=rows)]
    return passages


def hidden_in(document: Element) -> tuple[int, int, int]:
    """Hidden sheets; hidden rows, and groups of hidden columns, with something in them."""
    hidden_styles = _hidden_styles(document.getroottree().getroot())
    sheets = rows = columns = 0
    for sheet in document.iterchildren(f"{TABLE}table"):
        if sheet.get(f"{TABLE}style-name") in hidden_styles:
            sheets += 1
            continue
        hidden = list(_hidden_columns(sheet))
        filled: set[int] = set()
        for row in rows_of(sheet):
            places = list(_filled(row))
            rows += bool(places) and row.get(f"{TABLE}visibility") in _HIDDEN_ROWS
            filled |= {
                at
                for at, (first, last) in enumerate(hidden)
                for start, end in places
                if start < last and first < end
            }
        columns += len(filled)
    return sheets, rows, columns


def _hidden_columns(sheet: Element) -> Iterator[tuple[int, int]]:
    at = 0
    for column in sheet.iter(f"{TABLE}table-column"):
        count = whole(column.get(f"{TABLE}number-columns-repeated"), 1)
        if column.get(f"{TABLE}visibility") in _HIDDEN_ROWS:
            yield at, at + count
        at += count


def _filled(row: Element) -> Iterator[tuple[int, int]]:
    """From which column to which there is something."""
    at = 0
    for cell in cells_of(row):
        count = whole(cell.get(f"{TABLE}number-columns-repeated"), 1)
        if len(cell):
            yield at, at + count
        at += count


def _hidden_styles(root: Element) -> set[str]:
    return {
        style.get(f"{STYLE}name", "")
        for style in root.iter(f"{STYLE}style")
        for said in style.iterchildren(f"{STYLE}table-properties")
        if said.get(f"{TABLE}display") == "false"
    }


def _rows(sheet: Element, *, body: Body, most: int) -> Iterator[Row]:
    """Filled rows. An empty one may be repeated a million times; a full one counts each time."""
    seen = 0
    for element in rows_of(sheet):
        row = _row(element, body=body, most=most - seen)
        if not row:
            continue
        count = whole(element.get(f"{TABLE}number-rows-repeated"), 1)
        seen += len(row) * count
        if seen > most:
            raise Unreadable("too_large")
        for _ in range(count):
            yield row


def _row(element: Element, *, body: Body, most: int) -> Row:
    """The cells up to the last filled one: the empty rest of a row is written as one repetition."""
    texts: list[str] = []
    empty = 0
    for cell in cells_of(element):
        text = cell_text(body.passages(cell, flat=True))
        count = whole(cell.get(f"{TABLE}number-columns-repeated"), 1)
        if not text:
            empty += count
            continue
        if len(texts) + empty + count > most:
            raise Unreadable("too_large")
        texts += [""] * empty + [text] * count
        empty = 0
    return tuple(texts)
