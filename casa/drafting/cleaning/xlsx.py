"""A clean XLSX: what is seen in the sheets stays, and in it no datum that must go."""

import re
from collections.abc import Iterator
from pathlib import Path

from casa.drafting.archive import opened
from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.flowing import BREAK, SIGN, Flow, Piece, held, text_of
from casa.drafting.cleaning.leaking import refuse_leaks
from casa.drafting.cleaning.parcel import Parcel, forget, texts_of
from casa.drafting.cleaning.work import Work
from casa.drafting.cleaning.xlsx_sheets import (
    MAIN,
    clear_hidden,
    drop_formula,
    simplify,
    strip_sheet,
)
from casa.drafting.cleaning.xlsx_workbook import strip_workbook
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.xml import Element, local, parse

_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/(?:_rels/)?sheet\d*\.xml(?:\.rels)?|xl/styles\.xml|xl/theme/theme\d*\.xml"
    r"|xl/sharedStrings\.xml|xl/media/[^/]+|xl/tables/table\d*\.xml"
    r"|xl/drawings/(?:_rels/)?drawing\d*\.xml(?:\.rels)?"
)
_SHARED = "xl/sharedStrings.xml"
_WORKBOOK = "xl/workbook.xml"
_COMMENTS = re.compile(r"xl/comments\d*\.xml|xl/comments/comment\d*\.xml")
_THREADS = re.compile(r"xl/threadedComments/[^/]+\.xml")
_STRICT = "purl.oclc.org"
UNUSUAL = "Questo foglio Excel è fatto in modo insolito: aprilo, salvalo di nuovo e riprova."
_NAMES = {
    "definedName": ("name",),
    "table": ("name", "displayName"),
    "cellStyle": ("name",),
    "sheet": ("name",),
}
_CODES = frozenset({
    "f", "definedName", "formula", "formula1", "formula2", "calculatedColumnFormula",
    "totalsRowFormula",
})  # fmt: skip
_JOINED = ("is", "si", "p")


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy of an XLSX without macros. Raises Unreadable."""
    parcel = Parcel(path, keep=_KEPT, work=work, limits=limits)
    workbook = parcel.trees.get(_WORKBOOK)
    if workbook is None or _STRICT in str(workbook.tag):
        raise Unreadable("not_supported", UNUSUAL)
    work.dropped["comments"] += _comments(path)
    strings = parcel.trees.get(_SHARED)
    parts, titles = strip_workbook(workbook, parcel.trees, work=work)
    for name in parts:
        parcel.drop(name)
    _clear_sheets(parcel, strings, work=work, titles=titles)
    parcel.drop(_SHARED)
    _drop_lonely(parcel)
    forget(parcel, work)
    _remove_values(parcel, work)
    parcel.clean_pictures(work)
    data = parcel.packed()
    refuse_leaks(data, work.values)
    return work.done(data, ".xlsx")


def _comments(path: Path) -> int:
    """An answer of a thread also stands, as a whole, in the old comment."""
    with opened(path) as archive:
        names = archive.namelist()
        found = [name for name in names if _THREADS.fullmatch(name)]
        found = found or [name for name in names if _COMMENTS.fullmatch(name)]
        try:
            return sum(
                local(one) in ("comment", "threadedComment")
                for name in found
                for one in parse(archive.read(name)).iter()
            )
        except Unreadable:
            return len(found)


def _clear_sheets(
    parcel: Parcel, strings: Element | None, *, work: Work, titles: list[str]
) -> None:
    sheets = [root for name, root in parcel.trees.items() if name.startswith("xl/worksheets/sheet")]
    if not sheets:
        raise Unreadable("empty")
    less = bool(titles)
    for root in sheets:
        strip_sheet(root, titles=titles, work=work)
        less |= clear_hidden(root, work=work)
    for root in sheets:
        simplify(root, strings, work=work, values_only=less)
    if less and work.dropped["formulas"]:
        work.warn("formulas-became-values")


def _drop_lonely(parcel: Parcel) -> None:
    """Relations, drawings and tables of sheets that went."""
    for name in [name for name in parcel.trees if name.endswith(".rels") and "/_rels/" in name]:
        if name.replace("_rels/", "").removesuffix(".rels") not in parcel.trees:
            parcel.drop(name)
    said = " ".join(
        str(one.get("Target"))
        for name, root in parcel.trees.items()
        if name.endswith(".rels")
        for one in root
    )
    for name in [*parcel.trees, *parcel.media]:
        lonely = name.startswith(("xl/drawings/drawing", "xl/tables/", "xl/media/"))
        if lonely and name.rpartition("/")[2] not in said:
            parcel.drop(name)


def _remove_values(parcel: Parcel, work: Work) -> None:
    roots = list(parcel.trees.values())
    for root in roots:
        work.look(map(text_of, _flows(root)))
        work.look_at(root)
    parcel.rename(work, named=_is_name, codes=_CODES)
    for root in roots:
        for flow in _flows(root):
            work.redact(flow)
        work.redact_attributes(root)
    for root in texts_of(parcel.trees):
        for cell in root.iter(f"{MAIN}c"):
            _as_words(cell, work)


def _is_name(element: Element, key: str) -> bool:
    return key in _NAMES.get(local(element), ())


def _flows(root: Element) -> Iterator[Flow]:
    """The words of a part in order: cells, rows and lists apart, pieces of one cell together."""
    flow: Flow = []
    holder: Element | None = None
    for element in root.iter():
        if not element.text or not local(element):
            continue
        above = next((one for one in element.iterancestors() if local(one) in _JOINED), element)
        if above is not holder:
            flow.append(Piece(BREAK))
            holder = above
        flow.append(held(element))
    yield flow


def _as_words(cell: Element, work: Work) -> None:
    """A number or a formula that lost its value becomes a text."""
    value, formula = cell.find(f"{MAIN}v"), cell.find(f"{MAIN}f")
    shown = "".join(str(text) for text in cell.itertext())
    if SIGN not in shown:
        return
    if formula is not None:
        drop_formula(formula, work)
    if value is not None and cell.get("t", "n") != "inlineStr":
        cell.set("t", "str")
