"""Sheets of an XLSX: what is hidden is emptied, strings stand in their cells, formulas are few."""

import re
from collections.abc import Sequence
from copy import copy

from lxml import etree

from casa.drafting.cleaning.parcel import without
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.xml import Element, local

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_GONE = {
    "legacyDrawing": "", "legacyDrawingHF": "", "oleObjects": "embedded-objects",
    "controls": "embedded-objects", "webPublishItems": "settings", "customSheetViews": "settings",
    "customProperties": "custom-data", "scenarios": "custom-data", "dataConsolidate": "custom-data",
    "cellWatches": "settings", "extLst": "", "AlternateContent": "", "phoneticPr": "",
    "protectedRanges": "settings", "smartTags": "custom-data", "rPh": "",
}  # fmt: skip
_TRUE = ("1", "true")
_COLUMN = re.compile(r"[A-Z]{1,3}")
_OUTSIDE = re.compile(r"\[\d+\]|WEBSERVICE|https?:|file:|\\\\", re.IGNORECASE)
_LINK = re.compile(r'HYPERLINK\("https?://[^"]*"', re.IGNORECASE)
_IDENTIFIER = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RULES = ("dataValidation", "conditionalFormatting")
_NAMING = {
    "pageSetup": (_IDENTIFIER,),  # where the settings of a printer are
    "sheetPr": ("codeName",),
    "c": ("cm", "vm"),
}


def strip_sheet(root: Element, *, titles: Sequence[str], work: Work) -> None:
    """Take out what is not seen in the cells, and rules that ask a sheet that is gone."""
    for element in list(root.iter()):
        above = element.getparent()
        if above is not None and local(element) in _GONE:
            code = _GONE[local(element)]
            work.dropped[code] += bool(code)
            above.remove(element)
        elif above is not None and local(element) in _RULES and _asks(element, titles):
            above.remove(element)
        without(element, *_NAMING.get(local(element), ()))
    work.dropped.pop("", None)


def _asks(rule: Element, titles: Sequence[str]) -> bool:
    said = "".join(str(text) for text in rule.itertext())
    return _OUTSIDE.search(said) is not None or any(title in said for title in titles if title)


def clear_hidden(root: Element, *, work: Work) -> bool:
    """Hidden rows and columns stay in their place with nothing in them; was there anything?"""
    columns = _hidden_columns(root)
    emptied_columns: set[int] = set()
    rows = 0
    for row in root.iter(f"{MAIN}row"):
        hidden = row.get("hidden") in _TRUE
        went = False
        for place, cell in enumerate(row.findall(f"{MAIN}c"), start=1):
            column = _column(cell, place)
            in_hidden = any(first <= column <= last for first, last in columns)
            if (hidden or in_hidden) and len(cell):
                _empty(cell)
                went |= hidden
                emptied_columns |= {column} if in_hidden else set()
        rows += went
    work.dropped["hidden-rows"] += rows
    work.dropped["hidden-columns"] += len(emptied_columns)
    return bool(rows or emptied_columns)


def simplify(root: Element, strings: Element | None, *, work: Work, values_only: bool) -> None:
    """Shared strings stand in their cells, so that no other is left; formulas that reach another
    file become values, and all do when `values_only`.
    """
    shared = list(strings) if strings is not None else []
    for cell in root.iter(f"{MAIN}c"):
        if cell.get("t") == "s":
            _set_string(cell, shared)
        formula = cell.find(f"{MAIN}f")
        said = _LINK.sub("", formula.text or "") if formula is not None else ""
        outside = _OUTSIDE.search(said) is not None
        if formula is not None and formula.getparent() is not None and (values_only or outside):
            work.dropped["external-links"] += outside
            drop_formula(formula, work)


def drop_formula(formula: Element, work: Work) -> None:
    """Its cell keeps the value; those that share the formula lose it too."""
    group = formula.get("si") if formula.get("t") == "shared" else None
    root = formula.getroottree().getroot()
    same = [one for one in root.iter(f"{MAIN}f") if one.get("si") == group] if group else [formula]
    for one in same:
        cell = one.getparent()
        if cell is not None:
            cell.remove(one)
            work.dropped["formulas"] += 1


def _hidden_columns(root: Element) -> list[tuple[int, int]]:
    return [
        (int(one.get("min", "0")), int(one.get("max", "0")))
        for one in root.iter(f"{MAIN}col")
        if one.get("hidden") in _TRUE
    ]


def _column(cell: Element, place: int) -> int:
    """The number of a cell's column, from 1."""
    found = _COLUMN.match(cell.get("r", ""))
    number = 0
    for letter in found[0] if found else "":
        number = number * 26 + ord(letter) - 64
    return number or place


def _empty(cell: Element) -> None:
    without(cell, "t")
    for child in list(cell):
        cell.remove(child)


def _set_string(cell: Element, shared: list[Element]) -> None:
    value = cell.find(f"{MAIN}v")
    if value is None or not (value.text or "").strip().isdigit():
        return
    at = int(value.text or "")
    if at >= len(shared):
        raise Unreadable("corrupt")
    cell.remove(value)
    cell.set("t", "inlineStr")
    inside = etree.SubElement(cell, f"{MAIN}is")
    inside.extend([copy(piece) for piece in shared[at] if local(piece) in ("t", "r")])
