"""Values that begin on one page and end on the next, with a footer and a header between."""

import itertools
import re
from collections.abc import Iterator, Sequence

from casa.drafting.cleaning.pdf.text import PageText, Places
from casa.drafting.cleaning.values import SHORT, pattern
from casa.drafting.cleaning.work import Work

_LINES = 4
_NEAR = 200
_LINE_END = re.compile(r"[\r\n]+")


def broken_by_pages(texts: Sequence[PageText], work: Work) -> dict[int, list[Places]]:
    """For the number of each page the letters of such values; they are counted."""
    found: dict[int, list[Places]] = {}
    for first, second in itertools.pairwise(texts):
        for value in work.values:
            if len(value) < SHORT:
                continue
            pair = next(_crossing(first.text, second.text, pattern(value)), None)
            if pair is not None:
                work.count(value)
                found.setdefault(first.index, []).append(pair[0])
                found.setdefault(second.index, []).append(pair[1])
    return found


def _crossing(first: str, second: str, value: re.Pattern[str]) -> Iterator[tuple[Places, Places]]:
    """The last lines of one page and the first of the next may be their furniture."""
    for end in _ends(first):
        for start in _starts(second):
            begin = max(0, end - _NEAR)
            text = f"{first[begin:end]}\n{second[start : start + _NEAR]}"
            edge = end - begin
            for match in value.finditer(text):
                if match.start() < edge < match.end() - 1:
                    shift = start - edge - 1
                    yield (
                        range(begin + match.start(), end),
                        range(start, match.end() + shift),
                    )


def _ends(text: str) -> list[int]:
    ends = [found.start() for found in _LINE_END.finditer(text)]
    return [len(text), *ends[-_LINES:]]


def _starts(text: str) -> list[int]:
    starts = []
    for found in _LINE_END.finditer(text):
        starts.append(found.end())
        if len(starts) == _LINES:
            break
    return [0, *starts]
