"""Making vectors: a few at a time, when the follower has nothing better to do. Cards come first,
then the labels of CPV codes and the words of synonym groups."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q

from casa.search import semantic
from casa.search.cpv import is_code, labels_of, line_of
from casa.search.models import CardVector, CpvCode, IndexCard, SynonymGroup, WordsVector
from casa.search.semantic import model

BATCH = 10
CHARACTERS = 600
LABELS = 2
"""The label of a code and of the one it stands under."""


def follow(limit: int = BATCH) -> int:
    """Make some of the vectors that are missing or old. Gives how many were looked at.

    Off: nothing is done. Killed in between: the rest is made at the next look.
    """
    if not semantic.is_on():
        return 0
    return _follow_cards(limit) or _follow_words(2 * limit)


def _follow_cards(limit: int) -> int:
    CardVector.objects.filter(card__removed=True).delete()
    old = Q(vector=None) | Q(vector__sequence__lt=F("sequence"))
    cards = list(IndexCard.objects.alive().filter(old).select_related("vector")[:limit])
    codes = {code for card in cards for code in card.facets.get("cpv", ())}
    known = labels_of({above for code in codes for above in line_of(code)})
    made = [_vector(card, known) for card in cards]
    CardVector.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["card"],
        update_fields=["sequence", "digest", "numbers", "made_at"],
    )
    return len(cards)


def _follow_words(limit: int) -> int:
    """The whole nomenclature takes two minutes, once."""
    held = WordsVector.objects.values("text")
    labels = CpvCode.objects.exclude(label__in=held).order_by("pk")
    missing = set(labels.values_list("label", flat=True)[:limit]) or _words_without(limit)
    if not missing:
        return 0
    numbers = zip(missing, model.of_texts([*missing]), strict=True)
    WordsVector.objects.bulk_create(
        [WordsVector(text=text, numbers=_bytes(made)) for text, made in numbers],
        ignore_conflicts=True,
    )
    return len(missing)


def _words_without(limit: int) -> set[str]:
    """Words of groups that have no vector yet."""
    groups = SynonymGroup.objects.filter(in_use=True).exclude(cpv_codes=[])
    words = {word for said in groups.values_list("words", flat=True) for word in said}
    held = WordsVector.objects.filter(text__in=words).values_list("text", flat=True)
    return set(sorted(words - set(held))[:limit])


def _bytes(numbers: Any) -> bytes:
    return bytes(numbers.astype("<f4").tobytes())


def _vector(card: IndexCard, known: Mapping[str, str]) -> CardVector:
    own, labels = _texts(card, known)
    digest = hashlib.sha256(f"{own}\x00{labels}".encode()).hexdigest()
    before: CardVector | None = getattr(card, "vector", None)
    if before is not None and before.digest == digest:
        numbers = bytes(before.numbers)
    else:
        numbers = _bytes(_numbers(own, labels))
    return CardVector(card=card, sequence=card.sequence, digest=digest, numbers=numbers)


def _texts(card: IndexCard, known: Mapping[str, str]) -> tuple[str, str]:
    """What a card is about, and what it buys; capitals mean nothing and confuse the model."""
    lines = [line_of(code) for code in card.facets.get("cpv", ()) if is_code(code)]
    named = [[known[code] for code in line if code in known][:LABELS] for line in lines]
    labels = ". ".join(dict.fromkeys(label for line in named for label in line))
    title = card.title.lower() if card.title.isupper() else card.title
    parts = [*(line[0] for line in named if line), title, card.object]
    return ". ".join(part for part in parts if part)[:CHARACTERS], labels[:CHARACTERS]


def _numbers(own: str, labels: str) -> Any:
    (meaning,) = model.of_texts([own])
    return (meaning + model.of_label(labels)) / 2 if labels else meaning
