"""Making the prints of cards, a batch at a time, whenever a card's text has changed."""

import hashlib
from collections.abc import Sequence
from struct import pack, unpack

from django.db import transaction
from django.db.models import F, Q

from casa.drafting import similar
from casa.search.models import CardBand, CardClause, CardPrint, IndexCard

BATCH = 100
MOST = 5_000


def follow(most: int = MOST) -> None:
    """Make the prints that are missing or old.

    Killed in between: the rest is made at the next look.
    """
    CardPrint.objects.filter(card__removed=True).delete()
    done = 0
    while done < most and (looked := _make(BATCH)):
        done += looked


def packed(places: Sequence[int]) -> bytes:
    """The numbers of a print as the table keeps them."""
    return pack(f"<{len(places)}I", *places)


def unpacked(data: bytes) -> tuple[int, ...]:
    """The numbers again."""
    return unpack(f"<{len(data) // 4}I", data)


@transaction.atomic
def _make(limit: int) -> int:
    old = Q(print=None) | Q(print__sequence__lt=F("sequence"))
    cards = list(IndexCard.objects.alive().filter(old).select_related("print")[:limit])
    digests = {card.pk: hashlib.sha256(card.text.encode()).hexdigest() for card in cards}
    same: list[IndexCard] = []
    changed: list[IndexCard] = []
    for card in cards:
        (same if _digest_of(card) == digests[card.pk] else changed).append(card)
    for card in same:
        CardPrint.objects.filter(card=card).update(sequence=card.sequence)
    _write(changed, digests)
    return len(cards)


def _digest_of(card: IndexCard) -> str:
    before: CardPrint | None = getattr(card, "print", None)
    return before.digest if before else ""


def _write(cards: Sequence[IndexCard], digests: dict[int, str]) -> None:
    CardPrint.objects.filter(card__in=cards).delete()
    places = {card.pk: similar.print_of(card.text) for card in cards}
    CardPrint.objects.bulk_create(
        CardPrint(
            card=card,
            sequence=card.sequence,
            digest=digests[card.pk],
            places=packed(places[card.pk]),
        )
        for card in cards
    )
    CardBand.objects.bulk_create(
        CardBand(print_id=pk, number=number)
        for pk, own in places.items()
        for number in similar.bands_of(own)
    )
    CardClause.objects.bulk_create(
        CardClause(print_id=card.pk, number=number) for card in cards for number in _clauses(card)
    )


def _clauses(card: IndexCard) -> set[int]:
    texts = (card.text[clause["start"] : clause["end"]] for clause in card.clauses)
    return {number for text in texts if (number := similar.words_print(text)) is not None}
