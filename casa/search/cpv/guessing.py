"""Which CPV codes some plain words may mean, by the words of their labels.

For a search that finds too little: a card is then also found by what it buys. Counted as search
engines count (BM25), over the labels alone; nothing is learnt, nothing leaves the machine.
Words that begin alike count for each other: a verb of every day for the noun of a label.
"""

import math
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from casa.search.italian import STOP_WORDS, nouns_of, stem, words_of
from casa.search.models import CpvCode

FRESH_SECONDS = 300.0
SATURATION, LENGTH_COUNTS = 1.2, 0.5
MOST = 16
BEGINNING, KIN = 4, 0.6
"""Words that begin alike often mean alike, «asfaltare» and «asfaltatura»: so many letters of the
stem, and what such a label word counts beside the word itself."""
COMMON_SHARE = 0.02
"""A word in more labels than this says little: «servizi», «lavori»."""


@dataclass(slots=True)
class Labels:
    """The words of all labels: stem → codes, how long each label is."""

    holders: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    alike: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    length: dict[str, int] = field(default_factory=dict)
    mean: float = 1.0

    def add(self, code: str, label: str) -> None:
        stems = {stem(word) for word in words_of(label) if word not in STOP_WORDS} - {""}
        self.length[code] = max(len(stems), 1)
        for one in stems:
            if one not in self.holders:
                self.alike[one[:BEGINNING]].append(one)
            self.holders[one].append(code)

    def meant(self, word: str) -> dict[str, float]:
        """The stems that a word may stand for, with what each counts: its own, those like it."""
        begins = stem(word)[:BEGINNING]
        near = self.alike.get(begins, ()) if len(begins) == BEGINNING else ()
        own = {stem(form): 1.0 for form in (word, *nouns_of(word))}
        return dict.fromkeys(near, KIN) | own

    def weight(self, one: str) -> float:
        """How telling a stem is; nothing when too many labels hold it."""
        count = len(self.holders.get(one, ()))
        if not count or count > max(COMMON_SHARE * len(self.length), 1):
            return 0.0
        return math.log(1 + (len(self.length) - count + 0.5) / (count + 0.5))


_labels: tuple[float, Labels] | None = None


def guess(words: Iterable[str]) -> list[tuple[str, float]]:
    """The likeliest codes with their share of the best one's score, best first."""
    known = labels()
    scores: dict[str, float] = defaultdict(float)
    for word in words:
        for code, value in _scores(word, known).items():
            scores[code] += value
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    return [(code, value / best[0][1]) for code, value in best]


def named(words: Iterable[str]) -> list[str]:
    """The codes whose labels hold every one of the words, the shortest label first.

    Nothing for words that are in very many labels: «servizi» names no code.
    """
    known = labels()
    stems = {stem(word) for word in words if word not in STOP_WORDS} - {""}
    if not any(known.weight(one) for one in stems):
        return []
    holding = set.intersection(*(set(known.holders.get(one, ())) for one in stems))
    return sorted(holding, key=lambda code: (known.length[code], code))


def _scores(word: str, known: Labels) -> dict[str, float]:
    """What each code is worth for one word: a label counts once, by the nearest of its words."""
    scores: dict[str, float] = {}
    for one, share in known.meant(word).items():
        weight = known.weight(one) * share
        for code in known.holders.get(one, ()) if weight else ():
            value = weight * _saturated(known.length[code] / known.mean)
            scores[code] = max(value, scores.get(code, 0.0))
    return scores


def labels() -> Labels:
    """The table in use; read again from the database every few minutes."""
    global _labels  # noqa: PLW0603 -- one small table per process
    now = time.monotonic()
    if _labels is None or now - _labels[0] > FRESH_SECONDS:
        _labels = (now, _read())
    return _labels[1]


def forget() -> None:
    """Read the labels anew at the next guess."""
    global _labels  # noqa: PLW0603 -- idem
    _labels = None


def _saturated(length: float) -> float:
    return (SATURATION + 1) / (1 + SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length))


def _read() -> Labels:
    made = Labels()
    for code, label in CpvCode.objects.values_list("code", "label"):
        made.add(code, label)
    made.mean = sum(made.length.values()) / max(len(made.length), 1)
    return made
