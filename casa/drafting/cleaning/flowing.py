"""Text as it runs over many elements: found as one, changed where it stands."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from casa.drafting.xml import Element

SIGN = "[omissis]"


class Piece:
    """Some words and the place where they stand; words without an element are never changed."""

    __slots__ = ("element", "text", "where")

    def __init__(self, text: str, element: Element | None = None, where: str = "text") -> None:
        self.text, self.element, self.where = text, element, where

    def write(self, text: str) -> None:
        """Put other words in the place."""
        if self.element is not None:
            self.text = text
            setattr(self.element, self.where, text)


Flow = list[Piece]
BREAK = "\n"


def held(element: Element, where: str = "text") -> Piece:
    """The words that an element holds, or that follow it ("tail")."""
    return Piece(getattr(element, where) or "", element, where)


def text_of(flow: Sequence[Piece]) -> str:
    """All the words."""
    return "".join(piece.text for piece in flow)


def redact(flow: Sequence[Piece], pattern: re.Pattern[str]) -> int:
    """Write the sign instead of every match; give how many there were.

    From the end, so that earlier places stay where they are.
    """
    whole = text_of(flow)
    matches = list(pattern.finditer(whole))
    starts, at = [], 0
    for piece in flow if matches else ():
        starts.append(at)
        at += len(piece.text)
    for match in reversed(matches):
        _cover(flow, starts, match.start(), match.end())
    return len(matches)


def _cover(flow: Sequence[Piece], starts: Sequence[int], start: int, end: int) -> None:
    sign = SIGN
    first = bisect_right(starts, start) - 1
    last = bisect_right(starts, end - 1) - 1
    # pieces after this one were changed already, but never this one's part before its match
    for index in range(first, last + 1):
        piece, at = flow[index], starts[index]
        left, right = max(start - at, 0), min(end - at, _length(starts, index, piece))
        if left < right and piece.element is not None:
            piece.write(piece.text[:left] + sign + piece.text[right:])
            sign = ""


def _length(starts: Sequence[int], index: int, piece: Piece) -> int:
    """How long the piece was before anything was written."""
    return starts[index + 1] - starts[index] if index + 1 < len(starts) else len(piece.text)
