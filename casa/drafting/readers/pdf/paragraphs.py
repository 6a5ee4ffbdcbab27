"""Lines of a PDF joined to paragraphs again: by place, by look, by number."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casa.drafting.draft import Row
from casa.drafting.labels import split_number
from casa.drafting.lines import CITING
from casa.drafting.passages import Passage
from casa.drafting.readers.pdf.index import flatten_index
from casa.drafting.readers.pdf.lines import Line, Page
from casa.drafting.text import clean

# pdfium marks a hyphen that only breaks a line as U+FFFE or U+0002
_SOFT_HYPHEN = re.compile(r"(\w)[\x02\ufffe\u00ad]\s*$")
_SOFT = re.compile(r" ?[\x02\ufffe\u00ad] ?")
_HYPHEN = re.compile(r"([a-zà-ù])[-‐]\s*$")
_SENTENCE_END = re.compile(r"[.;:!?»”\")\]]\s*$")
_LARGER = 1.12
_WIDE_GAP = 1.5
_LEADING = 1.15
_MOST = 0.8
_FEW = 0.4
_DOUBLE = 2.0
_SHORT_LINE = 0.8
_INDENT = 6.0
_FULL = 30.0
_SAME_STEP = 1.12


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in this document: size of letters, step between lines, right edge."""

    size: float
    step: float
    right: float
    left: float
    larger: tuple[float, ...]


def passages_of(pages: Sequence[Page]) -> list[Passage]:
    """The paragraphs of all pages; one that a page break cuts is one again."""
    measures = _measure(pages)
    for page in pages:
        flatten_index(page.lines)
    return [
        passage
        for group in _groups(pages, measures)
        for passage in [_passage(group, measures)]
        if passage.text or passage.rows
    ]


def _measure(pages: Sequence[Page]) -> _Measures:
    sizes: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    rights: list[float] = []
    lefts: list[float] = []
    for page in pages:
        for before, line in zip([None, *page.lines], page.lines, strict=False):
            sizes[line.size] += len(line.text)
            if before is not None and before.size == line.size and before.base > line.base:
                steps[round(before.base - line.base, 0)] += 1
            rights.append(line.right)
            lefts.append(line.left)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted({found for found in sizes if size and found > size * _LARGER}, reverse=True)
    step = steps.most_common(1)[0][0] if steps else 0.0
    return _Measures(size, step, _quantile(rights, 0.9), _quantile(lefts, 0.1), tuple(larger))


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)] if values else 0.0


def _groups(pages: Sequence[Page], measures: _Measures) -> Iterator[list[tuple[int, Line]]]:
    group: list[tuple[int, Line]] = []
    for page in pages:
        for line in page.lines:
            if group and _begins(line, group, page=page.number, measures=measures):
                yield group
                group = []
            group.append((page.number, line))
    if group:
        yield group


def _begins(
    line: Line, group: Sequence[tuple[int, Line]], *, page: int, measures: _Measures
) -> bool:
    """Does this line open a new paragraph?"""
    page_before, before = group[-1]
    if line.flat or before.flat:
        return True
    if _SOFT_HYPHEN.search(before.text):
        return False
    if _looks_different(line, before) and not _runs_on(
        line, before, first=group[0][1], measures=measures
    ):
        return True
    if CITING.search(before.text):
        return False
    jumps = page != page_before or line.base > before.base
    below = _begins_after_jump if jumps else _begins_below
    return _opens_by_number(line, before, measures) or below(line, before, measures)


def _looks_different(line: Line, before: Line) -> bool:
    larger = max(line.size, before.size) > min(line.size, before.size) * _LARGER
    capitals_end = line.bold and _capitals(before.text) > _MOST and _capitals(line.text) < _FEW
    return larger or line.bold != before.bold or capitals_end


def _capitals(text: str) -> float:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) / max(1, len(letters))


def _runs_on(line: Line, before: Line, *, first: Line, measures: _Measures) -> bool:
    """A sentence goes on in the next line, though the letters become bold or plain there."""
    near = 0 < before.base - line.base <= _usual_step(before, measures) * _SAME_STEP
    unfinished = _is_unfinished(before, measures)
    plain_start = not first.bold and first.size <= measures.size * _LARGER
    return near and (line.text[:1].islower() or (unfinished and plain_start))


def _is_unfinished(line: Line, measures: _Measures) -> bool:
    """The line fills its width and ends no sentence."""
    return line.right > measures.right - _FULL and not _SENTENCE_END.search(line.text)


def _usual_step(line: Line, measures: _Measures) -> float:
    """From one baseline to the next: as usual in this document, more for larger letters."""
    return max(measures.step, line.size * _LEADING)


def _opens_by_number(line: Line, before: Line, measures: _Measures) -> bool:
    """A number opens a paragraph, unless a sentence runs into it: "di cui al punto" / "7. Il …"."""
    number, rest = split_number(clean(line.text))
    if not number:
        return False
    runs_on = not _SENTENCE_END.search(before.text) and before.right > measures.right - _INDENT
    return not (runs_on and rest[:1].islower() and number[:1].isdigit())


def _begins_after_jump(line: Line, before: Line, _: _Measures) -> bool:
    """Next page or next column: a sentence that has not ended goes on."""
    return bool(_SENTENCE_END.search(before.text)) or not line.text[:1].islower()


def _begins_below(line: Line, before: Line, measures: _Measures) -> bool:
    gap = (before.base - line.base) / _usual_step(before, measures)
    if gap > (_DOUBLE if _is_unfinished(before, measures) else _WIDE_GAP):
        return True
    width = measures.right - measures.left
    short = before.right < measures.left + _SHORT_LINE * width
    if short and not line.text[:1].islower() and not line.bold:
        return True
    return short and bool(_SENTENCE_END.search(before.text))


def _passage(group: Sequence[tuple[int, Line]], measures: _Measures) -> Passage:
    lines = [line for _, line in group]
    first = lines[0]
    if first.rows:
        return Passage("", rows=_cleaned(first.rows), page=group[0][0])
    larger = bool(measures.size) and first.size > measures.size * _LARGER
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
        if _SOFT_HYPHEN.search(text):
            text += line.text.lstrip()
        elif _HYPHEN.search(text) and line.text[:1].islower():
            text = text.rstrip()[:-1] + line.text
        else:
            text = f"{text} {line.text}"
    return _mended(_SOFT_HYPHEN.sub(r"\1-", text))


def _mended(text: str) -> str:
    """A word is one again; an address keeps the hyphen that it was broken after."""
    *parts, last = _SOFT.split(text)
    return "".join(part + "-" * ("/" in part.rpartition(" ")[2]) for part in parts) + last
