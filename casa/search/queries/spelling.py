"""«Forse cercavi»: the words that readable cards hold, where what was typed is one letter off."""

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import DamerauLevenshtein

from casa.search.italian import WORD, fold, stem
from casa.search.models import IndexCard
from casa.search.query import LONG_WORD, Node, Word, words_in

CHARACTERS = 400_000
"""So much is read for words, shared among the cards: of few cards more, of twenty 20,000 each."""


def better_words(typed: str, tree: Node, cards: Sequence[IndexCard]) -> str:
    """What was typed with its unknown words replaced; empty when nothing better is known.

    Only words of cards that the reader may see are offered.
    """
    vocabulary = _vocabulary(cards)
    stems = {stem(word) for word in vocabulary}
    better = typed
    for node in words_in(tree):
        if isinstance(node, Word) and not node.whole and stem(node.text) not in stems:
            if (nearest := _nearest(node.text, vocabulary)) is None:
                return ""
            better = _replaced(better, node.text, nearest)
    return better if better != typed else ""


def _vocabulary(cards: Sequence[IndexCard]) -> Counter[str]:
    counted: Counter[str] = Counter()
    share = CHARACTERS // max(1, len(cards))
    for card in cards:
        for text in (card.title, card.object, card.text[:share]):
            counted.update(
                word.lower() for word in WORD.findall(text) if len(word) >= LONG_WORD - 1
            )
    return counted


def _nearest(word: str, vocabulary: Counter[str]) -> str | None:
    """The most frequent word one letter away, with its accents."""
    if len(word) < LONG_WORD:
        return None
    near = [known for known in vocabulary if _is_near(word, fold(known))]
    return max(near, key=lambda known: (vocabulary[known], known), default=None)


def _is_near(word: str, known: str) -> bool:
    return DamerauLevenshtein.distance(word, known, score_cutoff=1) <= 1


def _replaced(typed: str, word: str, better: str) -> str:
    """Replace the word where it stands, whatever its capitals and accents."""
    folded = fold(typed)
    for found in re.finditer(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", folded):
        return typed[: found.start()] + better + typed[found.end() :]
    return typed
