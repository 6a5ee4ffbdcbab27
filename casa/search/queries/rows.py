"""From what the engine found to what a page shows: rows with passages, facets with counts."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.safestring import SafeString

from casa.search import labels
from casa.search.engine.seam import Asked, Filters, Found
from casa.search.facets import FACETS
from casa.search.models import IndexCard
from casa.search.passages import Marker, beginning_of, clause_at
from casa.search.queries.cards import cards_for, kind_labels, readers_of
from casa.search.queries.results import Clause, FacetCounts, Hit, Result
from casa.search.queries.searching import Search


def result_of(search: Search, asked: Asked, found: Found) -> Result:
    cards = cards_for(search.actor, found.keys)
    marker = Marker(asked.typed, asked.wanted)
    kinds = kind_labels(cards)
    return Result(
        hits=tuple(hit_of(card, marker, kinds) for card in cards),
        total=found.total - (len(found.keys) - len(cards)),
        page=search.page,
        facets=facets_of(found, search.filters),
    )


def hit_of(card: IndexCard, marker: Marker, kinds: Mapping[str, str]) -> Hit:
    passage, clause = _passage(card, marker)
    return Hit(
        key=card.key,
        title=card.title,
        title_html=marker.highlight(card.title),
        url=card.url,
        kind=kinds[card.kind],
        body=card.body.name if card.body else "",
        dated_on=card.dated_on,
        passage=passage,
        clause=clause,
        reviewed=card.reviewed,
        readers=readers_of(card),
        is_overdue=card.confirm_by is not None and card.confirm_by < timezone.localdate(),
    )


def _passage(card: IndexCard, marker: Marker) -> tuple[SafeString | str, Clause | None]:
    """Where the words stand in the text, else in the object, else how the card begins."""
    passage = marker.passage(card.text, title=card.title)
    if passage is None:
        return marker.highlight(beginning_of(card.object or card.text)), None
    place = clause_at(card.clauses, passage.start)
    place = None if place and place.name == card.title else place
    clause = Clause(place.name, f"{card.url}{place.address}") if place else None
    return passage.html, clause


def facets_of(found: Found, filters: Filters) -> tuple[FacetCounts, ...]:
    made = []
    for name, label in labels.shown().items():
        counts = found.counts.get(name, {})
        codes = [*counts, *(code for code in filters.get(name, ()) if code not in counts)]
        words = labels.words_for(name, codes)
        made.append(FacetCounts(name, FACETS[name], label, counts, words))
    return tuple(made)
