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
MOST_LOOSE = 1_000
"""So many cards with some of the words are put in one order with what means the same."""


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
    """Some of the words, when no card has all of them."""
    some = _some_of(search, asked)
    if some is None and not meaning.may_fill(asked):
        return result_of(search, asked, Found((), 0))
    found = search.run(some) if some else Found((), 0)
    if search.sort is Sort.RELEVANCE and meaning.may_fill(asked):
        keys = _one_list(search, words, some)
        start = (search.page - 1) * PER_PAGE
        found = replace(found, keys=tuple(keys[start : start + PER_PAGE]), total=len(keys))
    return replace(result_of(search, some or asked, found), partial=True)


def _one_list(search: Search, words: str, some: Asked | None) -> list[str]:
    """The list that all pages are cut from, so that no card comes twice and none is lost.

    Meaning brings cards of its own to the first page only: there is always something near.
    """
    lexical = search.keys(some, limit=MOST_LOOSE) if some else ()
    ordered = meaning.by_meaning(search, words, lexical=lexical[: meaning.DEEP])
    known = set(lexical)
    kept = [key for place, key in enumerate(ordered) if place < PER_PAGE or key in known]
    return list(dict.fromkeys([*kept, *lexical]))


def _order(
    search: Search, words: str, asked: Asked, some: Asked | None, *, first: Sequence[str]
) -> list[str]:
    """Keys that may fill the first page: by words, and by meaning where that is on."""
    if meaning.may_fill(asked):
        lexical = search.keys(some, limit=meaning.DEEP) if some else ()
        return meaning.by_meaning(search, words, lexical=lexical, first=first)
    return [key for key in search.keys(some, limit=PER_PAGE) if key not in first] if some else []


def _some_of(search: Search, asked: Asked) -> Asked | None:
    """The loose query, with the CPV codes of its own best answers."""
    tree = loosening.loosely(asked, synonyms.table())
    if tree == asked.typed:
        return None
    best = cards_for(search.actor, search.keys(Asked(tree, tree), limit=BEST))
    wider = loosening.with_kin(tree, [code for card in best for code in card.facets.get("cpv", ())])
    return Asked(wider, wider)
