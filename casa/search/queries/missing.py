"""Searches without results as the editors' list: filtered, counted, each with its answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from casa.registry.actor import NETWORK_TOKEN, PUBLIC_TOKEN, Actor
from casa.registry.models import Person
from casa.search import engine
from casa.search.engine.seam import Sort
from casa.search.models import EmptySearch
from casa.search.models.missing import EmptySearchQuerySet
from casa.search.queries.cards import links_for
from casa.search.queries.finding import understood
from casa.search.queries.results import Link

EVERYBODY = frozenset({PUBLIC_TOKEN, NETWORK_TOKEN})


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the list is narrowed; an empty field narrows nothing."""

    words: str = ""
    states: Sequence[str] = ()
    partial: Sequence[str] = ()
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One search without results, and its answer as far as the reader may read it."""

    search: EmptySearch
    answer: Link | None


def board(actor: Actor, wanted: Wanted) -> EmptySearchQuerySet:
    """The list as asked, what most people looked for first."""
    rows = _within(actor, wanted).select_related("assigned_to")
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.partial:
        rows = rows.filter(partial__in=[value == "alcune" for value in wanted.partial])
    return rows.by_weight()


def counts(actor: Actor, wanted: Wanted) -> Mapping[str, Mapping[str, int]]:
    """How many there are per state and per kind, words and assignment applied. One query."""
    asked = {state: Count("pk", filter=Q(state=state)) for state in EmptySearch.State.values}
    partial = Count("pk", filter=Q(partial=True))
    found = _within(actor, wanted).aggregate(everything=Count("pk"), partial=partial, **asked)
    states = {state: found[state] for state in EmptySearch.State.values if found[state]}
    kinds = {"nessuna": found["everything"] - found["partial"], "alcune": found["partial"]}
    return {"stato": states, "trovato": {name: count for name, count in kinds.items() if count}}


def count_assigned_to(actor: Actor) -> int:
    """How many searches wait for the actor's care."""
    return EmptySearch.objects.filter(assigned_to_id=actor.id).count()


def with_answers(actor: Actor, searches: Sequence[EmptySearch]) -> list[Row]:
    """The rows of a page with the cards that answer them: one query for all."""
    keys = [search.answer_key for search in searches if search.answer_key]
    found = {link.key: link for link in links_for(actor, keys)}
    return [Row(search, found.get(search.answer_key)) for search in searches]


def lines(rows: EmptySearchQuerySet) -> Iterator[tuple[object, ...]]:
    """The list as a table to take away; no person stands in it but who takes care."""
    for row in rows.iterator():
        yield (
            row.words,
            row.count,
            row.first_seen_on.isoformat(),
            row.last_seen_on.isoformat(),
            row.get_state_display(),
            row.assigned_to.full_name if row.assigned_to else "",
            row.answer_key,
        )


def tenders(*, on: date) -> QuerySet[Person]:
    """Who may be asked to take care: network managers and reviewers in office."""
    in_office = Q(network_roles__ends_on=None) | Q(network_roles__ends_on__gte=on)
    rows = Person.objects.filter(in_office, network_roles__starts_on__lte=on, is_active=True)
    return rows.distinct().order_by("family_name", "given_name", "pk")


def is_found_by_members(words: str) -> bool:
    """Whether the network has it, though whoever looked may not read it.

    Raises `EngineUnavailable` when the index cannot be asked.
    """
    found = engine.current().search(
        understood(words),
        access=EVERYBODY,
        filters={},
        facets=(),
        sort=Sort.RELEVANCE,
        offset=0,
        limit=1,
    )
    return found.total > 0


def _within(actor: Actor, wanted: Wanted) -> EmptySearchQuerySet:
    rows = EmptySearch.objects.holding(wanted.words)
    return rows.filter(assigned_to_id=actor.id) if wanted.mine else rows
