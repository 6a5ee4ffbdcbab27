"""Headings that count by the document's outline, where the new file's outline counts otherwise."""

from copy import deepcopy

from lxml import etree

from casa.drafting.readers.odf.names import STYLE, TEXT
from casa.drafting.readers.odf.styles import whole
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.xml import Element, local

_NAME = "casa-titoli-prima"


def list_headings(old: OpenOdt, new: OpenOdt) -> None:
    """Put the headings of the old text into lists that count as its outline did, in place.

    Nothing is done when both files count their headings alike.
    """
    outline = old.styles.find(f".//{TEXT}outline-style")
    if outline is None or _levels(outline) == _levels(new.styles.find(f".//{TEXT}outline-style")):
        return
    style = etree.SubElement(old.group(old.content, "automatic-styles"), f"{TEXT}list-style")
    style.set(f"{STYLE}name", _NAME)
    for level in outline:
        if local(level):
            copy = deepcopy(level)
            copy.tag = f"{TEXT}list-level-style-number"
            style.append(copy)
    for heading in list(old.text.iter(f"{TEXT}h")):
        above = heading.getparent()
        if above is not None and local(above) not in ("list-item", "list-header"):
            _wrap(heading, above)


def _wrap(heading: Element, above: Element) -> None:
    place, tail = above.index(heading), heading.tail
    heading.tail = None
    inner = heading
    unnumbered = heading.get(f"{TEXT}is-list-header") == "true"
    for depth in range(whole(heading.get(f"{TEXT}outline-level"), 1)):
        item = etree.Element(
            f"{TEXT}list-header" if unnumbered and not depth else f"{TEXT}list-item"
        )
        item.append(inner)
        inner = etree.Element(f"{TEXT}list")
        inner.append(item)
    inner.set(f"{TEXT}style-name", _NAME)
    inner.set(f"{TEXT}continue-numbering", "true")
    inner.tail = tail
    above.insert(place, inner)


def _levels(outline: Element | None) -> list[bytes]:
    found = []
    for level in outline if outline is not None else ():
        bare = etree.fromstring(etree.tostring(level))
        bare.tail = None
        for child in list(bare):
            bare.remove(child)  # where the number stands is no matter
        found.append(etree.tostring(bare, method="c14n", exclusive=True).strip())
    return found
