"""Our nearest paragraph of a kind, whose look a new one takes."""

from collections.abc import Sequence

from casa.drafting.draft import Block
from casa.drafting.labels import mark_of
from casa.drafting.xml import Element


def nearest(
    block: Block,
    blocks: Sequence[Block],
    places: Sequence[Sequence[Element]],
    *,
    last: Element | None,
) -> int | None:
    """The place of our block of that kind which stands nearest to the last paragraph.

    Only blocks that were found in the file count; None when there is none.
    """
    here = next((at for at, found in enumerate(places) if found and found[-1] is last), 0)
    alike = [
        place
        for place, own in enumerate(blocks)
        if kind_of(own) == kind_of(block) and places[place]
    ]
    return min(alike, key=lambda place: abs(place - here), default=None)


def is_typed(own: Block, shown: str) -> bool:
    """Whether the number of our block is typed in its paragraph, which says `shown`."""
    return bool(own.number) and shown.lstrip().startswith(own.number[:3])


def kind_of(block: Block) -> tuple[str, int, str]:
    """What makes two paragraphs look alike in a document: the kind, the level, the numbering."""
    mark = mark_of(block.number) if block.number else None
    return block.kind, block.level, mark.kind if mark else ""
