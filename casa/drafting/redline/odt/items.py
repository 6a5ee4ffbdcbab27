"""The blocks of an OpenDocument text: paragraphs, lists, tables."""

from collections.abc import Callable, Iterator

from casa.drafting.readers.odf.body import cells_of
from casa.drafting.readers.odf.names import TEXT
from casa.drafting.xml import Element, local

Words = Callable[[Element], str]
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_BLOCKS = ("p", "h", "list", "table")
_INSIDE = frozenset({
    "section", "table-of-content", "illustration-index", "table-index", "object-index",
    "user-index", "alphabetical-index", "bibliography", "index-body", "index-title",
})  # fmt: skip


def items_of(container: Element) -> Iterator[Element]:
    """The blocks of a text, a cell, a note or a box, through sections and indexes."""
    for child in container:
        if local(child) in _BLOCKS:
            yield child
        elif local(child) in _INSIDE:
            yield from items_of(child)


def list_items(one: Element) -> list[Element]:
    """The items of a list, those without a number too."""
    return [child for child in one if local(child) in ("list-item", "list-header")]


def inside_item(item: Element) -> list[Element]:
    """The paragraphs and lists of a list item."""
    return [child for child in item if local(child) in _BLOCKS]


def leaves_of(block: Element) -> Iterator[Element]:
    """Its paragraphs in order; those of cells too, those of boxes and notes not."""
    if block.tag in PARAGRAPHS:
        yield block
        return
    for child in block:
        if local(child) not in ("", "note", "frame"):
            yield from leaves_of(child)


def last_leaf(block: Element) -> Element | None:
    """The paragraph that a block ends with; None for a table."""
    if block.tag in PARAGRAPHS:
        return block
    inside = [child for child in block if local(child)]
    return last_leaf(inside[-1]) if inside and local(block) != "table" else None


def words_of(block: Element, words: Words) -> str:
    """What a block is recognised by: a list or a table is never like a paragraph."""
    sign = {"list": "\x1e", "table": "\x1f", "h": "\x1d"}.get(local(block), "")
    return sign + "\n".join(words(leaf) for leaf in leaves_of(block))


def shape_of(item: Element) -> list[str]:
    """What a list item is made of."""
    return [local(child) for child in inside_item(item)]


def grid_of(row: Element) -> list[tuple[str | None, ...]]:
    """The cells of a row, and how much each covers."""
    names = ("number-columns-spanned", "number-rows-spanned", "number-columns-repeated")
    return [
        (local(cell), *(cell.get(cell.tag.partition("}")[0] + "}" + name) for name in names))
        for cell in cells_of(row)
    ]
