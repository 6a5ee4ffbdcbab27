"""The text of a file as a page shows it: blocks with headings that fit in, and an index."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from casa import drafting

LAST_HEADING = 6
MOST_ROWS = 1_000  # of the tables in one part


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as the page shows it: its kind, the level of its heading, the clause it opens."""

    kind: str
    number: str
    text: str
    heading_level: int
    rows: tuple[tuple[str, ...], ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A clause with a heading: where it begins, and in which part of a long text."""

    label: str
    heading: str
    anchor: str
    level: int
    part: int


def passages(
    blocks: Iterable[drafting.Block], anchors: Mapping[int, str], *, first: int, under: int
) -> Iterable[Passage]:
    """The blocks, of which the first has the index `first`, under a heading of level `under`.

    Headings never skip a level: a page's outline is walked by keyboard and by ear.
    """
    deepest = under
    for at, block in enumerate(blocks, start=first):
        level = 0
        if block.kind == "heading":
            level = min(block.level + under, deepest + 1, LAST_HEADING)
            deepest = level
        yield Passage(
            kind=block.kind,
            number=block.number,
            text=block.text,
            heading_level=level,
            rows=block.rows,
            anchor=anchors.get(at, ""),
        )


class Parts(Paginator[drafting.Block]):
    """A text in parts that a page can carry: each so many blocks, and so many rows of tables."""

    def __init__(self, blocks: Sequence[drafting.Block], *, most_blocks: int) -> None:
        super().__init__(blocks, most_blocks)
        self.blocks = blocks
        self.starts = list(_starts(blocks, most_blocks=most_blocks)) or [0]

    @property
    def num_pages(self) -> int:
        return len(self.starts)

    def page(self, number: int | str) -> Page[drafting.Block]:
        number = self.validate_number(number)
        start, end = [*self.starts, len(self.blocks)][number - 1 : number + 1]
        return Page(self.blocks[start:end], number, self)

    def part_of(self, block: int) -> int:
        """The number of the part in which a block stands."""
        return bisect_right(self.starts, block)


def _starts(blocks: Sequence[drafting.Block], *, most_blocks: int) -> Iterator[int]:
    """The index of the first block of each part."""
    start = rows = 0
    for at, block in enumerate(blocks):
        rows += len(block.rows)
        if at == 0 or at - start >= most_blocks or (at > start and rows > MOST_ROWS):
            start, rows = at, len(block.rows)
            yield at


def index(clauses: Iterable[drafting.Clause], *, part_of: Callable[[int], int]) -> list[IndexLine]:
    """The lines of the index: what has a heading, and whole articles without one."""
    return [
        IndexLine(
            label=clause.label,
            heading=clause.heading,
            anchor=clause.key,
            level=clause.level,
            part=part_of(clause.first_block),
        )
        for clause in clauses
        if clause.heading or clause.level == 1
    ]
