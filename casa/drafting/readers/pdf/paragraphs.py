"""Lines of a PDF joined to paragraphs again."""

import re
from collections.abc import Iterable, Iterator, Sequence

from casa.drafting.draft import Row
from casa.drafting.passages import Passage
from casa.drafting.readers.pdf.breaks import LARGER, SOFT_HYPHEN, Measures, begins, measure
from casa.drafting.readers.pdf.index import flatten_index
from casa.drafting.readers.pdf.page import Line, Page
from casa.drafting.text import clean

_END = 8
_SOFT = re.compile(r" ?[\x02\ufffe\u00ad] ?")
_HYPHEN = re.compile(r"([a-zà-ù])[-‐]\s*$")


def passages_of(pages: Sequence[Page]) -> list[Passage]:
    """The paragraphs of all pages; one that a page break cuts is one again."""
    measures = measure(pages)
    for page in pages:
        flatten_index(page.lines)
    return [
        passage
        for group in _groups(pages, measures)
        for passage in [_passage(group, measures)]
        if passage.text or passage.rows
    ]


def _groups(pages: Sequence[Page], measures: Measures) -> Iterator[list[tuple[int, Line]]]:
    group: list[tuple[int, Line]] = []
    for page in pages:
        for line in page.lines:
            if group and begins(line, group, page=page.number, measures=measures):
                yield group
                group = []
            group.append((page.number, line))
    if group:
        yield group


def _passage(group: Sequence[tuple[int, Line]], measures: Measures) -> Passage:
    lines = [line for _, line in group]
    first = lines[0]
    if first.rows:
        return Passage("", rows=_cleaned(first.rows), page=group[0][0])
    larger = bool(measures.size) and first.size > measures.size * LARGER
    return Passage(
        text=clean(joined(lines)),
        page=group[0][0],
        standout=larger or all(line.bold for line in lines),
        size_level=measures.larger.index(first.size) + 1 if first.size in measures.larger else 0,
        flat=first.flat,
    )


def _cleaned(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Cells on one line each, words that a line end cut joined again."""
    return tuple(
        tuple(clean(joined(Line(text) for text in cell.splitlines())) for cell in row)
        for row in rows
    )


def joined(lines: Iterable[Line]) -> str:
    """The words of some lines; those that a line end cut are one again."""
    text = ""
    for line in lines:
        end = text[-_END:].rstrip()[-2:] or text  # no look at all that was said before
        if SOFT_HYPHEN.search(end):
            text += line.text.lstrip()
        elif _HYPHEN.search(end) and line.text[:1].islower():
            text = text.rstrip()[:-1] + line.text
        else:
            text = f"{text} {line.text}"
    return _mended(SOFT_HYPHEN.sub(r"\1-", text))


def _mended(text: str) -> str:
    """A word is one again; an address keeps the hyphen that it was broken after."""
    *parts, last = _SOFT.split(text)
    return "".join(part + "-" * ("/" in part.rpartition(" ")[2]) for part in parts) + last
