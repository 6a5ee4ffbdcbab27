"""The text of a file as a page shows it: blocks with headings that fit in, and an index."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casa import drafting

LAST_HEADING = 6


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


def index(clauses: Iterable[drafting.Clause], *, per_part: int) -> list[IndexLine]:
    """The lines of the index: what has a heading, and whole articles without one."""
    return [
        IndexLine(
            label=clause.label,
            heading=clause.heading,
            anchor=clause.key,
            level=clause.level,
            part=clause.first_block // per_part + 1,
        )
        for clause in clauses
        if clause.heading or clause.level == 1
    ]
