"""Whom to compare a clause with: everybody in a document of the usual size, else those in question.

Comparing three thousand clauses with three thousand others takes a minute. A clause that goes on in
the next version shares a rare word, its title or its label, or stands where it stood.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

EXHAUSTIVE = 20_000  # pairs that are simply all compared
_RARE = 40  # a word in more clauses than this tells nothing
_WORDS = 12
_SHARING = 8
_SAME = 4
_AROUND = 2


class Clue(Protocol):
    """What is known of a clause without comparing it."""

    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def label(self) -> str: ...


class Rivals:
    """The old clauses of one kind, found by what they have in common with a new one."""

    def __init__(self, old: Sequence[Clue], *, count_of_new: int) -> None:
        self.count = len(old)
        self.step = self.count / max(1, count_of_new)
        self.all = self.count * count_of_new <= EXHAUSTIVE
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, clue in enumerate(old if not self.all else ()):
            for word in set(clue.words.split()):
                self.by_word[word].append(place)
            for name in _names(clue):
                self.by_name[name].append(place)

    def of(self, newer: Clue, *, place: int) -> Sequence[int]:
        """The places, in order, of the old clauses to compare with the new one at its place."""
        if self.all:
            return range(self.count)
        here = int(place * self.step)
        found = set(range(max(0, here - _AROUND), min(self.count, here + _AROUND + 1)))
        found.update(self._sharing(newer.words))
        for name in _names(newer):
            found.update(self.by_name.get(name, ())[:_SAME])
        return sorted(found)

    def _sharing(self, words: str) -> Iterable[int]:
        """Those that share most of the rarest words."""
        known = {word: len(self.by_word[word]) for word in set(words.split()) & self.by_word.keys()}
        rare = sorted((often, word) for word, often in known.items() if often <= _RARE)
        votes = Counter(place for _, word in rare[:_WORDS] for place in self.by_word[word])
        return (place for place, _ in votes.most_common(_SHARING))


def _names(clue: Clue) -> list[tuple[str, str]]:
    """What a clause is called; a title also without its end or its beginning, for small changes."""
    title = clue.title
    names = [("label", clue.label), ("title", title), ("head", title[:8]), ("tail", title[-8:])]
    return [(what, name) for what, name in names if name]
