"""Ordering what fills a page by meaning too, where the extra is on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from casa.registry.actor import Actor
from casa.search import semantic
from casa.search.engine.seam import Asked
from casa.search.models import IndexCard
from casa.search.query import Word

DEEP = 60
"""So many candidates of each kind are weighed."""
RANK, MEANING, KIN = 5, 1.5, 1.0
BEST = 3
CLASS_DIGITS = 4


def may_fill(asked: Asked) -> bool:
    """Only plain words have a meaning to go by: who quotes or excludes wants just that."""
    nodes = asked.typed.nodes
    return semantic.is_on() and bool(nodes) and all(isinstance(node, Word) for node in nodes)


def by_meaning(
    actor: Actor,
    words: str,
    *,
    filters: Mapping[str, Sequence[str]],
    lexical: Sequence[str],
    first: Sequence[str] = (),
) -> list[str]:
    """Keys in one order of both kinds: by words, and by meaning; then what the best ones buy.

    `first` are the cards with every word: they say what is meant, and are not in the answer.
    """
    from casa.search.semantic.nearest import nearest  # needs the extra

    near = nearest(words, access=actor.tokens, limit=DEEP)
    scores: Counter[str] = Counter()
    _add(scores, lexical, 1.0)
    _add(scores, near, MEANING)
    codes = _codes(actor, [*first, *scores], filters)
    for key in [key for key in scores if key not in codes]:
        del scores[key]
    ranked = [key for key, _score in scores.most_common() if key not in first]
    _add_kin(scores, [*first, *ranked][:BEST], codes)
    return [key for key, _score in scores.most_common() if key not in first]


def _add(scores: Counter[str], keys: Iterable[str], weight: float) -> None:
    for place, key in enumerate(keys):
        scores[key] += weight / (RANK + place)  # type: ignore[assignment]  # typeshed: int only


def _codes(
    actor: Actor, keys: Sequence[str], filters: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The CPV codes of the cards that the reader may see and has not filtered out."""
    cards = IndexCard.objects.visible_to(actor).having(filters).filter(key__in=keys)
    return {key: facets.get("cpv", []) for key, facets in cards.values_list("key", "facets")}


def _add_kin(scores: Counter[str], best: Sequence[str], codes: Mapping[str, list[str]]) -> None:
    for place, key in enumerate(best):
        bought = set(codes.get(key, ()))
        classes = {code[:CLASS_DIGITS] for code in bought}
        for other in scores:
            if bought & set(codes[other]):
                share = 1.0
            elif classes & {code[:CLASS_DIGITS] for code in codes[other]}:
                share = 0.5
            else:
                continue
            scores[other] += KIN * share / (2 * RANK + 3 * place)  # type: ignore[assignment]
