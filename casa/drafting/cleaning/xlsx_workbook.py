"""The workbook of an XLSX: its sheets and names, without the hidden ones and without its writer."""

import posixpath
import re
from collections.abc import Mapping

from casa.drafting.cleaning.parcel import without
from casa.drafting.cleaning.work import Work
from casa.drafting.xml import Element, local

_KEPT = ("workbookPr", "bookViews", "sheets", "definedNames", "calcPr")
_OUTSIDE = re.compile(r"\[\d+\]|https?:|file:|\\\\")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SILENT = ("AlternateContent", "fileVersion", "extLst", "revisionPtr")
_CODES = {
    "fileSharing": "settings", "externalReferences": "", "pivotCaches": "custom-data",
    "workbookProtection": "settings",
}  # fmt: skip


def strip_workbook(
    workbook: Element, trees: Mapping[str, Element], *, work: Work
) -> tuple[list[str], list[str]]:
    """Only what the sheets need stays; gives the parts and the titles of hidden sheets."""
    for child in list(workbook):
        if local(child) not in _KEPT:
            code = _CODES.get(local(child), "" if local(child) in _SILENT else "settings")
            work.dropped[code] += bool(code)
            workbook.remove(child)
    for element in workbook.iter():
        if local(element) == "workbookPr":
            without(element, "codeName", "filterPrivacy")
    targets = _targets(trees)
    gone = _drop_hidden(workbook, targets, trees, work=work)
    _drop_names(workbook, gone, work=work)
    work.dropped.pop("", None)
    parts = [targets.get(one.get(_RELATION, ""), "") for one in gone.values()]
    return parts, [one.get("name", "") for one in gone.values()]


def _drop_hidden(
    workbook: Element, targets: Mapping[str, str], trees: Mapping[str, Element], *, work: Work
) -> dict[int, Element]:
    """Hidden sheets, and those that are only a chart, by their place."""
    sheets = next((one for one in workbook if local(one) == "sheets"), None)
    listed = list(sheets) if sheets is not None else []
    gone = {
        at: one
        for at, one in enumerate(listed)
        if one.get("state", "visible") != "visible"
        or targets.get(one.get(_RELATION, "")) not in trees
    }
    for sheet in gone.values():
        visible = sheet.get("state", "visible") == "visible"
        work.dropped["charts" if visible else "hidden-sheets"] += 1
        if sheets is not None:
            sheets.remove(sheet)
    for view in workbook.iter():
        if local(view) == "workbookView" and gone:
            without(view, "activeTab", "firstSheet")
    return gone


def _drop_names(workbook: Element, gone: Mapping[int, Element], *, work: Work) -> None:
    """Names of hidden sheets, hidden names and those of other files go; the rest count anew."""
    titles = [one.get("name", "") for one in gone.values()]
    names = next((one for one in workbook if local(one) == "definedNames"), None)
    for name in list(names) if names is not None else ():
        said, place = name.text or "", int(name.get("localSheetId", "-1"))
        lost = place in gone or any(title and title in said for title in titles)
        if names is not None and (lost or name.get("hidden") == "1" or _OUTSIDE.search(said)):
            work.dropped["names"] += 1
            names.remove(name)
        elif place >= 0:
            name.set("localSheetId", str(place - sum(at < place for at in gone)))
        without(name, "comment")
    if names is not None and not len(names):
        workbook.remove(names)


def _targets(trees: Mapping[str, Element]) -> dict[str, str]:
    """The part that each relation of the workbook names."""
    relations = trees.get("xl/_rels/workbook.xml.rels")
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip(
            "/"
        )
        for one in (relations if relations is not None else ())
    }
