"""The text as the grammar reads it: one blank for many, one sign for the same sign.

Every pattern here allows blanks in many places; over runs of a thousand blanks that would take
the square of their number, from whoever typed them. So no pattern ever sees two blanks in a row.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

BREAK = "\x00"
"""Between paragraphs: no blank, so that nothing is joined across it."""
_SIGNS = str.maketrans({"\u2010": "-", "\u2011": "-", "`": "’", "´": "’", "ʼ": "’", "′": "’"})
_RUN = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]{2,}|[^\S ]|[\u00ad\u200b\u2060\ufeff]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """`text` without superfluous blanks; `origin` tells where a place of it stood."""

    text: str
    places: tuple[int, ...]
    shifts: tuple[int, ...]

    def origin(self, at: int) -> int:
        """The place in the text as it was of the sign at this place."""
        before = bisect_right(self.places, at) - 1
        return at + self.shifts[before] if before >= 0 else at

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end, in the text as it was, of what stands here from `start` to `end`."""
        return self.origin(start), self.origin(end - 1) + 1


def squeezed(text: str) -> Squeezed:
    """Runs of blanks become one, empty lines a break, invisible signs go."""
    pieces: list[str] = []
    places: list[int] = []
    shifts: list[int] = []
    reached = length = 0
    for run in _RUN.finditer(text):
        blank = _blank(run[0])
        pieces += (text[reached : run.start()], blank)
        length += run.start() - reached + len(blank)
        reached = run.end()
        if len(run[0]) != len(blank):
            places.append(length)
            shifts.append(reached - length)
    pieces.append(text[reached:])
    plain = "".join(pieces).translate(_SIGNS)
    return Squeezed(plain, tuple(places), tuple(shifts))


def _blank(run: str) -> str:
    if _PARAGRAPH.search(run):
        return BREAK
    return " " if any(sign.isspace() for sign in run) else ""
