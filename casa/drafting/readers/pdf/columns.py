"""Pages in two columns: each line is told the edges of its own, and the left one is read first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from casa.drafting.readers.pdf.page import Line

_LEAST_WIDTH = 200.0
_MIDDLE = (0.35, 0.68)  # of the width of the text: where the second column begins
_FEW = 8
_NEAR = 3.0
_PROSE = 0.5  # of the lines of a column reach its right edge: a column of a table has short ones
_REACH = 0.15
_LETTERS = 18


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines in reading order; as they were where the page has one column."""
    parts = [piece for line in lines for piece in (line.pieces or (line,))]
    gutter = _gutter(parts)
    if not gutter:
        return list(lines)
    left = [part for part in parts if part.right < gutter - _NEAR]
    right = [part for part in parts if part.left >= gutter - _NEAR]
    if not (_is_prose(left) and _is_prose(right)):
        return list(lines)
    for column in (left, right):
        _tell_edges(column)
    held = {id(part) for part in (*left, *right)}
    across = [
        line for line in lines if not any(id(part) in held for part in line.pieces or (line,))
    ]
    return list(_ordered(left, right, across))


def _gutter(parts: Sequence[Line]) -> float:
    """Where many lines begin in the middle of the page, 0 if none do."""
    if not parts:
        return 0.0
    start, width = min(part.left for part in parts), 0.0
    width = max(part.right for part in parts) - start
    if width < _LEAST_WIDTH:
        return 0.0
    inside = [part for part in parts if _MIDDLE[0] < (part.left - start) / width < _MIDDLE[1]]
    (place, count), *_ = Counter(round(part.left) for part in inside).most_common(1) or [(0, 0)]
    return float(place) if count >= _FEW else 0.0


def _is_prose(column: Sequence[Line]) -> bool:
    """Do its lines run to its right edge, as those of a text do?"""
    lines = [line for line in column if not line.rows]
    if len(lines) < _FEW or sum(len(line.text) for line in lines) < _LETTERS * len(lines):
        return False
    start, end = _edges(lines)
    full = sum(line.right > end - _REACH * (end - start) for line in lines)
    return full >= _PROSE * len(lines)


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    rights = sorted(line.right for line in lines)
    return min(line.left for line in lines), rights[int(0.9 * len(rights))]


def _tell_edges(column: Iterable[Line]) -> None:
    lines = list(column)
    start, end = _edges(lines)
    for line in lines:
        line.start, line.end = start, end


def _ordered(left: Sequence[Line], right: Sequence[Line], across: Sequence[Line]) -> Iterator[Line]:
    """From the top down: what goes across both columns parts them into bands."""
    top = float("inf")
    for line in [*sorted(across, key=_height), None]:
        bottom = line.base if line else float("-inf")
        for column in (left, right):
            yield from sorted((one for one in column if bottom < one.base <= top), key=_height)
        if line:
            yield line
        top = bottom


def _height(line: Line) -> float:
    return -line.base
