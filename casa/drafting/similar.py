"""Near-duplicates: documents and clauses that say the same in nearly the same words.

A document is a set of runs of five words. `print_of` keeps the smallest hash of each of 128
buckets (one-permutation MinHash with optimal densification: Shrivastava, ICML 2017), so that two
prints agree in as many places as the sets have in common. `bands_of` folds a print into 32 whole
numbers that a database can index: documents 85 % equal share one of them almost surely.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from casa.drafting.draft import Clause

PLACES = 128
BANDS = 32
RUN = 5
_ROWS = PLACES // BANDS
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_EMPTY = -1
_SHORTEST_CLAUSE = 12

Print = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A clause that stands in both documents: its keys there and how alike it is (0–1)."""

    key: str
    other: str
    likeness: float


def words_of(text: str) -> list[str]:
    """The words without capitals and accents; every number is «0»: dates and sums differ anyway."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _WORD.findall(_NUMBER.sub("0", letters))


def print_of(text: str) -> Print:
    """128 whole numbers below 2³²; empty for a text of fewer than five words."""
    places = [_EMPTY] * PLACES
    for hashed in _hashes(words_of(text)):
        place, value = hashed % PLACES, hashed // PLACES
        if places[place] == _EMPTY or value < places[place]:
            places[place] = value
    return _densified(places)


def bands_of(prints: Print) -> tuple[int, ...]:
    """32 signed numbers of 64 bits, the same where four neighbours of two prints are the same."""
    return tuple(
        _number(repr((band, prints[band * _ROWS : (band + 1) * _ROWS])).encode())
        for band in range(BANDS if prints else 0)
    )


def likeness(one: Print, other: Print) -> float:
    """How much of what either says both say (Jaccard, 0–1), within ±0.05 at one sigma."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / PLACES


def share(text: str, other: str) -> float:
    """How much of `text` stands in `other` too (0–1): exact, in runs of five words."""
    mine, theirs = set(_hashes(words_of(text))), set(_hashes(words_of(other)))
    return len(mine & theirs) / len(mine) if mine else 0.0


def words_print(text: str) -> int | None:
    """A signed number of 64 bits, the same for texts with the same words, whatever their numbers.

    None for fewer than twelve words, which are the same everywhere by chance.
    """
    words = words_of(text)
    return _number(" ".join(words).encode()) if len(words) >= _SHORTEST_CLAUSE else None


def shared_clauses(
    mine: Sequence[Clause], theirs: Sequence[Clause], *, least: float = 0.6
) -> tuple[Shared, ...]:
    """Each clause of mine with the most similar one of theirs, when at least that alike."""
    sets = [(clause.key, set(_hashes(words_of(clause.text)))) for clause in theirs]
    found = []
    for clause in mine:
        own = set(_hashes(words_of(clause.text)))
        best, key = max(((_jaccard(own, runs), key) for key, runs in sets), default=(0.0, ""))
        if best >= least:
            found.append(Shared(key=clause.key, other=key, likeness=best))
    return tuple(found)


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _hashes(words: Sequence[str]) -> Iterator[int]:
    """One number below 2³⁹ for each run of five words."""
    digests = [crc32(word.encode()) for word in words]
    for run in zip(*(digests[at:] for at in range(RUN)), strict=False):
        yield _mixed(run)


def _mixed(run: tuple[int, ...]) -> int:
    """The hashes of the words of a run in one, well mixed (the finish of SplitMix64)."""
    value = 0
    for part in run:
        value = (value * 0x100000001B3 ^ part) & 0xFFFFFFFFFFFFFFFF
    value = ((value ^ value >> 30) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    value = ((value ^ value >> 27) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return (value ^ value >> 31) >> 25


def _densified(places: list[int]) -> Print:
    """An empty bucket borrows from a full one, found by its own fixed sequence of tries."""
    full = [place for place, value in enumerate(places) if value != _EMPTY]
    if not full:
        return ()
    return tuple(
        value if value != _EMPTY else places[_lender(place, places)]
        for place, value in enumerate(places)
    )


def _lender(place: int, places: list[int]) -> int:
    attempt = 0
    while True:
        attempt += 1
        lender = _mixed((place, attempt)) % PLACES
        if places[lender] != _EMPTY:
            return lender


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
