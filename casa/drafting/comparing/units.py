"""A draft as units that can be compared: what stands before the first clause, then every clause.

The number of a clause stands apart from its words, so that an inserted article, which renumbers
all that follow, changes none of them.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casa.drafting.draft import Block, Clause, Draft
from casa.drafting.keys import carry_keys

START = "_inizio"
BETWEEN = "\n\n"


@dataclass(frozen=True)
class Unit:
    """A clause, or the words before the first one with its blocks. No slug equals `START`."""

    key: str
    label: str
    heading: str
    level: int
    blocks: tuple[Block, ...]
    first_block: int
    opens: bool = True

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The words of each block: the first without its number, which is the clause's own."""
        return tuple(
            part_text(block, own_number=place == 0 and self.opens)
            for place, block in enumerate(self.blocks)
        )

    @cached_property
    def text(self) -> str:
        """All the words, without the number of the clause."""
        return BETWEEN.join(self.parts)

    @cached_property
    def bare(self) -> tuple[object, ...]:
        """What makes it another text when it changes: the words without any number."""
        return tuple(block.rows or block.text for block in self.blocks)


def part_text(block: Block, *, own_number: bool = False) -> str:
    """The words of one block. Every cell of a table is there, also an empty one."""
    if block.kind == "table":
        return "\n".join(" | ".join(row) for row in block.rows)
    return block.text if own_number else f"{block.number} {block.text}".strip()


def units_of(draft: Draft) -> list[Unit]:
    """The units in order. Every block of the draft is in exactly one."""
    return keyed_units(draft, draft.clauses)


def keyed_units(draft: Draft, clauses: Sequence[Clause]) -> list[Unit]:
    """The units of a draft whose clauses have been given these keys."""
    first = clauses[0].first_block if clauses else len(draft.blocks)
    start = [Unit(START, "", "", 0, draft.blocks[:first], 0, opens=False)] if first else []
    return start + [
        Unit(
            clause.key,
            clause.label,
            clause.heading,
            clause.level,
            draft.blocks[clause.first_block : clause.last_block + 1],
            clause.first_block,
        )
        for clause in clauses
    ]


def matched(before: Draft, after: Draft) -> tuple[list[Unit], list[Unit]]:
    """The units of both, those of the second with the keys of those that they continue."""
    return units_of(before), keyed_units(after, continued(before.clauses, after.clauses))


def continued(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Clause, ...]:
    """As `carry_keys`; besides, a comma written anew between the same neighbours is that comma."""
    carried = list(carry_keys(before, after))
    kept = {clause.key for clause in before} & {clause.key for clause in carried}
    gaps = _gaps(before, kept)
    for neighbours, places in _gaps(carried, kept).items():
        olds = gaps.get(neighbours, [])
        same = len(olds) == len(places)
        if same and not any(before[at].heading for at in olds):
            for old, new in zip(olds, places, strict=True):
                if not carried[new].heading:
                    carried[new] = replace(carried[new], key=before[old].key)
    return tuple(carried)


def _gaps(clauses: Sequence[Clause], kept: set[str]) -> dict[tuple[str, str], list[int]]:
    """The clauses that have no partner, by the keys of those that stand around them."""
    gaps: dict[tuple[str, str], list[int]] = {}
    last = ""
    waiting: list[int] = []
    for place, clause in enumerate(clauses):
        if clause.key in kept:
            if waiting:
                gaps[last, clause.key] = waiting
            last, waiting = clause.key, []
        else:
            waiting.append(place)
    if waiting:
        gaps[last, ""] = waiting
    return gaps


def in_place(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The keys that kept their order: the longest run of common keys that neither side moved."""
    places = {key: place for place, key in enumerate(before)}
    common = [key for key in after if key in places]
    return {common[at] for at in _longest_rise([places[key] for key in common])}


def _longest_rise(values: Sequence[int]) -> list[int]:
    """Where the longest rising subsequence stands (patience sorting)."""
    tops: list[int] = []
    tails: list[int] = []
    previous: list[int] = []
    for at, value in enumerate(values):
        place = bisect_left(tops, value)
        previous.append(tails[place - 1] if place else -1)
        tops[place : place + 1] = [value]
        tails[place : place + 1] = [at]
    rise, at = [], tails[-1] if tails else -1
    while at >= 0:
        rise.append(at)
        at = previous[at]
    return rise[::-1]
