"""Which paragraphs of an ODT each block of its draft was read from."""

from collections.abc import Iterator, Sequence

from casa.drafting.draft import Block
from casa.drafting.merging.placing import _plain as plain
from casa.drafting.merging.placing import spans
from casa.drafting.readers.odf.body import cells_of, rows_of
from casa.drafting.readers.odf.names import DRAW
from casa.drafting.readers.odf.styles import Styles
from casa.drafting.readers.odf.words import Words
from casa.drafting.redline.odt.items import PARAGRAPHS
from casa.drafting.xml import Element, local

_NOT_TEXT = frozenset({"tracked-changes", "sequence-decls", "forms", "note"})


def placed(blocks: Sequence[Block], text: Element, *, styles: Styles) -> list[list[Element]]:
    """For each block the paragraphs or the table that hold its words; none for a note."""
    leaves = list(_leaves(text))
    words = [_shown(leaf, styles) if leaf.tag in PARAGRAPHS else None for leaf in leaves]
    return spans(blocks, leaves, words, holds=_holds)


def _shown(paragraph: Element, styles: Styles) -> str:
    return Words(styles=styles).line(paragraph, style=styles.named(None)).text


def _leaves(container: Element) -> Iterator[Element]:
    for child in container:
        name = local(child)
        if child.tag in PARAGRAPHS:
            yield child
            for box in child.iter(f"{DRAW}text-box"):
                yield from _leaves(box)
        elif name == "table":
            cells = [cell for row in rows_of(child) for cell in cells_of(row)]
            if len(cells) == 1:
                yield from _leaves(cells[0])
            else:
                yield child
        elif name and name not in _NOT_TEXT:
            yield from _leaves(child)


def _holds(table: Element, first: str) -> bool:
    return first in plain("".join(str(words) for words in table.itertext()))
