"""What came between two marks goes again."""

from casa.drafting.redline.odt.items import PARAGRAPHS
from casa.drafting.xml import Element, local

_KEPT = frozenset({"text", "section", "table-cell", "note-body", "text-box", "index-body"})
_CHANGES = "tracked-changes"


def withdraw(start: Element, end: Element) -> None:
    """Remove all from one mark to the other; the paragraphs in which they stand become one."""
    first, last = start.getparent(), end.getparent()
    if first is None or last is None:
        return
    if first is last:
        _clear(first, start, end)
        return
    between = [one for one in _between(start, end) if local(one) != _CHANGES]
    for element in between:
        cut_off(element)
    if first.tag in PARAGRAPHS and last.tag in PARAGRAPHS:
        _join(first, start, last, end)
    elif last.tag in PARAGRAPHS:
        _behead(last, end)
    elif first.tag in PARAGRAPHS:
        _cut_tail(first, start)


def remove(element: Element) -> None:
    """Take an element away; the words behind it stay."""
    above = element.getparent()
    if above is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        above.text = (above.text or "") + (element.tail or "")
    above.remove(element)


def cut_off(element: Element) -> None:
    """Take an element away, and what is empty without it."""
    above = element.getparent()
    if above is None:
        return
    remove(element)
    is_empty = not any(local(child) for child in above)
    if is_empty and local(above) not in _KEPT and above.tag not in PARAGRAPHS:
        cut_off(above)


def _clear(inside: Element, start: Element, end: Element) -> None:
    """What stands between two marks of one paragraph, or of one text."""
    children = list(inside)
    for child in children[children.index(start) + 1 : children.index(end)]:
        inside.remove(child)
    start.tail = None
    remove(start)
    remove(end)


def _between(start: Element, end: Element) -> list[Element]:
    """The paragraphs and tables that stand wholly between the marks."""
    root = start.getroottree().getroot()
    order = list(root.iter())
    first, last = order.index(start), order.index(end)
    around = {*start.iterancestors(), *end.iterancestors()}
    wanted = [*PARAGRAPHS, "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table"]
    found = [one for one in order[first:last] if one.tag in wanted and one not in around]
    inside = set(found)
    return [one for one in found if not inside & set(one.iterancestors())]


def _join(first: Element, start: Element, last: Element, end: Element) -> None:
    before, after = start.getprevious(), list(last)[list(last).index(end) + 1 :]
    is_empty = before is None and not first.text
    _cut_tail(first, start)
    if is_empty:
        _behead(last, end)
        cut_off(first)
        return
    _say(first, end.tail)
    first.extend(after)
    cut_off(last)


def _behead(paragraph: Element, end: Element) -> None:
    paragraph.text = end.tail
    for child in list(paragraph)[: list(paragraph).index(end) + 1]:
        paragraph.remove(child)


def _cut_tail(paragraph: Element, start: Element) -> None:
    for child in list(paragraph)[list(paragraph).index(start) :]:
        paragraph.remove(child)


def _say(paragraph: Element, text: str | None) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + (text or "")
    else:
        paragraph.text = (paragraph.text or "") + (text or "")
