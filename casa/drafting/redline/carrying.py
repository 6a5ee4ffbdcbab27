"""What deleted words of the old file need and the new file lacks is carried over to it."""

from copy import deepcopy

from lxml import etree

from casa.drafting.readers.docx.package import W, value
from casa.drafting.readers.docx.styles import Style, Styles
from casa.drafting.redline.lists import Lists
from casa.drafting.redline.package import OpenDocx
from casa.drafting.xml import Element, local

_DROPPED = ("sectPr", "pPrChange", "rPr", "framePr")
_LINKS = ("basedOn", "link", "next")
_BEFORE_LIST = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
_NO_LIST = ("", 0)
_BODY_LEVEL = 9


class Carrier:
    """Makes the look of words of the old file fit for the new one: styles and lists.

    `strict`: every list of the old file is copied, also where the new one seems to have it.
    """

    def __init__(self, old: OpenDocx, new: OpenDocx, *, strict: bool = False) -> None:
        self._olds, self._styles = old.related("styles"), new.related("styles")
        self.before, self.after = Styles(self._olds), Styles(self._styles)
        self._lists = Lists(old, new, strict=strict)
        self._known = {style.get(f"{W}styleId", "") for style in _styles_in(self._styles)}
        self._carried: dict[str, str] = {}

    def fitted(self, properties: Element | None) -> Element:
        """A copy of a w:pPr with a style and a list that the new file has."""
        made = etree.Element(f"{W}pPr")
        for child in properties if properties is not None else ():
            if local(child) not in _DROPPED:
                made.append(deepcopy(child))
        old = self.before.named(value(properties, "pStyle") or self.before.default)
        style = self.style(old.identifier)
        said = made.find(f"{W}pStyle")
        if style and (said is not None or style != self.after.default):
            said = etree.Element(f"{W}pStyle") if said is None else said
            said.set(f"{W}val", style)
            made.insert(0, said)
        elif said is not None:
            made.remove(said)
        self._fit_list(made, self._place(properties, old), self._inherited(style))
        return made

    def form(self, properties: Element | None) -> tuple[object, ...]:
        """Style and list of a paragraph of the new file (or of one that fits it), to compare."""
        style = self.after.named(value(properties, "pStyle") or self.after.default)
        outline = value(properties, "outlineLvl")
        found = self._lists.after._place(properties, style=style)
        return style.identifier, outline, found if found[0] not in ("", "0") else _NO_LIST

    def fit_run(self, form: Element | None) -> None:
        """The same for the style of words, in place."""
        self._fit_style(form, "rStyle")

    def fit_table(self, table: Element) -> None:
        """The same for the style of a table, in place."""
        self._fit_style(table.find(f"{W}tblPr"), "tblStyle")

    def style(self, name: str) -> str:
        """The style of the new file that means the same; "" when it can have none."""
        if name not in self._carried:
            self._carried[name] = name
            self._carried[name] = self._style(name)
        return self._carried[name]

    def _style(self, name: str) -> str:
        found = [one for one in _styles_in(self._olds) if one.get(f"{W}styleId") == name]
        if not found or self._styles is None:
            return ""
        if name in self._known and _means(self.before.named(name)) == _means(
            self.after.named(name)
        ):
            return name
        copy = deepcopy(found[0])
        copy.attrib.pop(f"{W}default", "")
        self._rename(copy, name)
        _forget_list(copy)
        for link in [link for tag in _LINKS for link in copy.findall(f"{W}{tag}")]:
            target = self.style(link.get(f"{W}val", ""))
            if target:
                link.set(f"{W}val", target)
            else:
                copy.remove(link)
        self._styles.append(copy)
        return self._carried[name]

    def _rename(self, copy: Element, name: str) -> None:
        """A style that means something else in the new file gets another name there."""
        free, count = name, 1
        while free in self._known:
            free, count = f"{name}Prima{count}", count + 1
        self._known.add(free)
        self._carried[name] = free
        title = copy.find(f"{W}name")
        if free == name or title is None:
            return
        copy.set(f"{W}styleId", free)
        title.set(f"{W}val", f"{title.get(f'{W}val')} (prima {count - 1})")
        if copy.get(f"{W}type") == "paragraph":
            _say_outline(copy, self.before.named(name).outline)

    def _fit_style(self, properties: Element | None, tag: str) -> None:
        said = properties.find(f"{W}{tag}") if properties is not None else None
        if properties is None or said is None:
            return
        if target := self.style(said.get(f"{W}val", "")):
            said.set(f"{W}val", target)
        else:
            properties.remove(said)

    def _place(self, properties: Element | None, style: Style) -> tuple[str, int]:
        """The list in which the paragraph counted, as the new file knows it."""
        name, depth = self._lists.before._place(properties, style=style)
        if depth not in self._lists.before._levels(name):
            return _NO_LIST
        return self._lists.carried(name), depth

    def _inherited(self, style: str) -> tuple[str, int]:
        """The list that the new file's style has by itself."""
        if style not in self._known or style not in self.after._elements:
            return _NO_LIST
        found = self._lists.after._place(None, style=self.after.named(style))
        return found if found[1] in self._lists.after._levels(found[0]) else _NO_LIST

    def _fit_list(self, made: Element, place: tuple[str, int], inherited: tuple[str, int]) -> None:
        said = made.find(f"{W}numPr")
        if said is not None:
            made.remove(said)
        if place == inherited:
            return
        said = etree.Element(f"{W}numPr")
        if place[0]:
            etree.SubElement(said, f"{W}ilvl").set(f"{W}val", str(place[1]))
        etree.SubElement(said, f"{W}numId").set(f"{W}val", place[0] or "0")
        made.insert(sum(local(child) in _BEFORE_LIST for child in made), said)


def _means(style: Style) -> tuple[object, ...]:
    """What of a style changes how a text is read."""
    return style.outline, bool(style.bold), bool(style.hidden), style.is_index


def _say_outline(style: Element, outline: int) -> None:
    properties = style.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        ahead = [one for tag in ("rPr", "tblPr", "trPr") for one in style.findall(f"{W}{tag}")]
        style.insert(style.index(ahead[0]) if ahead else len(style), properties)
    for said in properties.findall(f"{W}outlineLvl"):
        properties.remove(said)
    level = etree.SubElement(properties, f"{W}outlineLvl")
    level.set(f"{W}val", str(outline - 1 if outline else _BODY_LEVEL))


def _forget_list(style: Element) -> None:
    for said in list(style.iter(f"{W}numPr")):
        above = said.getparent()
        if above is not None:
            above.remove(said)


def _styles_in(root: Element | None) -> list[Element]:
    return root.findall(f"{W}style") if root is not None else []
