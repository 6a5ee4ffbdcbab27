"""All tracked changes of an OpenDocument text accepted, or all rejected."""

from copy import deepcopy
from pathlib import Path

from casa.drafting.readers.odf.names import OFFICE, TEXT
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.redline.odt.restoring import restore
from casa.drafting.redline.odt.withdrawing import remove, withdraw
from casa.drafting.xml import Element, local

_CLASS = f"{TEXT}note-class"
_MARKS = ("change", "change-start", "change-end")


def accepted(path: Path) -> bytes:
    """The ODT with every tracked change accepted."""
    document = OpenOdt(path)
    accept(document)
    _count_notes(document)
    return document.saved()


def rejected(path: Path) -> bytes:
    """The ODT with every tracked change rejected."""
    document = OpenOdt(path)
    reject(document)
    _count_notes(document)
    return document.saved()


def accept(document: OpenOdt) -> None:
    """Accept every change, in place: what went stands apart, so only the marks go."""
    for root in (document.content, document.styles):
        _forget(root)


def reject(document: OpenOdt) -> None:
    """Reject every change, in place."""
    for root in (document.content, document.styles):
        gone, came = _regions(root)
        for start in [one for one in root.iter(f"{TEXT}change-start") if _id(one) in came]:
            end = next((e for e in root.iter(f"{TEXT}change-end") if _id(e) == _id(start)), None)
            if end is not None:
                withdraw(start, end)
        for mark in [one for one in root.iter(f"{TEXT}change") if _id(one) in gone]:
            restore(mark, [deepcopy(block) for block in gone[_id(mark)]])
        _forget(root)


def _count_notes(document: OpenOdt) -> None:
    """Programs count notes anew whenever they open a file; the numbers that it keeps follow."""
    for name in ("footnote", "endnote"):
        notes = [one for one in document.text.iter(f"{TEXT}note") if one.get(_CLASS) == name]
        said = [one.find(f"{TEXT}note-citation") for one in notes]
        counted = [one for one in said if one is not None and not one.get(f"{TEXT}label")]
        if all((one.text or "").isdigit() for one in counted):
            for number, one in enumerate(counted, start=1):
                one.text = str(number)


def _regions(root: Element) -> tuple[dict[str, list[Element]], set[str]]:
    """The blocks that went, by the name of their change; the names of what came."""
    gone: dict[str, list[Element]] = {}
    came: set[str] = set()
    for region in root.iter(f"{TEXT}changed-region"):
        for change in region:
            if local(change) == "insertion":
                came.add(region.get(f"{TEXT}id", ""))
            elif local(change) == "deletion":
                gone[region.get(f"{TEXT}id", "")] = [
                    block for block in change if block.tag != f"{OFFICE}change-info"
                ]
    return gone, came


def _forget(root: Element) -> None:
    for changes in list(root.iter(f"{TEXT}tracked-changes")):
        remove(changes)
    for mark in list(root.iter(*(f"{TEXT}{name}" for name in _MARKS))):
        remove(mark)


def _id(mark: Element) -> str:
    return mark.get(f"{TEXT}change-id", "")
