"""Running headers and footers: what stands at the same edge of many pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from casa.drafting.readers.pdf.lines import Line, Page
from casa.drafting.text import clean, one_line

_EDGE = 4
_SHARE = 0.4
_LEAST = 3
_SAME_HEIGHT = 5
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:pag(?:ina|\.)?|p\.|page)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|di|of|su|a)\s*\d{1,4})?\s*[|]?",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without running headers, footers and page numbers; and one of each of these.

    A line is furniture when the same text, digits apart, stands at the same height among the
    first or last lines of at least 40 % of the pages (at least three).
    """
    repeated = _repeated(pages)
    kept = []
    dropped: dict[str, str] = {}
    for page in pages:
        lines = []
        edges = _edges(page.lines)
        for line in page.lines:
            if id(line) in edges and _is_furniture(
                line, repeated, lone=id(line) in _outermost(page)
            ):
                dropped.setdefault(_mask(line), one_line(clean(line.text)))
            else:
                lines.append(line)
        kept.append(replace(page, lines=lines))
    return kept, [text for text in dropped.values() if text and not _PAGE_NUMBER.fullmatch(text)]


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        edge = _edges(page.lines)
        counts.update({_place(line) for line in page.lines if id(line) in edge})
    enough = max(_LEAST, _SHARE * len(pages))
    return {place for place, count in counts.items() if count >= enough}


def _is_furniture(line: Line, repeated: set[tuple[str, int]], *, lone: bool) -> bool:
    return _place(line) in repeated or (lone and bool(_PAGE_NUMBER.fullmatch(line.text)))


def _edges(lines: Sequence[Line]) -> set[int]:
    """The lines nearest to the top and bottom, by place and by order: files write them anywhere."""
    by_place = sorted(lines, key=lambda line: -line.base)
    return _ids([*lines[:_EDGE], *lines[-_EDGE:], *by_place[:_EDGE], *by_place[-_EDGE:]])


def _outermost(page: Page) -> set[int]:
    by_place = sorted(page.lines, key=lambda line: -line.base)
    return _ids([*by_place[:1], *by_place[-1:]])


def _ids(lines: Iterable[Line]) -> set[int]:
    return {id(line) for line in lines}


def _place(line: Line) -> tuple[str, int]:
    return _mask(line), round(line.base / _SAME_HEIGHT)


def _mask(line: Line) -> str:
    words = line.text or " ".join(cell for row in line.rows for cell in row)
    return _DIGITS.sub("#", one_line(words).lower())
