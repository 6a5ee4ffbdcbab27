"""How search is, for the status page and for `casa doctor`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from casa.search import engine
from casa.search.engine.seam import Health
from casa.search.models import IndexCard, IndexState

SILENCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """`applied` and `wanted` are numbers of changes; `lag` is how long the oldest one waits."""

    documents: int
    applied: int
    wanted: int
    lag: timedelta
    beat_at: datetime | None
    bytes: int
    problem: str


def health(*, now: datetime) -> IndexHealth:
    """Read the index itself, the cards and the last word of the follower."""
    found = engine.current().health()
    applied = found.applied.sequence if found.applied else 0
    wanted = IndexCard.objects.aggregate(last=Max("sequence"))["last"] or 0
    waiting = IndexCard.objects.changed_after(applied).aggregate(first=Min("changed_at"))["first"]
    state = IndexState.objects.filter(pk=IndexState.ONLY).first()
    return IndexHealth(
        documents=found.documents,
        applied=applied,
        wanted=wanted,
        lag=now - waiting if waiting else timedelta(0),
        beat_at=state.beat_at if state else None,
        bytes=found.bytes,
        problem=_problem(state, found, now=now),
    )


def _problem(state: IndexState | None, found: Health, *, now: datetime) -> str:
    if found.silent:
        return _("Il motore di ricerca non risponde: per ora si cerca solo nei titoli.")
    if state and state.is_rebuilding:
        numbers = {"done": state.done, "total": state.total}
        return _("L'indice si sta ricostruendo: %(done)d schede su %(total)d.") % numbers
    if found.problem:
        return _("L'indice manca o è danneggiato: il follower lo ricostruisce dalle schede.")
    if state is None or state.beat_at is None or now - state.beat_at > SILENCE:
        return _("Il follower non dà notizie: le novità non entrano nella ricerca.")
    return state.problem
