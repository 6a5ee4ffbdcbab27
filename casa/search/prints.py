"""Making the prints of cards, a batch at a time, whenever a card's text has changed."""

import hashlib

from django.db.models import F, Q

from casa.drafting import similar
from casa.search.models import CardPrint, IndexCard

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


def _make(limit: int) -> int:
    old = Q(print=None) | Q(print__sequence__lt=F("sequence"))
    cards = list(IndexCard.objects.alive().filter(old).select_related("print")[:limit])
    CardPrint.objects.bulk_create(
        [_print(card) for card in cards],
        update_conflicts=True,
        unique_fields=["card"],
        update_fields=["sequence", "digest", "places", "bands", "clauses"],
    )
    return len(cards)


def _print(card: IndexCard) -> CardPrint:
    digest = hashlib.sha256(card.text.encode()).hexdigest()
    before: CardPrint | None = getattr(card, "print", None)
    if before is not None and before.digest == digest:
        before.sequence = card.sequence
        return before
    places = similar.print_of(card.text)
    return CardPrint(
        card=card,
        sequence=card.sequence,
        digest=digest,
        places=list(places),
        bands=list(similar.bands_of(places)),
        clauses=sorted(_clauses(card)),
    )


def _clauses(card: IndexCard) -> set[int]:
    texts = (card.text[clause["start"] : clause["end"]] for clause in card.clauses)
    return {number for text in texts if (number := similar.words_print(text)) is not None}
