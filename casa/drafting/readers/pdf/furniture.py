"""Running headers and footers: what stands at the same edge of many pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from casa.drafting.readers.pdf.page import Line, Page
from casa.drafting.text import clean, one_line

_EDGE = 4
_SHARE = 0.4
_LEAST = 3
_SAME_HEIGHT = 5
_SELDOM = 2
_LONGEST_FOOTER = 100
_SMALL = 0.95  # of the usual size of letters
_MARGINS = (0.1, 0.86)  # of the height of the page, for what stands on two pages
_BORDERS = (0.065, 0.945)  # … for what stands on one
_OF_PAGES = re.compile(r"\bpag(?:ina|e|\.)?\s*\d{1,4}\s*(?:di|a|of|/)\s*\d{1,4}\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:pag(?:ina|\.)?|p\.|page)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|di|of|su|a)\s*\d{1,4})?\s*[|]?",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without running headers, footers and page numbers; and one of each of these.

    A line is furniture when the same text, digits apart, stands at the same height among the
    first or last lines of at least 40 % of the pages (at least three). In smaller letters near the
    edge of the page the same text on two pages is enough, and at its very border on one.
    """
    counts, usual = _counts(pages), usual_size(pages)
    enough = max(_LEAST, _SHARE * len(pages))
    kept = []
    dropped: dict[str, str] = {}
    for page in pages:
        lines = []
        edges, lone = _edges(page.lines), _outermost(page)
        for line in page.lines:
            often = id(line) in edges and counts[_place(line)] >= enough
            small = id(line) in edges and not line.rows and line.size < _SMALL * usual
            seldom = small and _is_marginal(line, page, counts[_exactly(line)])
            if often or seldom or (id(line) in lone and _numbers_page(line)):
                dropped.setdefault(_mask(line), one_line(clean(line.text)))
            else:
                lines.append(line)
        kept.append(replace(page, lines=lines))
    return kept, [text for text in dropped.values() if text and not _PAGE_NUMBER.fullmatch(text)]


def usual_size(pages: Sequence[Page]) -> float:
    """The size of most letters, 0 where there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _counts(pages: Sequence[Page]) -> Counter[tuple[str, int]]:
    """On how many pages each line stands at its height."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        edge = _edges(page.lines)
        lines = [line for line in page.lines if id(line) in edge]
        counts.update({_place(line) for line in lines} | {_exactly(line) for line in lines})
    return counts


def _is_marginal(line: Line, page: Page, count: int) -> bool:
    """Near the edge of the page, the nearer the fewer pages it stands on."""
    low, high = _MARGINS if count >= _SELDOM else _BORDERS
    if count < _SELDOM and page.number == 1:  # the letterhead is part of the document
        high = 1.0
    return bool(page.height) and not low * page.height <= line.base <= high * page.height


def _numbers_page(line: Line) -> bool:
    short = len(line.text) <= _LONGEST_FOOTER
    return bool(_PAGE_NUMBER.fullmatch(line.text) or (short and _OF_PAGES.search(line.text)))


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


def _exactly(line: Line) -> tuple[str, int]:
    return f"={line.text}", round(line.base / _SAME_HEIGHT)


def _mask(line: Line) -> str:
    words = line.text or " ".join(cell for row in line.rows for cell in row)
    return _DIGITS.sub("#", one_line(words).lower())
