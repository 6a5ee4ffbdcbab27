"""Styles and lists that deleted paragraphs need and the new file lacks are carried over to it."""

from copy import deepcopy

from lxml import etree

from casa.drafting.readers.docx.package import W, number, value
from casa.drafting.redline.package import OpenDocx
from casa.drafting.xml import Element, local

_DROPPED = ("sectPr", "pPrChange", "rPr", "framePr")
_LINKS = ("basedOn", "link", "next")


class Carrier:
    """Makes the properties of a paragraph of the old file fit for the new one."""

    def __init__(self, old: OpenDocx, new: OpenDocx) -> None:
        self._old_styles, self._styles = old.related("styles"), new.related("styles")
        self._old_lists, self._lists = old.related("numbering"), new.related("numbering")
        self._known = {style.get(f"{W}styleId") for style in _children(self._styles, "style")}
        self._carried: dict[str, str] = {}

    def fitted(self, properties: Element | None) -> Element:
        """A copy of a w:pPr with a style and a list that the new file has."""
        made = etree.Element(f"{W}pPr")
        for child in properties if properties is not None else ():
            if local(child) not in _DROPPED:
                made.append(deepcopy(child))
        self._fit_style(made, "pStyle")
        self._fit_list(made)
        return made

    def fit_table(self, table: Element) -> None:
        """The same for the style of a table."""
        for properties in table.findall(f"{W}tblPr"):
            self._fit_style(properties, "tblStyle")

    def _fit_style(self, properties: Element, tag: str) -> None:
        said = properties.find(f"{W}{tag}")
        if said is not None and not self._carry_style(said.get(f"{W}val", "")):
            properties.remove(said)

    def _carry_style(self, name: str) -> bool:
        """Is the style there, now at least?"""
        if name in self._known:
            return True
        found = [s for s in _children(self._old_styles, "style") if s.get(f"{W}styleId") == name]
        if not found or self._styles is None:
            return False
        self._known.add(name)
        copy = deepcopy(found[0])
        copy.attrib.pop(f"{W}default", "")
        for tag in _LINKS:
            for link in copy.findall(f"{W}{tag}"):
                if not self._carry_style(link.get(f"{W}val", "")):
                    copy.remove(link)
        self._fit_list(copy.find(f"{W}pPr"))
        self._styles.append(copy)
        return True

    def _fit_list(self, properties: Element | None) -> None:
        said = properties.find(f"{W}numPr") if properties is not None else None
        if properties is None or said is None:
            return
        name = value(said, "numId") or "0"
        target = name if name == "0" else self._carry_list(name)
        identifier = said.find(f"{W}numId")
        if not target:
            properties.remove(said)
        elif identifier is not None:
            identifier.set(f"{W}val", target)

    def _carry_list(self, name: str) -> str:
        """The number that the list has in the new file, "" when it cannot have one."""
        if name not in self._carried:
            self._carried[name] = self._list(name)
        return self._carried[name]

    def _list(self, name: str) -> str:
        old = _list_of(self._old_lists, name)
        if old is None or self._lists is None:
            return name if _list_of(self._lists, name) is not None else ""
        new = _list_of(self._lists, name)
        if new is not None and _definition(self._lists, new) == _definition(self._old_lists, old):
            return name
        return _copied(self._old_lists, self._lists, old)


def _copied(olds: Element | None, lists: Element, old: Element) -> str:
    """A list of the old file added to the new one with numbers of its own."""
    abstract = _abstract_of(olds, old)
    if abstract is None:
        return ""
    fresh_abstract = _highest(lists, "abstractNum", "abstractNumId") + 1
    fresh = _highest(lists, "num", "numId") + 1
    copy = deepcopy(abstract)
    copy.set(f"{W}abstractNumId", str(fresh_abstract))
    for identity in copy.findall(f"{W}nsid"):
        copy.remove(identity)
    lists.insert(len(_children(lists, "abstractNum")), copy)
    number_copy = deepcopy(old)
    number_copy.set(f"{W}numId", str(fresh))
    pointer = number_copy.find(f"{W}abstractNumId")
    if pointer is not None:
        pointer.set(f"{W}val", str(fresh_abstract))
    lists.append(number_copy)
    return str(fresh)


def _definition(lists: Element | None, one: Element) -> tuple[bytes, ...]:
    abstract = _abstract_of(lists, one)
    levels = [*one.findall(f"{W}lvlOverride"), *_children(abstract, "lvl")]
    return tuple(etree.tostring(level, method="c14n").strip() for level in levels)


def _list_of(lists: Element | None, name: str) -> Element | None:
    found = [one for one in _children(lists, "num") if one.get(f"{W}numId") == name]
    return found[0] if found else None


def _abstract_of(lists: Element | None, one: Element) -> Element | None:
    wanted = value(one, "abstractNumId")
    for abstract in _children(lists, "abstractNum"):
        if abstract.get(f"{W}abstractNumId") == wanted:
            return abstract
    return None


def _highest(lists: Element, tag: str, identifier: str) -> int:
    return max([0, *(number(one.get(f"{W}{identifier}"), 0) for one in _children(lists, tag))])


def _children(root: Element | None, tag: str) -> list[Element]:
    return root.findall(f"{W}{tag}") if root is not None else []
