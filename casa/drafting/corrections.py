"""What a person said of headings that were told wrongly, kept by their words.

A correction names a block by number and words, not by its place, so that it holds in the next
version too: also when the number changed, or a few words did.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from casa.drafting.clauses import clauses_of
from casa.drafting.draft import Block, Draft, block_text
from casa.drafting.keys import carry_keys
from casa.drafting.labels import split_bare_number
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.text import one_line

ALIKE = 90.0  # of 100: the words of the block in the next version
MOST_LEVEL = 9
_CORRECTABLE = ("heading", "item", "paragraph")


@dataclass(frozen=True, slots=True)
class Correction:
    """A block by its words, and what it is: a heading of `level` 1–9, or, with 0, none.

    `words` are those of the block as shown, number included ("Art. 5 – Oggetto").
    """

    words: str
    level: int

    def __post_init__(self) -> None:
        if not self.words.strip() or not 0 <= self.level <= MOST_LEVEL:
            raise ValueError(self)


def corrected(
    draft: Draft, corrections: Sequence[Correction], *, limits: Limits = DEFAULT
) -> Draft:
    """The draft as the corrections have it; clauses keep their keys where they remain.

    Text and offsets stay as they were, only kinds, levels and clauses change. Of two corrections
    for the same block the later one holds; one whose words are not found does nothing.
    """
    levels = _levels(draft.blocks, corrections)
    if not levels:
        return draft
    blocks = tuple(
        _as_said(block, level=levels[place]) if place in levels else block
        for place, block in enumerate(draft.blocks)
    )
    made = replace(draft, blocks=blocks, clauses=clauses_of(blocks, most=limits.clauses))
    return replace(made, clauses=carry_keys(draft.clauses, made.clauses))


def unmet(draft: Draft, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections whose words are not in this version any more."""
    return tuple(one for one in corrections if not _places(draft.blocks, one))


def _levels(blocks: Sequence[Block], corrections: Iterable[Correction]) -> dict[int, int]:
    return {place: one.level for one in corrections for place in _places(blocks, one)}


def _places(blocks: Sequence[Block], correction: Correction) -> list[int]:
    """Every block with just these words; else with these and another number; else the likest."""
    whole, bare = _folded(correction.words), _folded(split_bare_number(correction.words)[1])
    told = {
        place: _folded(block_text(block))
        for place, block in enumerate(blocks)
        if block.kind in _CORRECTABLE
    }
    if same := [place for place, words in told.items() if words == whole]:
        return same
    texts = {place: _folded(blocks[place].text) for place in told}
    if same := [place for place, words in texts.items() if words in (bare, whole)]:
        return same
    scores = {place: fuzz.ratio(bare, words) for place, words in texts.items() if words}
    best = max(scores, key=lambda place: scores[place], default=None)
    return [best] if best is not None and scores[best] >= ALIKE else []


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
