"""Words that point to a place cited before: «medesimo articolo», «stesso comma», «ibidem»."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casa.drafting.citations.numbers import expanded
from casa.drafting.citations.parts import Leaf, Part, commas_of, scan_inside

_SAME_PLACE = re.compile(
    r"(?<!\w)(?:(?P<article>(?:medesim|stess|citat|predett|suddett|richiamat)[oa]\s+(?:articolo|art\.))"
    r"|(?P<comma>(?:medesim|stess|citat|predett)[oa]\s+comma)|(?P<there>ibidem|ivi)(?!\w))",
    re.IGNORECASE,
)
_BEFORE_SAME = re.compile(
    r"(?<!\w)(?:comm[ai]|co\.|c\.)\s*(?P<c>[\d ,ebistrquainoa-]{1,24}?)\s+"
    r"(?:del(?:lo|l)?|di\s+cui\s+al(?:lo)?)\s*$"
    r"|(?P<co>primo|secondo|terzo|quarto|quinto|ultimo)\s+comma\s+(?:del(?:lo)?)\s*$"
    r"|(?P<cd>\d)[°º]\s*comma\s+(?:del(?:lo)?)\s*$",
    re.IGNORECASE,
)
_LETTER_BEFORE = re.compile(
    r"(?<!\w)lett(?:er[ae])?\b\.?\s*(?P<l>[a-z]{1,2}\)?(?:(?:,|\s+e)\s+[a-z]{1,2}\))*)\s*(?:del|di\s+cui\s+al)\s*$",
    re.IGNORECASE,
)
_BEHIND = 60
_TOUCHING = 3


@dataclass(frozen=True, slots=True)
class Back:
    """A place that points back to the last act, article or comma, with its own leaves."""

    start: int
    end: int
    leaves: tuple[Leaf, ...]
    to: str


def pointing_back(text: str, pieces: Sequence[Part]) -> Iterator[Back]:
    """«comma 3 del medesimo articolo», «ibidem, comma 4», «medesimo comma, lett. b)»."""
    starts = [part.start for part in pieces]
    for match in _SAME_PLACE.finditer(text):
        start, end = match.start(), match.end()
        inner, reached = scan_inside(text, end)
        if match["comma"]:
            letters = [letter for _comma, letter in inner if letter]
            before = _LETTER_BEFORE.search(text, max(0, start - _BEHIND), start)
            if before and not letters:
                letters, start = expanded(before["l"]), before.start()
            leaves: tuple[Leaf, ...] = tuple(("", "", letter) for letter in letters)
            if leaves:
                yield Back(start, reached, leaves, to="comma")
            continue
        at = bisect_left(starts, end)
        if match["there"] and at < len(starts) and starts[at] - end <= _TOUCHING:
            yield Back(start, pieces[at].end, pieces[at].leaves, to="act")
            continue
        before = _BEFORE_SAME.search(text, max(0, start - _BEHIND), start)
        if before and not inner:
            inner = [(comma, "") for comma in commas_of(before)]
            start = before.start()
        yield Back(
            start,
            reached,
            tuple(("", c, letter) for c, letter in inner or [("", "")]),
            to="article",
        )
