"""Sheets of an ODS: what is hidden is emptied, and what a formula keeps beside its text."""

from copy import copy

from casa.drafting.cleaning.flowing import SIGN
from casa.drafting.cleaning.parcel import cut, without
from casa.drafting.cleaning.values import pattern
from casa.drafting.cleaning.work import Work
from casa.drafting.readers.odf.body import rows_of
from casa.drafting.readers.odf.names import OFFICE, STYLE, TABLE
from casa.drafting.readers.odf.styles import whole
from casa.drafting.xml import Element, local

_HIDDEN = ("collapse", "filter")
_CELLS = ("table-cell", "covered-table-cell")
_FORMULA = f"{TABLE}formula"
_VALUES = tuple(
    f"{OFFICE}{name}" for name in ("value", "date-value", "time-value", "boolean-value", "currency")
)
_SHOWN_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_SPAN = f"{TABLE}number-columns-repeated"


def clear_hidden(root: Element, *, work: Work) -> None:
    """Hidden sheets go; hidden rows and columns stay in their place, with nothing in them."""
    hidden = _hidden_styles(root)
    before = dict(work.dropped)
    for sheet in list(root.iter(f"{TABLE}table")):
        above = sheet.getparent()
        if above is None or local(above) != "spreadsheet":
            continue
        if sheet.get(f"{TABLE}style-name") in hidden:
            work.dropped["hidden-sheets"] += 1
            cut(sheet)
        else:
            _clear_sheet(sheet, work)
    went = any(work.dropped[code] > before.get(code, 0)
               for code in ("hidden-sheets", "hidden-rows", "hidden-columns"))  # fmt: skip
    _forget_formulas(root, work, everywhere=went)


def redact_numbers(root: Element, *, work: Work) -> None:
    """A number that must go leaves the value kept beside the text as well, and its formula."""
    for cell in root.iter(f"{TABLE}table-cell"):
        said = " ".join(str(cell.get(key, "")) for key in (*_VALUES, f"{OFFICE}string-value"))
        shown = "".join(str(text) for text in cell.itertext())
        went = any(pattern(value).search(said) for value in work.values)
        if went or SIGN in shown:
            without(cell, *_VALUES, _FORMULA, _SHOWN_TYPE, f"{OFFICE}string-value")
            if f"{OFFICE}value-type" in cell.attrib:
                cell.set(f"{OFFICE}value-type", "string")
        if went and SIGN not in shown:
            for child in list(cell):
                cell.remove(child)


def _hidden_styles(root: Element) -> set[str]:
    return {
        style.get(f"{STYLE}name", "")
        for style in root.iter(f"{STYLE}style")
        for said in style.iterchildren(f"{STYLE}table-properties")
        if said.get(f"{TABLE}display") == "false"
    }


def _clear_sheet(sheet: Element, work: Work) -> None:
    columns = _hidden_columns(sheet)
    filled_columns = False
    for row in rows_of(sheet):
        if row.get(f"{TABLE}visibility") in _HIDDEN:
            emptied = [_empty(cell) for cell in row if local(cell) in _CELLS]
            work.dropped["hidden-rows"] += any(emptied)
        elif columns:
            filled_columns |= _clear_columns(row, columns)
    work.dropped["hidden-columns"] += len(columns) if filled_columns else 0
    for shape in [one for one in sheet if local(one) == "shapes" and not len(one)]:
        cut(shape)


def _hidden_columns(sheet: Element) -> list[tuple[int, int]]:
    """From which column to which (not included) nothing is shown."""
    found, at = [], 0
    for column in sheet.iter(f"{TABLE}table-column"):
        count = whole(column.get(_SPAN), 1)
        if column.get(f"{TABLE}visibility") in _HIDDEN:
            found.append((at, at + count))
        at += count
    return found


def _clear_columns(row: Element, hidden: list[tuple[int, int]]) -> bool:
    """A cell repeated over shown and hidden columns is cut where these begin and end."""
    at, went = 0, False
    for cell in [cell for cell in row if local(cell) in _CELLS]:
        count = whole(cell.get(_SPAN), 1)
        edges = {edge for pair in hidden for edge in pair if at < edge < at + count}
        for piece, start in _split(cell, [at, *sorted(edges), at + count]):
            if any(first <= start < last for first, last in hidden):
                went |= _empty(piece)
        at += count
    return went


def _split(cell: Element, places: list[int]) -> list[tuple[Element, int]]:
    """The cell as several, each repeated from one place to the next."""
    pieces = [(cell, places[0])]
    for start in places[1:-1]:
        other = copy(cell)
        pieces[-1][0].addnext(other)
        pieces.append((other, start))
    for (piece, start), end in zip(pieces, places[1:], strict=True):
        if len(pieces) > 1:
            piece.set(_SPAN, str(end - start))
    return pieces


def _empty(cell: Element) -> bool:
    """Nothing is left in it but its look; tells whether there was something."""
    full = len(cell) > 0 or _FORMULA in cell.attrib
    for child in list(cell):
        cell.remove(child)
    for key in [key for key in cell.attrib if str(key).startswith(OFFICE) or key == _FORMULA]:
        del cell.attrib[key]
    without(cell, _SHOWN_TYPE)
    return full


def _forget_formulas(root: Element, work: Work, *, everywhere: bool) -> None:
    """Those that reach another file become values, all do when what they used is gone."""
    for cell in root.iter(f"{TABLE}table-cell"):
        formula = cell.get(_FORMULA, "")
        outside = "file:" in formula or "://" in formula or "WEBSERVICE" in formula.upper()
        if formula and (everywhere or outside):
            del cell.attrib[_FORMULA]
            work.dropped["formulas"] += 1
            work.dropped["external-links"] += outside
    for names in list(root.iter(f"{TABLE}named-expressions")):
        if everywhere:
            work.dropped["names"] += len(names)
            cut(names)
    if everywhere and work.dropped["formulas"]:
        work.warn("formulas-became-values")
