"""Where a paragraph stands in the lists of an OpenDocument text, and how another gets there."""

from dataclasses import dataclass

from lxml import etree

from casa.drafting.readers.odf.names import TEXT
from casa.drafting.xml import Element, local

_ITEMS = ("list-item", "list-header")
_STYLE = f"{TEXT}style-name"


@dataclass(frozen=True, slots=True)
class Spot:
    """The style of the list and how deep the paragraph stands in it; 0 outside lists."""

    style: str
    depth: int
    opens: bool = True

    def put(
        self,
        made: Element,
        *,
        behind: Element | None,
        ahead: Element | None,
        inside: Element,
        starts: bool,
    ) -> None:
        """Put a paragraph or a table behind another, in such a spot.

        `starts`: it is the first of its list, which does not go on counting then.
        """
        if behind is None:
            block = self._in_lists(made, starts=starts)
            if ahead is None:
                inside.append(block)
            else:
                ahead.addprevious(block)
            return
        items = [above for above in behind.iterancestors() if local(above) in _ITEMS][::-1]
        here = spot_of(behind)
        if not self.depth or not self.opens:
            _follow(made, behind, items)
        elif here.style == self.style and here.depth >= self.depth:
            items[self.depth - 1].addnext(_item(made))
        elif here.style == self.style and here.depth == self.depth - 1 and items:
            _nested(items[-1]).append(_item(made))
        elif (following := _list_after(behind, self.style)) is not None and self.depth == 1:
            following.insert(0, _item(made))
        else:
            _top(behind).addnext(self._in_lists(made, starts=starts))

    def _in_lists(self, made: Element, *, starts: bool) -> Element:
        block = made
        for _ in range(self.depth):
            item = _item(block)
            block = etree.Element(f"{TEXT}list")
            block.append(item)
        if self.depth:
            block.set(_STYLE, self.style)
            block.set(f"{TEXT}continue-numbering", "false" if starts else "true")
        return block


def spot_of(paragraph: Element) -> Spot:
    """Where it stands."""
    lists = list(paragraph.iterancestors(f"{TEXT}list"))
    above = paragraph.getparent()
    opens = above is not None and above.index(paragraph) == 0 and local(above) == "list-item"
    return Spot(lists[-1].get(_STYLE, "") if lists else "", len(lists), opens)


def _list_after(element: Element, style: str) -> Element | None:
    """The list that comes next, when it is one of that style."""
    following = _top(element).getnext()
    if following is None or local(following) != "list" or following.get(_STYLE, "") != style:
        return None
    return following


def _item(made: Element) -> Element:
    item = etree.Element(f"{TEXT}list-item")
    item.append(made)
    return item


def _nested(item: Element) -> Element:
    """The list inside an item, made when there is none."""
    if len(item) and local(item[-1]) == "list":
        return item[-1]
    return etree.SubElement(item, f"{TEXT}list")


def _follow(made: Element, behind: Element, items: list[Element]) -> None:
    """Words without a number go behind a whole list, or stay in the item they follow."""
    top = _top(behind)
    last = list(top.iter(behind.tag))[-1:] if items else []
    if items and last != [behind]:
        behind.addnext(made)
    else:
        top.addnext(made)


def _top(element: Element) -> Element:
    """The element itself, or the whole list in which it stands."""
    top = element
    for above in element.iterancestors():
        if local(above) not in ("list", *_ITEMS):
            return top
        top = above
    return top
