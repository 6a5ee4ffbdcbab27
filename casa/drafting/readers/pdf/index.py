"""Tables of contents: their lines repeat the headings and are none."""

import re
from collections.abc import Sequence

from casa.drafting.readers.pdf.page import Line

_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}$|…{2,}\s*\d{0,4}$|_{4,}\s*\d{1,4}$")
_ENTRY = re.compile(r"\S.*?\s\d{1,4}$")
_TITLE = re.compile(r"(?:indice|sommario|indice generale|contents)$", re.IGNORECASE)
_FEW = 3
_TAIL = 100


def flatten_index(lines: Sequence[Line]) -> None:
    """Mark as flat every line of this page's table of contents, if it has one."""
    entries = [place for place, line in enumerate(lines) if _is_entry(line.text[-_TAIL:])]
    if len(entries) < _FEW and any(_TITLE.match(line.text) for line in lines):
        entries = [place for place, line in enumerate(lines) if _ENTRY.fullmatch(line.text)]
    if len(entries) < _FEW:
        return
    for line in lines[_first_line(lines, entries[0]) : entries[-1] + 1]:
        line.flat = True


def _is_entry(tail: str) -> bool:
    """Leaders up to a page number; leaders alone are a blank to be filled in."""
    return bool(_LEADERS.search(tail)) and tail[-1:].isdecimal()


def _first_line(lines: Sequence[Line], entry: int) -> int:
    """The first entry may be broken over lines that look like it and end in no page number."""
    first = entry
    while first and entry - first < _FEW and _looks_like(lines[first - 1], lines[entry]):
        first -= 1
    return first


def _looks_like(line: Line, entry: Line) -> bool:
    return line.size == entry.size and line.bold == entry.bold and not _TITLE.match(line.text)
