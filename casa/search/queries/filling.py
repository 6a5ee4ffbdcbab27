"""What fills a page that words alone do not: cards with some of them, or that mean the same."""

from collections.abc import Sequence
from dataclasses import replace

from casa.search import loosening, synonyms
from casa.search.engine.seam import Asked, Found, Sort
from casa.search.passages import Marker
from casa.search.queries import meaning
from casa.search.queries.cards import cards_for, kind_labels
from casa.search.queries.results import Result
from casa.search.queries.rows import hit_of, result_of
from casa.search.queries.searching import PER_PAGE, Search

BEST = 3
"""So many of the best answers say what else may be meant."""


def filled(search: Search, words: str, asked: Asked, result: Result) -> Result:
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
    return replace(result, others=tuple(hit_of(card, marker, kinds) for card in cards))


def loosened(search: Search, words: str, asked: Asked) -> Result:
    """Some of the words, when no card has all of them. With meaning, pages are cut from one list:
    no card comes twice."""
    some = _some_of(search, asked)
    if some is None and not meaning.may_fill(asked):
        return result_of(search, asked, Found((), 0))
    found = search.run(some) if some else Found((), 0)
    if search.sort is Sort.RELEVANCE and meaning.may_fill(asked):
        ordered = _order(search, words, asked, some, first=())[: max(found.total, PER_PAGE)]
        start = (search.page - 1) * PER_PAGE
        keys = tuple(ordered[start : start + PER_PAGE])
        found = replace(found, keys=keys, total=len(ordered))
    return replace(result_of(search, some or asked, found), partial=True)


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
