"""Finding: what is typed → the engine's keys → cards looked up again → rows with passages."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import F, Func
from django.utils.translation import gettext as _

from casa.registry.actor import Actor
from casa.search import engine, labels, synonyms
from casa.search.engine.seam import Asked, EngineUnavailable, Found, Sort
from casa.search.facets import FACETS
from casa.search.italian import words_of
from casa.search.models import IndexCard
from casa.search.passages import Marker
from casa.search.queries.cards import cards_for, kind_labels
from casa.search.queries.filling import filled, loosened
from casa.search.queries.results import Result
from casa.search.queries.rows import facets_of, hit_of, result_of
from casa.search.queries.searching import MAX_PAGE, PER_PAGE, Search
from casa.search.queries.spelling import better_words
from casa.search.query import All, Either, Field, Node, Not, nearly, parse

logger = logging.getLogger(__name__)
NEAR_CARDS = 20
MOST_BY_TITLE = 1_000
"""So many results can be put in the order of their titles; longer lists are for narrowing."""


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
        return filled(
            search, words, asked, result_of(search, asked, _by_name(search, asked, found))
        )
    return _respelt(search, words, asked) or loosened(search, words, asked)


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
    return replace(result_of(search, again, found), did_you_mean=better) if found.total else None


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
        hits=tuple(hit_of(card, marker, kinds) for card in shown),
        total=cards.count(),
        page=search.page,
        facets=facets_of(Found((), 0), search.filters),
        problem=_(
            "L'indice della ricerca si sta ricostruendo: per ora cerchiamo solo nei titoli. "
            "Riprova fra qualche minuto per cercare anche nei testi."
        ),
    )
