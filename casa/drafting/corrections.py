"""What a person said of headings that were told wrongly, kept by their words.

A correction names a block by number and words, not by its place, so that it holds in the next
version too: also when the number changed, or a few words did.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from casa.drafting.clauses import clauses_of, with_unique_keys
from casa.drafting.draft import Block, Clause, Draft, block_text
from casa.drafting.labels import mark_of, split_bare_number
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.text import one_line

ALIKE = 90.0  # of 100: the words of the block in the next version
MOST_LEVEL = 9
_CORRECTABLE = ("heading", "item", "paragraph")


@dataclass(frozen=True, slots=True)
class Correction:
    """A block by its words, and what it is: a heading of `level` 1–9, or, with 0, none.

    `words` are those of the block as shown, number included ("Art. 5 – Oggetto"). Where they stand
    several times (a title and its line in the index), `turn` of `turns` says which, counted from
    1; with 0 every one of them is meant.
    """

    words: str
    level: int
    turn: int = 0
    turns: int = 0

    def __post_init__(self) -> None:
        fits = bool(self.words.strip()) and 0 <= self.level <= MOST_LEVEL
        if not fits or not 0 <= self.turn <= self.turns:
            raise ValueError(self)


def corrected(
    draft: Draft, corrections: Sequence[Correction], *, limits: Limits = DEFAULT
) -> Draft:
    """The draft as the corrections have it; clauses keep their keys where they remain.

    Text and offsets stay as they were, only kinds, levels and clauses change. Of two corrections
    for the same block the later one holds; one whose words are not found does nothing.
    """
    levels: dict[int, int] = {}
    for correction, found in zip(corrections, places(draft, corrections), strict=True):
        levels |= dict.fromkeys(found, correction.level)
    return relevelled(draft, levels, limits=limits)


def relevelled(draft: Draft, levels: Mapping[int, int], *, limits: Limits = DEFAULT) -> Draft:
    """The draft with other levels for the blocks at these indexes: 1–9 a heading, 0 none.

    Tables, notes and indexes beyond the end stay as they are. Clauses keep their keys where they
    remain; a draft in which nothing changes is given back itself.
    """
    blocks = relevelled_blocks(draft.blocks, levels)
    if blocks == draft.blocks:
        return draft
    keys = {clause.first_block: clause.key for clause in draft.clauses}
    clauses = rekeyed(clauses_of(blocks, most=limits.clauses), keys, taken=keys.values())
    return replace(draft, blocks=blocks, clauses=clauses)


def rekeyed(
    clauses: Iterable[Clause], keys: Mapping[int, str], *, taken: Iterable[str]
) -> tuple[Clause, ...]:
    """The clauses of the same text cut anew: one that opens at the same block has the same key.

    `keys` by the index of the first block; the others get a fresh key, none of those `taken`.
    """
    known = (replace(clause, key=keys.get(clause.first_block, "")) for clause in clauses)
    return with_unique_keys(known, taken=taken)


def relevelled_blocks(blocks: Sequence[Block], levels: Mapping[int, int]) -> tuple[Block, ...]:
    """The blocks of `relevelled`, for whoever has the clauses already."""
    return tuple(
        _as_said(block, level=levels[at])
        if at in levels and is_correctable(block) and heading_level(block) != levels[at]
        else block
        for at, block in enumerate(blocks)
    )


def is_correctable(block: Block) -> bool:
    """Whether a block could be a heading at all: a table and a note are none."""
    return block.kind in _CORRECTABLE


def heading_level(block: Block) -> int:
    """The level of a block that opens a part of the text (1–9), 0 for any other.

    Besides headings these are articles whose rule follows on the same line.
    """
    mark = mark_of(block.number) if block.kind == "item" and block.number else None
    opens = block.kind == "heading" or (mark is not None and mark.kind == "article")
    return min(max(1, block.level), MOST_LEVEL) if opens else 0


def corrections_at(draft: Draft, levels: Mapping[int, int]) -> dict[int, Correction]:
    """What to keep so that the blocks at these indexes are told so.

    Tables, notes, blocks without words and indexes beyond the end cannot be corrected: they are
    left out.
    """
    told = _Told(draft.blocks)
    found = {}
    for place, level in levels.items():
        same = told.standing_with(place)
        if same:
            turn, turns = (same.index(place) + 1, len(same)) if len(same) > 1 else (0, 0)
            words = block_text(draft.blocks[place])
            found[place] = Correction(words, level=level, turn=turn, turns=turns)
    return found


def places(draft: Draft, corrections: Iterable[Correction]) -> list[tuple[int, ...]]:
    """For each correction the indexes of its blocks, none where its words are gone.

    Every block with just these words; else with these and another number; else the likest. Of
    words that stand several times the one meant, as long as they stand as many times.
    """
    told = _Told(draft.blocks)
    return [tuple(told.places(one)) for one in corrections]


def unmet(draft: Draft, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections whose words are not in this version any more."""
    found = zip(corrections, places(draft, corrections), strict=True)
    return tuple(one for one, blocks in found if not blocks)


class _Told:
    """Where words stand: with their number (`whole`) and without (`bare`)."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.whole: dict[str, list[int]] = {}
        self.bare: dict[str, list[int]] = {}
        self.words: dict[int, str] = {}
        for at, block in enumerate(blocks):
            words = _folded(block_text(block)) if is_correctable(block) else ""
            if words:
                self.words[at] = words
                self.whole.setdefault(words, []).append(at)
                self.bare.setdefault(_folded(block.text), []).append(at)

    def standing_with(self, place: int) -> list[int]:
        """Every block with the words of this one, itself included."""
        return self.whole.get(self.words.get(place, ""), [])

    def places(self, correction: Correction) -> list[int]:
        whole = _folded(correction.words)
        bare = _folded(split_bare_number(correction.words)[1])
        if same := self.whole.get(whole):
            return _meant(same, correction)
        if same := sorted({*self.bare.get(bare, ()), *self.bare.get(whole, ())}):
            return _meant(same, correction)
        best = process.extractOne(bare, self.bare.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return self.bare[best[0]][:1] if best and not correction.turn else []


def _meant(same: list[int], correction: Correction) -> list[int]:
    if not correction.turn:
        return same
    return [same[correction.turn - 1]] if len(same) == correction.turns else []


def _folded(words: str) -> str:
    return one_line(words).casefold()


def _as_said(block: Block, *, level: int) -> Block:
    """The same words as a heading, or as plain words: a number of these counts no more."""
    words = block_text(block)
    if not level:
        return replace(block, kind="paragraph", number="", text=words, level=0)
    number, text = (block.number, block.text) if block.number else split_bare_number(words)
    heading = replace(block, kind="heading", number=number, text=text, level=level)
    unsplit = replace(heading, number="", text=words)
    return heading if block_text(heading) == words else unsplit
