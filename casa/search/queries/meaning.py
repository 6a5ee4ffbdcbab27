"""Ordering what fills a page by meaning too, where the extra is on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from casa.search import loosening, semantic
from casa.search.engine.seam import Asked
from casa.search.models import IndexCard
from casa.search.queries.searching import Search
from casa.search.query import Word

DEEP = 60
"""So many candidates of each kind are weighed."""
RANK, MEANING, BRANCH = 5, 2.0, 0.3
"""How steeply places count; what the nearest in meaning count beside those by words; what the
codes do that the words mean."""


def may_fill(asked: Asked) -> bool:
    """Only plain words have a meaning to go by: who quotes or excludes wants just that."""
    nodes = asked.typed.nodes
    return semantic.is_on() and bool(nodes) and all(isinstance(node, Word) for node in nodes)


def by_meaning(
    search: Search, words: str, *, lexical: Sequence[str], first: Sequence[str] = ()
) -> list[str]:
    """Keys in one order of three kinds: by words, by meaning, by what the words would buy.

    `first` are the cards with every word: they stand before, and are not in the answer.
    """
    from casa.search.semantic.branches import meant, shares  # they need the extra
    from casa.search.semantic.nearest import nearest

    branch = meant(words)
    scores: Counter[str] = Counter()
    _add(scores, lexical, 1.0)
    _add(scores, nearest(words, access=search.actor.tokens, limit=DEEP), MEANING)
    _add(scores, _under(search, branch), 0.0)
    codes = _codes(search, [key for key in scores if key not in first])
    for key, share in zip(codes, shares(codes.values(), branch), strict=True):
        scores[key] += BRANCH * share  # type: ignore[assignment]  # typeshed: int only
    return [key for key, _score in scores.most_common() if key in codes]


def _add(scores: Counter[str], keys: Iterable[str], weight: float) -> None:
    for place, key in enumerate(keys):
        scores[key] += weight / (RANK + place)  # type: ignore[assignment]  # idem


def _under(search: Search, branch: Mapping[str, float]) -> tuple[str, ...]:
    """What is bought under the codes that are meant."""
    tree = loosening.under(branch)
    return search.keys(Asked(tree, tree), limit=DEEP) if branch else ()


def _codes(search: Search, keys: Sequence[str]) -> dict[str, list[str]]:
    """The CPV codes of the cards that the reader may see and has not filtered out."""
    cards = IndexCard.objects.visible_to(search.actor).having(search.filters).filter(key__in=keys)
    found = {key: facets.get("cpv", []) for key, facets in cards.values_list("key", "facets")}
    return {key: found[key] for key in keys if key in found}
