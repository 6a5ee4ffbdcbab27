"""Where a paragraph of a PDF ends and the next one begins: by place, by look, by number."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casa.drafting.labels import split_number
from casa.drafting.lines import CITING
from casa.drafting.readers.pdf.page import Line, Page
from casa.drafting.text import clean

LARGER = 1.12
# pdfium marks a hyphen that only breaks a line as U+FFFE or U+0002
SOFT_HYPHEN = re.compile(r"(\w)[\x02\ufffe\u00ad]\s*$")
_SENTENCE_END = re.compile(r"[.;:!?»”\")\]]\s*$")
_CITING = 16  # longer than any word that it looks for
_WIDE_GAP = 1.5
_LEADING = 1.15
_MOST = 0.8
_FEW = 0.4
_DOUBLE = 2.0
_SHORT_LINE = 0.8
_INDENT = 6.0
_FULL = 30.0
_SAME_STEP = 1.25
_SAME_PLACE = 4.0
_OFF_CENTRE = 25.0
_LETTERED = re.compile(r"[A-H]\.\s+[A-ZÀ-Ý]{2}")


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in this document: size of letters, step between lines, right edge."""

    size: float
    step: float
    right: float
    left: float
    larger: tuple[float, ...]


def measure(pages: Sequence[Page]) -> Measures:
    """Look at all lines of the document."""
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
    larger = sorted({found for found in sizes if size and found > size * LARGER}, reverse=True)
    step = steps.most_common(1)[0][0] if steps else 0.0
    return Measures(size, step, _quantile(rights, 0.9), _quantile(lefts, 0.1), tuple(larger))


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)] if values else 0.0


def begins(line: Line, group: Sequence[tuple[int, Line]], *, page: int, measures: Measures) -> bool:
    """Does this line open a new paragraph?"""
    page_before, before = group[-1]
    if line.flat or before.flat:
        return True
    if SOFT_HYPHEN.search(before.text):
        return False
    if _looks_different(line, before) and not _runs_on(
        line, before, first=group[0][1], measures=measures
    ):
        return True
    if CITING.search(before.text[-_CITING:]):
        return False
    jumps = page != page_before or line.base > before.base
    below = _begins_after_jump if jumps else _begins_below
    return _opens_by_number(line, before, measures) or below(line, before, measures)


def _looks_different(line: Line, before: Line) -> bool:
    larger = max(line.size, before.size) > min(line.size, before.size) * LARGER
    capitals_end = line.bold and _capitals(before.text) > _MOST and _capitals(line.text) < _FEW
    return larger or line.bold != before.bold or capitals_end


def _capitals(text: str) -> float:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) / max(1, len(letters))


def _runs_on(line: Line, before: Line, *, first: Line, measures: Measures) -> bool:
    """A sentence goes on in the next line, though the letters become bold or plain there."""
    near = 0 < before.base - line.base <= _usual_step(before, measures) * _SAME_STEP
    unfinished = _is_unfinished(before, measures)
    plain_start = not first.bold and first.size <= measures.size * LARGER
    goes_on = line.text[:1].islower() or (unfinished and (plain_start or _shouts_on(line, before)))
    return near and goes_on


def _shouts_on(line: Line, before: Line) -> bool:
    """Capitals run into the next line, where they become plain words."""
    return _capitals(before.text) > _MOST and " ".join(line.text.split()[:2]).isupper()


def _is_unfinished(line: Line, measures: Measures) -> bool:
    """The line fills its width and ends no sentence."""
    return line.right > _edge(line, measures) - _FULL and not _SENTENCE_END.search(line.text)


def _usual_step(line: Line, measures: Measures) -> float:
    """From one baseline to the next: as usual in this document, more for larger letters."""
    return max(measures.step, line.size * _LEADING)


def _opens_by_number(line: Line, before: Line, measures: Measures) -> bool:
    """A number opens a paragraph, unless a sentence runs into it: "di cui al punto" / "7. Il …"."""
    number, rest = split_number(line.text if line.text.isascii() else clean(line.text))
    if not number:
        return False
    runs_on = (
        not _SENTENCE_END.search(before.text) and before.right > _edge(before, measures) - _INDENT
    )
    return not (runs_on and rest[:1].islower() and number[:1].isdigit())


def _begins_after_jump(line: Line, before: Line, _: Measures) -> bool:
    """Next page or next column: a sentence that has not ended goes on."""
    return bool(_SENTENCE_END.search(before.text)) or not line.text[:1].islower()


def _begins_below(line: Line, before: Line, measures: Measures) -> bool:
    gap = (before.base - line.base) / _usual_step(before, measures)
    if gap > (_DOUBLE if _is_unfinished(before, measures) else _WIDE_GAP):
        return True
    if line.bold and before.bold and _stands_apart(line, before, measures):
        return True
    start = before.start or measures.left
    short = before.right < start + _SHORT_LINE * (_edge(before, measures) - start)
    if short and not line.text[:1].islower() and not line.bold:
        return True
    return short and bool(_SENTENCE_END.search(before.text))


def _stands_apart(line: Line, before: Line, measures: Measures) -> bool:
    """Bold below bold: its first word had room in the line above, and the two are not centred."""
    if line.text[:1].islower():
        return False
    if _LETTERED.match(line.text):
        return True
    word = len(line.text.split(" ", 1)[0]) + 1
    room = (line.right - line.left) * word / max(1, len(line.text))
    return before.right + room < _edge(before, measures) and not _are_centred(
        line, before, measures
    )


def _are_centred(line: Line, before: Line, measures: Measures) -> bool:
    """One below the other in the middle of the column, as the lines of one title are."""
    middle = ((before.start or measures.left) + _edge(before, measures)) / 2
    ours, theirs = (line.left + line.right) / 2, (before.left + before.right) / 2
    aside = abs(line.left - before.left) > _SAME_PLACE
    return aside and abs(ours - theirs) < _SAME_PLACE and abs(ours - middle) < _OFF_CENTRE


def _edge(line: Line, measures: Measures) -> float:
    """How far to the right a line may go, in its column or on the page."""
    return line.end or measures.right
