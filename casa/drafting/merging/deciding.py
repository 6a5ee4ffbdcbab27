"""One clause, three texts: whose change holds."""

from itertools import pairwise
from typing import Literal

from casa.drafting.comparing.units import Unit
from casa.drafting.comparing.words import diff_words
from casa.drafting.merging.model import State

Outcome = tuple[State, Literal["ours", "theirs", ""]]
_Edit = tuple[int, int, str]


def decided(base: Unit | None, ours: Unit | None, theirs: Unit | None) -> Outcome:
    """The state of the clause and whose words stand in the result.

    What only one side changed is that side's; what both made alike is taken once; all else is a
    conflict, and until it is decided our words stand, theirs where we removed the clause.
    """
    if _alike(ours, theirs):
        return ("same" if _alike(base, ours) else "both_same"), _of(ours, "ours")
    if _alike(base, theirs):
        return "ours", _of(ours, "ours")
    if _alike(base, ours):
        return "theirs", _of(theirs, "theirs")
    return "conflict", "ours" if ours else "theirs"


def _of(unit: Unit | None, side: Literal["ours", "theirs"]) -> Literal["ours", "theirs", ""]:
    return side if unit else ""


def _alike(one: Unit | None, other: Unit | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.bare == other.bare


def proposal(base: str, ours: str, theirs: str) -> str | None:
    """A text with the edits of both, None where these overlap or touch: a person must choose."""
    edits = sorted({*_edits(base, ours), *_edits(base, theirs)})
    if any(first[1] >= second[0] for first, second in pairwise(edits)):
        return None
    text, at = [], 0
    for start, end, words in edits:
        text += [base[at:start], words]
        at = end
    return "".join(text) + base[at:]


def _edits(base: str, changed: str) -> list[_Edit]:
    """What of `base` was replaced by what, as spans of characters."""
    edits: list[_Edit] = []
    at = 0
    for piece in diff_words(base, changed):
        if piece.op == "equal":
            at += len(piece.text)
        elif piece.op == "delete":
            edits.append((at, at + len(piece.text), ""))
            at += len(piece.text)
        elif edits and edits[-1][1] == at and not edits[-1][2]:
            edits[-1] = (edits[-1][0], at, piece.text)
        else:
            edits.append((at, at, piece.text))
    return edits
