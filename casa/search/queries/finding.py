"""Finding: what is typed → the engine's keys → cards looked up again → rows with passages."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import F, Func
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casa.registry.actor import Actor
from casa.search import engine, labels, loosening, synonyms
from casa.search.engine.seam import DEEPEST, Asked, EngineUnavailable, Filters, Found, Sort
from casa.search.facets import FACETS
from casa.search.italian import words_of
from casa.search.models import IndexCard
from casa.search.passages import Marker, beginning_of, clause_at
from casa.search.queries import meaning
from casa.search.queries.cards import cards_for, kind_labels, readers_of
from casa.search.queries.results import Clause, FacetCounts, Hit, Result
from casa.search.queries.spelling import better_words
from casa.search.query import All, Either, Field, Node, Not, nearly, parse

logger = logging.getLogger(__name__)
PER_PAGE = 10
MAX_PAGE = DEEPEST // PER_PAGE
NEAR_CARDS = 20
BEST = 3
"""So many of the best answers say what else may be meant."""
MOST_BY_TITLE = 1_000
"""So many results can be put in the order of their titles; longer lists are for narrowing."""


@dataclass(frozen=True, slots=True)
class Search:
    """Who searches, how the list is narrowed and sorted, which page of it."""

    actor: Actor
    filters: Filters
    sort: Sort
    page: int

    def run(self, asked: Asked) -> Found:
        """The page asked for, with the counts of the facets."""
        return self._ask(asked, page=self.page, limit=PER_PAGE, facets=tuple(labels.shown()))

    def keys(self, asked: Asked, *, limit: int) -> tuple[str, ...]:
        """The first keys and nothing else."""
        return self._ask(asked, page=1, limit=limit, facets=()).keys

    def _ask(self, asked: Asked, *, page: int, limit: int, facets: tuple[str, ...]) -> Found:
        return engine.current().search(
            asked,
            access=self.actor.tokens,
            filters=self.filters,
            facets=facets,
            sort=Sort.RELEVANCE if self.sort is Sort.TITLE else self.sort,
            offset=(page - 1) * limit,
            limit=limit,
        )


def find(
    actor: Actor,
    *,
    words: str,
    filters: Mapping[str, Sequence[str]] | None = None,
    page: int = 1,
    sort: Sort = Sort.RELEVANCE,
) -> Result:
    """Find what the actor may read. Never raises on what is typed, nor for a missing index."""
    tree = _resolved(parse(words))
    chosen = {name: list(values) for name, values in (filters or {}).items() if name in FACETS}
    by = sort if tree.nodes or sort is Sort.TITLE else Sort.NEWEST
    search = Search(actor, chosen, by, min(max(page, 1), MAX_PAGE))
    try:
        return _found(search, words, tree)
    except EngineUnavailable as reason:
        logger.warning("The index cannot answer: %s", reason)
        if engine.current().health().problem:
            engine.current().report_damage()
        return _by_title(search, words)


def understood(words: str) -> Asked:
    """What is typed as engines are asked it: fields with their codes, acronyms, synonyms."""
    return synonyms.expand(_resolved(parse(words)), synonyms.table())


def _found(search: Search, words: str, tree: All) -> Result:
    asked = synonyms.expand(tree, synonyms.table())
    found = search.run(asked)
    if found.total or not tree.nodes:
        return _filled(search, words, asked, _result(search, asked, _by_name(search, asked, found)))
    return _respelt(search, words, asked) or _loosened(search, words, asked)


def _by_name(search: Search, asked: Asked, found: Found) -> Found:
    """The page asked for, of the list in the order of titles; a list too long stays as it is."""
    if search.sort is not Sort.TITLE or found.total > MOST_BY_TITLE:
        return found
    keys = search.keys(asked, limit=MOST_BY_TITLE)
    cards = IndexCard.objects.visible_to(search.actor).filter(key__in=keys)
    named = cards.order_by(Func(F("title"), function="casa_sortable"), "pk")
    start = (search.page - 1) * PER_PAGE
    shown = named.values_list("key", flat=True)[start : start + PER_PAGE]
    return replace(found, keys=tuple(shown))


def _respelt(search: Search, words: str, asked: Asked) -> Result | None:
    """The same search with words that exist, when one letter was wrong."""
    near = nearly(asked.typed)
    if near == asked.typed:
        return None
    keys = search.keys(Asked(near, near), limit=NEAR_CARDS)
    better = better_words(words, asked.typed, cards_for(search.actor, keys))
    if not better:
        return None
    again = understood(better)
    found = search.run(again)
    return replace(_result(search, again, found), did_you_mean=better) if found.total else None


def _filled(search: Search, words: str, asked: Asked, result: Result) -> Result:
    """A first page that is not full ends with cards that have some of the words."""
    free = PER_PAGE - result.total
    if free <= 0 or search.page > 1 or search.sort is not Sort.RELEVANCE:
        return result
    some = _some_of(search, asked)
    if some is None and not meaning.may_fill(asked):
        return result
    keys = _order(search, words, asked, some, first=[hit.key for hit in result.hits])
    cards = cards_for(search.actor, keys[:free])
    marker = Marker(asked.typed, (some or asked).wanted)
    kinds = kind_labels(cards)
    return replace(result, others=tuple(_hit(card, marker, kinds) for card in cards))


def _loosened(search: Search, words: str, asked: Asked) -> Result:
    """Some of the words, when no card has all of them. With meaning, pages are cut from one list:
    no card comes twice."""
    some = _some_of(search, asked)
    if some is None and not meaning.may_fill(asked):
        return _result(search, asked, Found((), 0))
    found = search.run(some) if some else Found((), 0)
    if search.sort is Sort.RELEVANCE and meaning.may_fill(asked):
        ordered = _order(search, words, asked, some, first=())[: max(found.total, PER_PAGE)]
        start = (search.page - 1) * PER_PAGE
        keys = tuple(ordered[start : start + PER_PAGE])
        found = replace(found, keys=keys, total=len(ordered))
    return replace(_result(search, some or asked, found), partial=True)


def _order(
    search: Search, words: str, asked: Asked, some: Asked | None, *, first: Sequence[str]
) -> list[str]:
    """Keys that may fill the first page: by words, and by meaning where that is on."""
    by_meaning = meaning.may_fill(asked)
    limit = meaning.DEEP if by_meaning else PER_PAGE
    lexical = search.keys(some, limit=limit) if some else ()
    if by_meaning:
        return meaning.by_meaning(
            search.actor, words, filters=search.filters, lexical=lexical, first=first
        )
    return [key for key in lexical if key not in first]


def _some_of(search: Search, asked: Asked) -> Asked | None:
    """The loose query, with the CPV codes of its own best answers."""
    tree = loosening.loosely(asked, synonyms.table())
    if tree == asked.typed:
        return None
    best = cards_for(search.actor, search.keys(Asked(tree, tree), limit=BEST))
    wider = loosening.with_kin(tree, [code for card in best for code in card.facets.get("cpv", ())])
    return Asked(wider, wider)


def _result(search: Search, asked: Asked, found: Found) -> Result:
    cards = cards_for(search.actor, found.keys)
    marker = Marker(asked.typed, asked.wanted)
    kinds = kind_labels(cards)
    return Result(
        hits=tuple(_hit(card, marker, kinds) for card in cards),
        total=found.total - (len(found.keys) - len(cards)),
        page=search.page,
        facets=_facets(found, search.filters),
    )


def _hit(card: IndexCard, marker: Marker, kinds: Mapping[str, str]) -> Hit:
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


def _facets(found: Found, filters: Filters) -> tuple[FacetCounts, ...]:
    made = []
    for name, label in labels.shown().items():
        counts = found.counts.get(name, {})
        codes = [*counts, *(code for code in filters.get(name, ()) if code not in counts)]
        words = labels.words_for(name, codes)
        made.append(FacetCounts(name, FACETS[name], label, counts, words))
    return tuple(made)


def _resolved(node: All) -> All:
    """With the codes that `tipo:modello` stands for."""
    return All(tuple(_with_codes(inner) for inner in node.nodes))


def _with_codes(node: Node) -> Node:
    match node:
        case Field(name, value):
            return Field(name, value, labels.codes_for(name, value))
        case Not(inner):
            return Not(_with_codes(inner))
        case Either(nodes):
            return Either(tuple(_with_codes(inner) for inner in nodes))
    return node


def _by_title(search: Search, words: str) -> Result:
    """What the database finds alone while the index is away: titles, rights applied."""
    visible = IndexCard.objects.visible_to(search.actor).select_related("body")
    cards = visible.titled_like(words_of(words)[:10]).having(search.filters)
    start = (search.page - 1) * PER_PAGE
    tree = parse(words)
    marker = Marker(tree, tree)
    shown = list(
        cards.order_by(F("dated_on").desc(nulls_last=True), "pk")[start : start + PER_PAGE]
    )
    kinds = kind_labels(shown)
    return Result(
        hits=tuple(_hit(card, marker, kinds) for card in shown),
        total=cards.count(),
        page=search.page,
        facets=_facets(Found((), 0), search.filters),
        problem=_(
            "L'indice della ricerca si sta ricostruendo: per ora cerchiamo solo nei titoli. "
            "Riprova fra qualche minuto per cercare anche nei testi."
        ),
    )
