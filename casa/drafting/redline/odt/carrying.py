"""Styles and pictures that deleted words need and the new OpenDocument file lacks."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from casa.drafting.readers.odf.names import STYLE, TEXT, XLINK, XML_ID
from casa.drafting.readers.odf.styles import Style, Styles
from casa.drafting.readers.odf.words import _check_box as check_box
from casa.drafting.redline.odt.atoms import images_in
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.xml import Element, local

_NAME = f"{STYLE}name"
_ENDING = "style-name"
_PAGE = f"{STYLE}master-page-name"
_FAMILIES = {
    "p": "paragraph", "h": "paragraph", "span": "text", "a": "text", "table": "table",
    "table-row": "table-row", "table-cell": "table-cell", "table-column": "table-column",
    "section": "section", "frame": "graphic",
}  # fmt: skip
_GROUPS = ("automatic-styles", "styles")
Found = tuple[Element, str]


class Carrier:
    """Makes a copy of something old fit for one part of the new file: its text or its styles."""

    def __init__(self, old: OpenOdt, new: OpenOdt, *, in_styles: bool = False) -> None:
        self._old, self._new = old, new
        self._source = old.styles if in_styles else old.content
        self._target = new.styles if in_styles else new.content
        self.before, self.after = styles_of(old), styles_of(new)
        self._carried: dict[tuple[str, str], str] = {}
        self._identities: dict[str, str] = {}
        self._olds = dict(self._named(old, self._source))
        self._news = dict(self._named(new, self._target))

    def fit(self, copy: Element) -> Element:
        """Change names of styles, pictures and lists in the copy, in place."""
        for element in copy.iter():
            if local(element):
                self._fit_styles(element)
                self._fit_identities(element)
        for box in [one for one in copy.iter() if local(one) == "fieldmark"]:
            _as_sign(box)
        for image in images_in(copy):
            image.set(f"{XLINK}href", self._new.take(self._old, image.get(f"{XLINK}href", "")))
        return copy

    def list_definition(self, name: str, *, old: bool) -> bytes:
        """What a list style says, to compare."""
        known = self._olds if old else self._news
        found = known.get(("list-style", name))
        return b"" if found is None else _content(found[0])

    def _fit_styles(self, element: Element) -> None:
        for name, value in list(element.attrib.items()):
            if str(name) == _PAGE:
                del element.attrib[name]
            elif str(name).endswith(_ENDING) and value:
                element.set(
                    name, self._style(self._kind_of(element, str(name), str(value)), str(value))
                )

    def _kind_of(self, element: Element, attribute: str, name: str) -> str:
        """Which of the styles of that name is meant: "list-style", or a family."""
        if local(element) == "list" or "list-style-name" in attribute:
            return "list-style"
        family = element.get(f"{STYLE}family") or _FAMILIES.get(local(element), "graphic")
        kinds = [kind for kind, its in self._olds if its == name]
        return family if family in kinds or not kinds else kinds[0]

    def _style(self, kind: str, name: str) -> str:
        if (kind, name) not in self._carried:
            self._carried[kind, name] = name
            self._carried[kind, name] = self._carry(kind, name)
        return self._carried[kind, name]

    def _carry(self, kind: str, name: str) -> str:
        old, new = self._olds.get((kind, name)), self._news.get((kind, name))
        if old is None or (new is not None and self._is_same(kind, name, old, new)):
            return name
        free, count = name, 1
        while (kind, free) in self._news:
            free, count = f"{name}_prima{count}", count + 1
        copy = deepcopy(old[0])
        copy.set(_NAME, free)
        if free != name:
            copy.attrib.pop(f"{STYLE}display-name", "")
        self._carried[kind, name] = free
        self._news[kind, free] = (copy, old[1])
        self.fit(copy)
        root = self._target if old[1] == _GROUPS[0] else self._new.styles
        self._new.group(root, old[1]).append(copy)
        return free

    def _is_same(self, kind: str, name: str, old: Found, new: Found) -> bool:
        if old[1] == new[1] == _GROUPS[1] and kind == "paragraph":
            return means(self.before.named(name)) == means(self.after.named(name))
        return _content(old[0]) == _content(new[0])

    def _fit_identities(self, element: Element) -> None:
        for name in (XML_ID, f"{TEXT}continue-list"):
            if said := element.get(name):
                fresh = f"prima{len(self._identities)}"
                element.set(name, self._identities.setdefault(said, fresh))
        if local(element) == "table":
            element.attrib.pop(element.tag.partition("}")[0] + "}protected", "")

    def _named(self, document: OpenOdt, root: Element) -> Iterator[tuple[tuple[str, str], Found]]:
        """The styles by kind and name: those of the whole document, then those of the part."""
        for where, group in ((document.styles, _GROUPS[1]), (root, _GROUPS[0])):
            for style in document.group(where, group):
                if local(style) and style.get(_NAME):
                    kind = style.get(f"{STYLE}family") or local(style)
                    yield (kind, style.get(_NAME, "")), (style, group)


def _as_sign(box: Element) -> None:
    """A check box of a Word form becomes the sign that it shows: no program deletes the box."""
    box_shown = check_box(box)
    above, before = box.getparent(), box.getprevious()
    if above is None or not box_shown:
        return
    words = box_shown + (box.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        above.text = (above.text or "") + words
    above.remove(box)


def styles_of(document: OpenOdt) -> Styles:
    """The styles as the reader knows them."""
    return Styles([document.styles, document.content])


def means(style: Style) -> tuple[object, ...]:
    """What of a style changes how a text is read."""
    return style.outline, style.bold, style.hidden, style.is_title, style.list_style


def _content(style: Element) -> bytes:
    bare = deepcopy(style)
    bare.tail = None
    return etree.tostring(bare, method="c14n", exclusive=True)
