"""What the page adds to results: CPV codes the words point to, the answer somebody gave them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from casa.registry.actor import Actor
from casa.search.cpv import labels_of
from casa.search.cpv.guessing import named
from casa.search.models import EmptySearch
from casa.search.queries.cards import link_to
from casa.search.queries.finding import understood
from casa.search.queries.results import Link
from casa.search.query import Expanded, Field, Word, parse
from casa.search.question import key_of

MOST_CODES = 6


@dataclass(frozen=True, slots=True)
class Cpv:
    """A code of the procurement vocabulary with its Italian label, empty when not known."""

    code: str
    label: str


def cpv_of(words: str) -> tuple[Cpv, ...]:
    """The codes that the words stand for: as the groups of synonyms say, then those whose labels
    in the nomenclature hold them all. One query, if any."""
    codes = list(dict.fromkeys([*_codes(words), *_named(words)]))[:MOST_CODES]
    known = labels_of(codes) if codes else {}
    return tuple(Cpv(code, known.get(code, "")) for code in codes)


def cpv_labels(codes: Collection[str]) -> dict[str, str]:
    """The Italian labels of codes, of those that are known."""
    return labels_of(codes)


def answer_to(actor: Actor, words: str) -> Link | None:
    """The card that an editor gave as the answer to these words, if the actor may read it."""
    key = key_of(words)
    if not key:
        return None
    rows = EmptySearch.objects.answered().filter(key=key)
    given = rows.values_list("answer_key", flat=True).first()
    return link_to(actor, given) if given else None


def _codes(words: str) -> Iterator[str]:
    for node in understood(words).wanted.nodes:
        if isinstance(node, Expanded):
            for other in node.others:
                if isinstance(other, Field) and other.name == "cpv":
                    yield from other.codes


def _named(words: str) -> list[str]:
    """Only for plain words: who quotes or excludes wants just that."""
    nodes = parse(words).nodes
    plain = [node.text for node in nodes if isinstance(node, Word)]
    return named(plain) if plain and len(plain) == len(nodes) else []
