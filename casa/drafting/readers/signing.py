"""Pictures that may be somebody's signature: beside words of signing, near the end of a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SIGNING = re.compile(
    r"\bfirm(?:a|ato|ata|e)\b|\bf\.to\b|\bil (?:responsabile|dirigente|segretario|sindaco"
    r"|presidente|funzionario|direttore|rappresentante)|\bla (?:responsabile|dirigente|sindaca"
    r"|presidente|funzionaria|direttrice)|\br\.?u\.?p\b|\bin fede\b"
    r"|letto,? (?:confermato|approvato)",
    re.IGNORECASE,
)
_LAST = 25
_NEAR = 3
_WIDE, _LONGEST = 1.4, 9.0  # a signature is wider than high, and no wider than this (cm)


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a paragraph, and the pictures in it as (width, height) in centimetres."""

    words: str
    pictures: tuple[tuple[float, float], ...] = ()


def signature_pictures(lines: Sequence[Line]) -> int:
    """How many of the pictures among the last lines may be signatures. A guess, for a person."""
    first = max(0, len(lines) - _LAST)
    count = 0
    for at in range(first, len(lines)):
        around = lines[max(0, at - _NEAR) : at + _NEAR + 1]
        if lines[at].pictures and any(_SIGNING.search(line.words) for line in around):
            count += sum(_may_be(width, height) for width, height in lines[at].pictures)
    return count


def _may_be(width: float, height: float) -> bool:
    return height > 0 and width / height >= _WIDE and width <= _LONGEST
