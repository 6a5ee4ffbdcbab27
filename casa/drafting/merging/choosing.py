"""What a person decides on the clauses of a merge, and the text that comes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from casa.drafting.comparing.aligning import align
from casa.drafting.comparing.units import BETWEEN, Unit
from casa.drafting.draft import Block, lay_out
from casa.drafting.merging.model import ClauseMerge, Merge


@dataclass(frozen=True, slots=True)
class Choice:
    """`take` what theirs says, `keep` what ours says, or `edit`: these words stand.

    Taking what they removed removes it; keeping what they added leaves it out.
    """

    action: Literal["take", "keep", "edit"]
    text: str = ""


def chosen(merge: Merge, choices: Mapping[str, Choice]) -> Merge:
    """The merge with these decisions, by key of the clause. Other clauses stay as they are."""
    return Merge(
        tuple(
            _with(clause, choices[clause.key]) if clause.key in choices else clause
            for clause in merge.clauses
        )
    )


def _with(clause: ClauseMerge, choice: Choice) -> ClauseMerge:
    _, ours, theirs = clause.units
    if choice.action == "edit":
        side = clause.side or ("ours" if ours else "theirs")
        return replace(clause, edited=choice.text, side=side, is_decided=True)
    if choice.action == "take":
        return replace(clause, side="theirs" if theirs else "", edited=None, is_decided=True)
    return replace(clause, side="ours" if ours else "", edited=None, is_decided=True)


def result_text(merge: Merge) -> str:
    """The whole text of the result, with numbers, laid out as the text of a draft."""
    return lay_out([block for clause in merge.clauses for block in clause_blocks(clause)])[0]


def clause_blocks(clause: ClauseMerge) -> tuple[Block, ...]:
    """The blocks of one clause in the result. A number is theirs where only they changed it."""
    base, ours, theirs = clause.units
    unit, other = (ours, theirs) if clause.side == "ours" else (theirs, ours)
    if not clause.side or unit is None:
        return ()
    if clause.edited is not None:
        return tuple(_edited(unit, clause.edited))
    count = len(unit.blocks) if other and other.bare == unit.bare else 1
    return tuple(
        replace(block, number=_number(place, base, unit, other)) if place < count else block
        for place, block in enumerate(unit.blocks)
    )


def _edited(unit: Unit, text: str) -> Iterator[Block]:
    """A person's words, a block for each paragraph; the first keeps the number of the clause.

    A paragraph that continues one of ours keeps its kind and its number, an untouched table stays.
    """
    first, parts = unit.blocks[0], text.split(BETWEEN)
    ours = {new: old for old, new in align(unit.parts, parts) if None not in (old, new)}
    for place, part in enumerate(parts):
        old = ours.get(place)
        if not place and unit.opens:
            yield replace(first, kind=first.kind if not first.rows else "item", text=part, rows=())
        elif old is not None and (kept := _continued(unit, old, part)):
            yield kept
        elif part:
            yield Block("paragraph", part)


def _continued(unit: Unit, place: int, part: str) -> Block | None:
    """Our block with these words; None when they no longer bear its number or are no such table."""
    block = unit.blocks[place]
    if unit.parts[place] == part:
        return block
    if block.rows or not part.startswith(block.number):
        return None
    return replace(block, text=part.removeprefix(block.number).strip())


def _number(place: int, base: Unit | None, unit: Unit, other: Unit | None) -> str:
    own = unit.blocks[place].number
    foreign = _number_at(place, other)
    if base is None or foreign is None or _number_at(place, base) != own:
        return own
    return foreign


def _number_at(place: int, unit: Unit | None) -> str | None:
    if unit is None or place >= len(unit.blocks):
        return None
    return unit.blocks[place].number


def is_tracked(clause: ClauseMerge) -> bool:
    """Whether the written file shows the clause as tracked changes: nobody has decided."""
    return clause.state == "conflict" and not clause.is_decided


def target_of(clause: ClauseMerge) -> tuple[Block, ...]:
    """The blocks of the result; of an undecided conflict those that its tracked changes lead to.

    These are both edits where they do not touch, else their words.
    """
    if not is_tracked(clause):
        return clause_blocks(clause)
    _, ours, theirs = clause.units
    alone = ours is not None and ours.opens and len(ours.blocks) == 1
    if clause.proposal is not None and ours is not None and alone:
        return (replace(ours.blocks[0], text=clause.proposal),)
    return theirs.blocks if theirs else ()


def texts_of(blocks: Sequence[Block]) -> list[str]:
    """What each block is aligned by; a table is never like a paragraph."""
    return [
        "\x1f" + BETWEEN.join(" ".join(row) for row in block.rows) if block.rows else block.text
        for block in blocks
    ]
