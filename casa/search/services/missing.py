"""Searches without results: counted as they happen, taken up, answered, put aside, forgotten."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Person
from casa.search import access, queries
from casa.search.engine.seam import EngineUnavailable
from casa.search.models import EmptySearch
from casa.search.question import is_private, key_of, plain

KEPT = timedelta(days=180)
MOST = 20_000
State = EmptySearch.State


def count_empty(*, actor: Actor, words: str, partial: bool, now: datetime) -> EmptySearch | None:
    """Count a search that no card answers with every word; nothing says who asked.

    Left out: what looks like personal data, what only members may read (the network has it), and
    questions with filters or excluded words.
    """
    key = key_of(words)
    if not key or is_private(words) or _is_kept_from(actor, words):
        return None
    today = timezone.localdate(now)
    first = {"words": plain(words), "first_seen_on": today, "last_seen_on": today}
    with transaction.atomic():
        if EmptySearch.objects.filter(key=key).exists():
            return _count_again(key, partial=partial, now=now)
        if EmptySearch.objects.count() >= MOST:  # somebody is playing with the box
            return None
        EmptySearch.objects.get_or_create(key=key, defaults=first)
        return _count_again(key, partial=partial, now=now)


@transaction.atomic
def assign(*, search: EmptySearch, person: Person | None, actor: Actor) -> EmptySearch:
    """Say who takes care of it, or that nobody does."""
    access.demand_tender(actor)
    row = _locked(search)
    if row.assigned_to_id == (person.pk if person else None):
        return row
    row.assigned_to = person
    row.save(update_fields=["assigned_to"])
    trail.record("search.missing.assigned", row, actor=actor, to=person.full_name if person else "")
    return row


@transaction.atomic
def answer(*, search: EmptySearch, card_key: str, actor: Actor) -> EmptySearch:
    """Name the card that answers: whoever looks for these words is shown it from now on."""
    access.demand_tender(actor)
    found = queries.link_to(actor, card_key)
    if found is None:
        raise Refused(_("Quella scheda non c'è più o non puoi leggerla: scegline un'altra."))
    row = _locked(search)
    if row.answer_key != found.key:
        row.state, row.answer_key = State.ANSWERED, found.key
        row.save(update_fields=["state", "answer_key"])
        trail.record("search.missing.answered", row, actor=actor, answer=found.title)
    return row


@transaction.atomic
def put_aside(*, search: EmptySearch, actor: Actor) -> EmptySearch:
    """Say that it needs no answer."""
    return _move(search, State.IGNORED, "search.missing.ignored", actor=actor)


@transaction.atomic
def reopen(*, search: EmptySearch, actor: Actor) -> EmptySearch:
    """Take answer or refusal back: it is to be looked at again."""
    return _move(search, State.OPEN, "search.missing.reopened", actor=actor)


@transaction.atomic
def forget(*, now: datetime) -> int:
    """Delete what nobody took up and nobody has looked for in a long time; how many."""
    limit = timezone.localdate(now) - KEPT
    rows = EmptySearch.objects.filter(last_seen_on__lt=limit, assigned_to=None)
    gone, _per_model = rows.exclude(state=State.ANSWERED).delete()
    return gone


def _count_again(key: str, *, partial: bool, now: datetime) -> EmptySearch:
    rows = EmptySearch.objects.filter(key=key)
    rows.update(count=F("count") + 1, last_seen_on=timezone.localdate(now), partial=partial)
    return rows.get()


def _is_kept_from(actor: Actor, words: str) -> bool:
    """Whether others may read what this reader may not. Without an index nothing is counted."""
    try:
        return not actor.is_member and queries.is_found_by_members(words)
    except EngineUnavailable:
        return True


def _move(search: EmptySearch, state: State, act: str, *, actor: Actor) -> EmptySearch:
    access.demand_tender(actor)
    row = _locked(search)
    if row.state != state:
        row.state, row.answer_key = state, ""
        row.save(update_fields=["state", "answer_key"])
        trail.record(act, row, actor=actor)
    return row


def _locked(search: EmptySearch) -> EmptySearch:
    return EmptySearch.objects.select_for_update().get(pk=search.pk)
