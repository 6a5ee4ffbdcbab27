"""Headers and footers of two Word files, compared too."""

from collections.abc import Iterator

from lxml import etree

from casa.drafting.readers.docx.package import W
from casa.drafting.redline.items import items_of
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.writing import Redline
from casa.drafting.xml import local

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KINDS = ("header", "footer")
Place = tuple[str, str]


def track_furniture(redline: Redline) -> None:
    """Mark what differs in headers and footers.

    Those of the first section stand for each other by their place (all pages, first, even); the
    old ones that have no partner become new parts of the file, all of them deleted words.
    """
    olds, news = list(_places(redline.old)), list(_places(redline.new))
    done: set[str] = set()
    left = dict.fromkeys(name for _, name in olds)
    for place, name in news:
        if name not in done:
            done.add(name)
            was = next((old for where, old in olds if where == place and old in left), "")
            left.pop(was, None)
            _track(redline, was, name)
    for name in left:
        _bring_back(redline, name, next(place for place, old in olds if old == name))


def _track(redline: Redline, source: str, target: str) -> None:
    old = redline.old.tree(source) if source else etree.Element(f"{W}hdr")
    redline.of_parts(source, target).track(old, redline.new.tree(target))


def _bring_back(redline: Redline, source: str, place: Place) -> None:
    """A header that only the old file had: a part of the new one with nothing but deleted words."""
    old = redline.old.tree(source)
    if not any(text.text for text in old.iter(f"{W}t")):
        return
    empty = etree.Element(old.tag)
    target = redline.new.add_text(place[0], etree.tostring(empty))
    root = redline.new.tree(target)
    inner = redline.of_parts(source, target)
    for item in items_of(old):
        root.append(inner.deleted(item))
    etree.SubElement(root, f"{W}p")
    _refer(redline.new, place, target)


def _refer(document: OpenDocx, place: Place, target: str) -> None:
    """The first section that has none of that kind shows it; else it is only kept in the file."""
    relations = document.relations(document.main)
    identifier = next(one for one in relations.identifiers() if relations.target(one) == target)
    for section in document.body.iter(f"{W}sectPr"):
        taken = {one.get(f"{W}type") for one in section.findall(f"{W}{place[0]}Reference")}
        if place[1] not in taken:
            made = etree.Element(f"{W}{place[0]}Reference")
            made.set(f"{W}type", place[1])
            made.set(_ID, identifier)
            section.insert(0, made)
            return


def _places(document: OpenDocx) -> Iterator[tuple[Place, str]]:
    """Where each header and footer stands, and its part; then those that no section names."""
    relations = document.relations(document.main)
    named = set()
    for section in document.body.iter(f"{W}sectPr"):
        for reference in section:
            kind = local(reference).removesuffix("Reference")
            name = relations.target(reference.get(_ID, ""))
            if kind in _KINDS and document.data(name):
                named.add(name)
                yield (kind, reference.get(f"{W}type", "default")), name
    for name, kind in list(document._names.items()):
        if kind in _KINDS and name not in named:
            yield (kind, "default"), name
