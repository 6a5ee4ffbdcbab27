"""Texts that are nearly the same, told by the smallest hashes of their five-word shingles."""

import re
from collections import Counter, defaultdict
from hashlib import blake2b
from typing import Final

from casa.library.models import Entry
from casa.registry.actor import Actor
from casa.search import engine
from casa.search.documents import document_of
from casa.search.engine.seam import EngineUnavailable
from casa.search.models import IndexCard

SHINGLE: Final = 5
KEPT: Final = 128
ALIKE: Final = 70
"""Per cent of shingles in common from which two texts are called nearly the same."""
NEARLY: Final = 99
"""A hundred is said of equal bytes only: what is estimated may hide a word."""
CANDIDATES: Final = 5
WORD = re.compile(r"\w+")

Sketch = tuple[int, ...]


def sketch_of(text: str) -> Sketch:
    """The smallest hashes of the text's shingles: of two texts, as alike as the texts are."""
    words = WORD.findall(text.casefold())
    starts = range(max(len(words) - SHINGLE + 1, min(len(words), 1)))
    hashes = {_hash(" ".join(words[at : at + SHINGLE])) for at in starts}
    return tuple(sorted(hashes)[:KEPT])


def likeness(one: Sketch, other: Sketch) -> int:
    """How many shingles two texts have in common, in per cent of both together (estimated)."""
    union = sorted(set(one) | set(other))[:KEPT]
    if not union:
        return 0
    common = set(one) & set(other)
    return round(100 * sum(value in common for value in union) / len(union))


class Seen:
    """The texts of this import so far, and those that search knows and the actor may read."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._sketches: dict[int, Sketch] = {}
        self._holders: dict[int, list[int]] = defaultdict(list)

    def add(self, entry: Entry, sketch: Sketch) -> None:
        """Remember a text."""
        self._sketches[entry.pk] = sketch
        for value in sketch:
            self._holders[value].append(entry.pk)

    def nearest(self, entry: Entry, text: str, sketch: Sketch) -> tuple[int | None, int]:
        """The entry whose text is most like this one, and how much, when it is enough."""
        found = [*self._here(sketch), *self._published(entry, text, sketch)]
        near = [(much, pk) for pk, much in found if much >= ALIKE and pk != entry.pk]
        much, pk = max(near, default=(0, None), key=lambda pair: pair[0])
        return pk, min(much, NEARLY)

    def _here(self, sketch: Sketch) -> list[tuple[int, int]]:
        shared = Counter(pk for value in sketch for pk in self._holders.get(value, ()))
        best = shared.most_common(CANDIDATES)
        return [(pk, likeness(sketch, self._sketches[pk])) for pk, _count in best]

    def _published(self, entry: Entry, text: str, sketch: Sketch) -> list[tuple[int, int]]:
        card = IndexCard(key="", sequence=0, title=entry.title, object=entry.object, text=text)
        try:
            keys = engine.current().similar(
                document_of(card), access=self._actor.tokens, limit=CANDIDATES
            )
        except EngineUnavailable:
            return []
        cards = IndexCard.objects.visible_to(self._actor).filter(key__in=keys)
        mine = cards.filter(key__startswith="library:entry:").values_list("key", "text")
        return [(int(key.split(":")[2]), likeness(sketch, sketch_of(words))) for key, words in mine]


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())
