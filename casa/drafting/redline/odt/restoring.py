"""What went comes back where its mark stands."""

from collections.abc import Sequence

from casa.drafting.readers.odf.names import TEXT
from casa.drafting.redline.odt.items import PARAGRAPHS
from casa.drafting.xml import Element, local

_ITEMS = ("list-item", "list-header")
_CONTINUED = f"{TEXT}continue-numbering"


def restore(mark: Element, blocks: list[Element]) -> None:
    """Put the blocks in the place of the mark.

    The first continues the paragraph in which the mark stands, the last is continued by what
    follows the mark, as OpenDocument says.
    """
    above = mark.getparent()
    if above is None or not blocks:
        return
    if above.tag not in PARAGRAPHS:
        kept = blocks[:-1] if _is_empty(blocks[-1]) else blocks
        for block in kept:
            mark.addprevious(block)
        return
    if len(blocks) == 1 and blocks[0].tag in PARAGRAPHS:
        _put_inside(above, mark, blocks[0])
    elif mark.getnext() is None and not mark.tail and not _goes_over(mark, blocks):
        _put_behind(above, mark, blocks)
    else:
        _put_ahead(above, mark, blocks)


def _put_inside(paragraph: Element, mark: Element, fragment: Element) -> None:
    """Words in the middle of a paragraph."""
    place = paragraph.index(mark)
    mark.tail, tail = fragment.text, mark.tail
    for offset, child in enumerate(list(fragment)):
        paragraph.insert(place + 1 + offset, child)
        mark = child
    mark.tail = (mark.tail or "") + (tail or "")


def _put_behind(paragraph: Element, mark: Element, blocks: list[Element]) -> None:
    """The mark ends the paragraph: the first block, if it is one too, goes on with it."""
    if blocks[0].tag in PARAGRAPHS:
        _put_inside(paragraph, mark, blocks[0])
        blocks = blocks[1:]
    place = _top(paragraph)
    for block in blocks:
        if block.get(_CONTINUED) and _splice(block, paragraph, behind=True):
            continue
        place.addnext(block)
        place = block


def _put_ahead(paragraph: Element, mark: Element, blocks: list[Element]) -> None:
    """The mark begins the paragraph: the last block, if it is one too, goes over into it."""
    if blocks[-1].tag in PARAGRAPHS:
        _put_inside(paragraph, mark, blocks[-1])
        blocks = blocks[:-1]
    place = _top(paragraph)
    for block in blocks:
        if not (block.get(_CONTINUED) and _splice(block, paragraph, behind=False)):
            place.addprevious(block)


def _splice(block: Element, paragraph: Element, *, behind: bool) -> bool:
    """Items of a list come back into the list in which the paragraph stands."""
    items, depth = _items(block)
    chain = [one for one in paragraph.iterancestors() if local(one) in _ITEMS][::-1]
    lists = list(paragraph.iterancestors(f"{TEXT}list"))[::-1]
    style = f"{TEXT}style-name"
    if not lists or depth > len(chain) or lists[0].get(style) != block.get(style):
        return False
    anchor = chain[depth - 1]
    for item in items:
        if behind:
            anchor.addnext(item)
            anchor = item
        else:
            anchor.addprevious(item)
    return True


def _items(block: Element) -> tuple[Sequence[Element], int]:
    """The items that went, and how deep they stood."""
    depth, items = 1, list(block)
    while len(items) == 1 and [*map(local, items[0])] == ["list"]:
        depth, items = depth + 1, list(items[0][0])
    return items, depth


def _top(paragraph: Element) -> Element:
    """The paragraph itself, or the whole list in which it stands."""
    top = paragraph
    for above in paragraph.iterancestors():
        if local(above) not in ("list", *_ITEMS):
            return top
        top = above
    return top


def _goes_over(mark: Element, blocks: Sequence[Element]) -> bool:
    """In an empty paragraph: the blocks stand before it, for only the last of them is empty."""
    above = mark.getparent()
    alone = above is not None and mark.getprevious() is None and not above.text
    return alone and _is_empty(blocks[-1]) and not _is_empty(blocks[0])


def _is_empty(block: Element) -> bool:
    return block.tag in PARAGRAPHS and not len(block) and not block.text
