"""Lists of the old file in the new one: the same list where it is the same, else a copy."""

from copy import deepcopy

from lxml import etree

from casa.drafting.readers.docx.numbering import Numbering
from casa.drafting.readers.docx.package import W, number
from casa.drafting.readers.docx.styles import Styles
from casa.drafting.redline.package import OpenDocx
from casa.drafting.xml import Element

_EMPTY = f'<w:numbering xmlns:w="{W[1:-1]}"/>'.encode()
_IDENTITIES = ("nsid", "styleLink", "numStyleLink")


class Lists:
    """Says which list of the new file counts as one of the old did, and makes it if need be."""

    def __init__(self, old: OpenDocx, new: OpenDocx, *, strict: bool) -> None:
        self._root = old.related("numbering")
        self._new = new
        self._strict = strict
        self.before = Numbering(self._root, styles=Styles(old.related("styles")))
        self.after = Numbering(new.related("numbering"), styles=Styles(new.related("styles")))
        self._carried: dict[str, str] = {}
        self._abstracts: dict[str, str] = {}

    def carried(self, name: str) -> str:
        """The number that the list has in the new file."""
        if name not in self._carried:
            self._carried[name] = name if self._is_same(name) else self._copied(name)
        return self._carried[name]

    def _is_same(self, name: str) -> bool:
        new_root = self._new.related("numbering")
        old, new = _list_of(self._root, name), _list_of(new_root, name)
        known = name in self.after._lists
        if self._strict or not known or old is None or new is None:
            return False
        source, target = self.before._abstract_of(name), self.after._abstract_of(name)
        alike = _definition(self._root, old, source) == _definition(new_root, new, target)
        free = target not in self._abstracts.values()
        if alike and free and source not in self._abstracts:
            self._abstracts[source] = target
        return alike and self._abstracts.get(source) == target

    def _copied(self, name: str) -> str:
        old, lists = _list_of(self._root, name), self._lists()
        if old is None:
            return "0"
        source = self.before._abstract_of(name)
        if source not in self._abstracts:
            self._abstracts[source] = self._copied_abstract(source, lists)
        copy = deepcopy(old)
        _forget_styles(copy)
        name_copied = str(_highest(lists, "num", "numId") + 1)
        copy.set(f"{W}numId", name_copied)
        pointer = copy.find(f"{W}abstractNumId")
        if pointer is not None:
            pointer.set(f"{W}val", self._abstracts[source])
        _last(lists, "num", "abstractNum", ahead=copy)
        return name_copied

    def _copied_abstract(self, source: str, lists: Element) -> str:
        abstract = _named(self._root, "abstractNum", source)
        name = str(_highest(lists, "abstractNum", "abstractNumId") + 1)
        copy = etree.Element(f"{W}abstractNum") if abstract is None else deepcopy(abstract)
        copy.set(f"{W}abstractNumId", name)
        for identity in [one for tag in _IDENTITIES for one in copy.findall(f"{W}{tag}")]:
            copy.remove(identity)
        _forget_styles(copy)
        _last(lists, "abstractNum", "numPicBullet", ahead=copy)
        return name

    def _lists(self) -> Element:
        if self._new.related("numbering") is None:
            self._new.add_text("numbering", _EMPTY)
        lists = self._new.related("numbering")
        return lists if lists is not None else etree.Element(f"{W}numbering")


def _last(lists: Element, *tags: str, ahead: Element) -> None:
    """Put it behind the last of the first kind that is there, else at the beginning."""
    for tag in tags:
        if found := lists.findall(f"{W}{tag}"):
            found[-1].addnext(ahead)
            return
    lists.insert(0, ahead)


def _forget_styles(copy: Element) -> None:
    """Levels of a copy belong to no style: each paragraph says its list; no pictures as bullets."""
    for tag in ("pStyle", "lvlPicBulletId"):
        for link in list(copy.iter(f"{W}{tag}")):
            above = link.getparent()
            if above is not None:
                above.remove(link)


def _definition(lists: Element | None, one: Element, abstract: str) -> tuple[bytes, ...]:
    found = _named(lists, "abstractNum", abstract)
    levels = [
        *one.findall(f"{W}lvlOverride"),
        *(found.findall(f"{W}lvl") if found is not None else ()),
    ]
    return tuple(etree.tostring(level, method="c14n", exclusive=True).strip() for level in levels)


def _list_of(lists: Element | None, name: str) -> Element | None:
    return _named(lists, "num", name)


def _named(lists: Element | None, tag: str, name: str) -> Element | None:
    found = lists.findall(f"{W}{tag}") if lists is not None else []
    identifier = "numId" if tag == "num" else "abstractNumId"
    return next((one for one in found if one.get(f"{W}{identifier}") == name), None)


def _highest(lists: Element, tag: str, identifier: str) -> int:
    said = [number(one.get(f"{W}{identifier}"), 0) for one in lists.findall(f"{W}{tag}")]
    return max([0, *said])
