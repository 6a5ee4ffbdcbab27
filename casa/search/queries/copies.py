"""Which published documents say nearly the same as a text: near-duplicates and shared clauses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, F, Func, QuerySet

from casa.drafting import similar
from casa.registry.actor import Actor
from casa.search.models import CardPrint, IndexCard
from casa.search.queries.cards import links_for
from casa.search.queries.results import Link

CANDIDATES = 200
COMPARED = 5


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that is nearly the same: `share` (0–1) of the given text stands in it."""

    link: Link
    share: float

    @property
    def percent(self) -> int:
        return int(self.share * 100)


def copies(
    actor: Actor, text: str, *, least: float = 0.5, but: Collection[str] = ()
) -> tuple[Copy, ...]:
    """The documents the actor may read that hold at least that share of the text, most first.

    `but` are keys of cards to leave out (the document itself). At most five.
    """
    keys = [key for key in nearest_keys(actor, text) if key not in but][:COMPARED]
    visible = IndexCard.objects.visible_to(actor).filter(key__in=keys)
    shares = {card.key: similar.share(text, card.text) for card in visible.only("key", "text")}
    links = {link.key: link for link in links_for(actor, list(shares))}
    found = [Copy(link=links[key], share=share) for key, share in shares.items() if share >= least]
    return tuple(sorted(found, key=lambda copy: -copy.share))


def nearest_keys(actor: Actor, text: str) -> list[str]:
    """Keys of the cards whose prints share a band with the text's, the most alike first."""
    own = similar.print_of(text)
    bands = list(similar.bands_of(own))
    if not bands:
        return []
    rows = _seen_by(actor).filter(bands__overlap=bands)
    met = rows.values_list("card__key", "places").order_by("card_id")[:CANDIDATES]
    ranked = sorted(met, key=lambda row: (-similar.likeness(own, tuple(row[1])), row[0]))
    return [key for key, _places in ranked]


def spread_of(actor: Actor, numbers: Mapping[str, int]) -> dict[str, int]:
    """For each clause (its key → its print) in how many documents the actor may read it stands."""
    if not numbers:
        return {}
    wanted = set(numbers.values())
    rows = (
        _seen_by(actor)
        .filter(clauses__overlap=sorted(wanted))
        .values(number=Func(F("clauses"), function="unnest", output_field=BigIntegerField()))
        .annotate(count=Count("card_id"))
        .values_list("number", "count")
    )
    counts = {number: count for number, count in rows if number in wanted}
    return {key: counts[number] for key, number in numbers.items() if number in counts}


def _seen_by(actor: Actor) -> QuerySet[CardPrint]:
    return CardPrint.objects.filter(card__in=IndexCard.objects.visible_to(actor))
