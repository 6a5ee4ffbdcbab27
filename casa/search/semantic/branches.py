"""Under which CPV codes a question in everyday words falls, by the meaning of their labels.

The words of a synonym group speak for its codes beside the labels of the nomenclature: they are
what officials say, where labels are what the law says.
"""

import math
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casa.search.cpv import DIGITS
from casa.search.models import CpvCode, SynonymGroup, WordsVector
from casa.search.semantic import model

FRESH_SECONDS = 300.0
NEAREST = 10
"""So many labels, and so many words of groups, are listened to."""
HEAT = 0.02
"""Likeness moves in few hundredths: what is so much further away counts a third."""
NEARNESS = {7: 1.0, 6: 1.0, 5: 0.9, 4: 0.75, 3: 0.45, 2: 0.15}
"""What a code counts that begins with so many of the same digits."""

Meant = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """Texts as rows of numbers, and the codes that each speaks for."""

    codes: tuple[tuple[str, ...], ...] = ()
    matrix: Any = None


@dataclass(frozen=True, slots=True)
class Branches:
    """Labels and words of groups: 1.5 kB each, 15 MB with the whole nomenclature."""

    labels: Said
    groups: Said
    count: int
    read_at: float


_lock = threading.Lock()
_branches: Branches | None = None


def meant(words: str) -> Meant:
    """The codes nearest in meaning, with what each counts; nothing before the follower is done."""
    held = _held()
    asked = model.of_words(words)
    near = [*_nearest(held.labels, asked), *_nearest(held.groups, asked)]
    best = max((likeness for _codes, likeness in near), default=0.0)
    counts: dict[str, float] = {}
    for codes, likeness in near:
        for code in codes:
            counts[code] = counts.get(code, 0.0) + math.exp((likeness - best) / HEAT)
    return counts


def shares(codes: Iterable[Collection[str]], meant: Meant) -> list[float]:
    """How well each card's codes fit what is meant, against the best of them."""
    worth = [max((_worth(code, meant) for code in own), default=0.0) for own in codes]
    best = max(worth, default=0.0)
    return [one / best for one in worth] if best else worth


def forget() -> None:
    """Read labels and groups anew at the next question."""
    global _branches  # noqa: PLW0603 -- one table per process
    _branches = None


def _worth(code: str, meant: Meant) -> float:
    return sum(count * _nearness(code, other) for other, count in meant.items())


def _nearness(code: str, other: str) -> float:
    """All of it where the code stands under the other one, less the sooner they part."""
    if code.startswith(other.rstrip("0").ljust(2, "0")):
        return 1.0
    same = next((n for n in range(DIGITS) if code[n : n + 1] != other[n : n + 1]), DIGITS)
    return NEARNESS.get(same, 0.0)


def _nearest(said: Said, asked: Any) -> list[tuple[tuple[str, ...], float]]:
    if not said.codes:
        return []
    likeness = said.matrix @ asked
    best = likeness.argsort()[::-1][:NEAREST]
    return [(said.codes[place], float(likeness[place])) for place in best]


def _held() -> Branches:
    """The table of this moment: read again when vectors were added, and now and then."""
    global _branches  # noqa: PLW0603 -- idem
    count = WordsVector.objects.count()
    with _lock:
        held = _branches
        old = held is None or held.count != count
        if held is None or old or time.monotonic() - held.read_at > FRESH_SECONDS:
            held = _branches = Branches(_labels(), _groups(), count, time.monotonic())
        return held


def _labels() -> Said:
    rows = CpvCode.objects.order_by("pk").values_list("label", "code")
    return _said([(label, (code,)) for label, code in rows])


def _groups() -> Said:
    groups = SynonymGroup.objects.filter(in_use=True).exclude(cpv_codes=[]).order_by("pk")
    return _said([(text, tuple(one.cpv_codes)) for one in groups for text in one.words])


def _said(rows: list[tuple[str, tuple[str, ...]]]) -> Said:
    import numpy as np  # part of the extra

    texts = {text for text, _codes in rows}
    held = WordsVector.objects.filter(text__in=texts).values_list("text", "numbers")
    numbers = {text: bytes(row) for text, row in held}
    kept = [(numbers[text], codes) for text, codes in rows if text in numbers]
    matrix = np.frombuffer(b"".join(row for row, _codes in kept), dtype="<f4")
    return Said(tuple(codes for _row, codes in kept), matrix.reshape(-1, model.DIMENSIONS))
