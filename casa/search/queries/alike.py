"""Which published documents say nearly the same as a text: near-duplicates and shared clauses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count

from casa.drafting import similar
from casa.registry.actor import Actor
from casa.search.models import CardBand, CardClause, IndexCard
from casa.search.prints import unpacked
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
    met = CardBand.objects.filter(number__in=similar.bands_of(own))
    shared = met.values("print").annotate(count=Count("pk")).order_by("-count", "print")
    ids = list(shared.values_list("print", flat=True)[:CANDIDATES])
    visible = IndexCard.objects.visible_to(actor).filter(pk__in=ids)
    rows = visible.values_list("key", "print__places") if ids else ()
    ranked = sorted(rows, key=lambda row: (-similar.likeness(own, unpacked(row[1])), row[0]))
    return [key for key, _places in ranked]


def spread_of(actor: Actor, numbers: Mapping[str, int]) -> dict[str, int]:
    """For each clause (its key → its print) in how many documents the actor may read it stands."""
    rows = (
        CardClause.objects.filter(number__in=set(numbers.values()))
        .filter(print__card__in=IndexCard.objects.visible_to(actor))
        .values_list("number")
        .annotate(count=Count("print", distinct=True))
    )
    counts = dict(rows)
    return {key: counts[number] for key, number in numbers.items() if number in counts}
