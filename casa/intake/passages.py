"""The text of a file as a page shows it: blocks with headings that fit in, and an index."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.core.paginator import Page, Paginator

from casa import drafting

LAST_HEADING = 6
MOST_ROWS = 1_000  # of the tables in one part


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show at a place of the text: a link, and words after it where they help.

    `start` and `end` are offsets into the text of the whole draft.
    """

    start: int
    end: int
    url: str
    note: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a block, with the mark that stands on them."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as the page shows it: its kind, the level of its heading, the clause it opens."""

    kind: str
    number: str
    pieces: tuple[Piece, ...]
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
    blocks: Iterable[drafting.Block],
    anchors: Mapping[int, str],
    *,
    first: int,
    under: int,
    marks: Mapping[int, Sequence[Mark]] = MappingProxyType({}),
) -> Iterable[Passage]:
    """The blocks, of which the first has the index `first`, under a heading of level `under`.

    Headings never skip a level: a page's outline is walked by keyboard and by ear. `marks` are
    those of each block, with offsets into its text.
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
            pieces=tuple(pieces(block.text, marks.get(at, ()))),
            heading_level=level,
            rows=block.rows,
            anchor=anchors.get(at, ""),
        )


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The text cut where marks begin and end; of two that overlap, the first is shown."""
    reached = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start < reached or mark.end > len(text):
            continue
        if mark.start > reached:
            yield Piece(text[reached : mark.start])
        yield Piece(text[mark.start : mark.end], mark)
        reached = mark.end
    if reached < len(text):
        yield Piece(text[reached:])


def marks_by_block(
    blocks: Sequence[drafting.Block], marks: Iterable[Mark]
) -> dict[int, list[Mark]]:
    """Marks on the whole text, handed to the block they stand in, with offsets into its words."""
    _text, spans = drafting.lay_out(blocks)
    starts = [start for start, _end in spans]
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        at = bisect_right(starts, mark.start) - 1
        if at < 0 or blocks[at].kind == "table":
            continue
        before = starts[at] + len(drafting.block_text(blocks[at])) - len(blocks[at].text)
        if mark.start >= before:
            moved = replace(mark, start=mark.start - before, end=mark.end - before)
            found.setdefault(at, []).append(moved)
    return found


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
