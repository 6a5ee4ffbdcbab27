"""Who is to be confirmed once a year, body by body."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate
from casa.registry.queries.mandates import Holding, mandates_of, with_states

OPENS_BEFORE = timedelta(days=30)
GRACE = timedelta(days=30)
SILENT_AFTER = timedelta(days=365)
NOTICE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """A mandate on the page «Chi può fare cosa, ancora?»."""

    holding: Holding
    waits: bool
    is_silent: bool
    is_suspendable: bool


def is_open(body: Body, *, on: date) -> bool:
    """Whether the yearly confirmation may be given: from thirty days before its day."""
    return body.attest_by is not None and body.attest_by - OPENS_BEFORE <= on


def waits(mandate: Mandate, body: Body) -> bool:
    """Whether nobody has confirmed it for this year; what began meanwhile needs no word."""
    if body.attest_by is None:
        return False
    return (mandate.confirmed_on or mandate.starts_on) < body.attest_by - OPENS_BEFORE


def asked_of(body: Body, *, on: date) -> list[Asked]:
    """All that is not over, by name. One query."""
    rows = with_states(list(mandates_of(body, on=on)), on=on)
    opened = is_open(body, on=on)
    alone = sum(_administers(row.mandate, on=on) for row in rows) == 1
    return [
        Asked(
            row,
            waits=opened and waits(row.mandate, body),
            is_silent=is_silent(row.mandate, on=on),
            is_suspendable=is_suspendable(row.mandate, on=on)
            and not (alone and _administers(row.mandate, on=on)),
        )
        for row in rows
    ]


def suspendable(*, on: date) -> list[Mandate]:
    """Of the whole house: mandates that an administrator may suspend for silence. One query.

    Not the only administrator of a body: without them nobody could run it.
    """
    rows = Mandate.objects.in_force(on=on).filter(warned_on__lte=on - NOTICE)
    administering = {"role": Mandate.Role.ADMINISTRATOR, "suspended_on": None}
    others = Mandate.objects.in_force(on=on).filter(**administering, person__is_active=True)
    others = others.filter(body=OuterRef("body")).exclude(pk=OuterRef("pk"))
    rows = rows.exclude(Q(role=Mandate.Role.ADMINISTRATOR) & ~Exists(others))
    rows = rows.filter(body__closed_on=None).select_related("person", "body").order_by("pk")
    return [mandate for mandate in rows if is_suspendable(mandate, on=on)]


def _administers(mandate: Mandate, *, on: date) -> bool:
    """Whether the body is run by it on that day."""
    role = mandate.role == Mandate.Role.ADMINISTRATOR and mandate.suspended_on is None
    runs = mandate.starts_on <= on and (mandate.ends_on is None or on <= mandate.ends_on)
    return role and runs and mandate.person.is_active


def asked_back(*, on: date) -> QuerySet[Mandate]:
    """Of the whole house: suspended mandates that their persons ask for, the oldest first."""
    gone = Q(ends_on__lt=on) | Q(ends_on=F("starts_on"))
    rows = Mandate.objects.filter(asked_back_on__isnull=False, suspended_on__isnull=False)
    rows = rows.exclude(gone).filter(body__closed_on=None, person__is_active=True)
    return rows.select_related("person", "body", "office").order_by("asked_back_on", "pk")


def to_warn(*, on: date) -> QuerySet[Mandate]:
    """Mandates of people who have not come in for a year and were not told of it since."""
    seen = TruncDate(Coalesce("person__last_login", "person__joined_at"))
    rows = Mandate.objects.in_force(on=on).annotate(seen=seen).filter(seen__lt=on - SILENT_AFTER)
    rows = rows.filter(person__is_active=True, person__is_demo=False, body__closed_on=None)
    untold = Q(warned_on=None) | Q(warned_on__lte=F("seen"))
    return rows.filter(untold).exclude(person__email="").order_by("person_id", "pk")


def is_suspendable(mandate: Mandate, *, on: date) -> bool:
    """Silent, and told so at least thirty days ago, after the last time they came in."""
    told = mandate.warned_on
    fit = told is not None and _seen(mandate) < told <= on - NOTICE
    return fit and mandate.suspended_on is None and is_silent(mandate, on=on)


def waiting_in(body: Body, *, on: date) -> QuerySet[Mandate]:
    """The mandates of a body that wait for a word."""
    return _waiting(on).filter(body=body)


def bodies_to_attest(*, on: date) -> QuerySet[Body]:
    """Bodies whose confirmation is open and not complete, each with how many mandates wait."""
    rows = Body.objects.in_use().filter(attest_by__lte=on + OPENS_BEFORE)
    waiting = _waiting(on).filter(body=OuterRef("pk"))
    counted = waiting.order_by().values("body").annotate(n=Count("pk")).values("n")
    return rows.filter(Exists(waiting)).annotate(waiting=counted).order_by("attest_by", "pk")


def unconfirmed_bodies(*, on: date) -> QuerySet[Body]:
    """Those of them whose days of grace are over: «da riconfermare»."""
    return bodies_to_attest(on=on).filter(attest_by__lt=on - GRACE)


def late_for(actor: Actor, *, on: date) -> QuerySet[Body]:
    """What an administrator sees of their bodies at once, who manages the network after a while."""
    if actor.is_network_manager:
        return unconfirmed_bodies(on=on)
    mine = actor.bodies_as(Mandate.Role.ADMINISTRATOR)
    return bodies_to_attest(on=on).filter(pk__in=mine)


def bodies_without_a_day(*, on: date) -> QuerySet[Body]:
    """Bodies where somebody works and no day is set yet."""
    held = Mandate.objects.in_force(on=on).filter(body=OuterRef("pk"))
    return Body.objects.in_use().filter(Exists(held), attest_by=None)


def bodies_complete(*, on: date) -> QuerySet[Body]:
    """Bodies whose confirmation is open and where nothing waits any more."""
    rows = Body.objects.in_use().filter(attest_by__lte=on + OPENS_BEFORE)
    return rows.filter(~Exists(_waiting(on).filter(body=OuterRef("pk"))))


def _waiting(on: date) -> QuerySet[Mandate]:
    over = Q(ends_on__lt=on) | Q(ends_on=F("starts_on"), suspended_on__isnull=False)
    said = Coalesce("confirmed_on", "starts_on")
    rows = Mandate.objects.exclude(over).annotate(said=said)
    return rows.filter(body__attest_by__lte=on + OPENS_BEFORE).filter(
        said__lt=F("body__attest_by") - OPENS_BEFORE
    )


def is_silent(mandate: Mandate, *, on: date) -> bool:
    """No log-in for a year, of somebody who is here for longer than that."""
    return _seen(mandate) < on - SILENT_AFTER


def _seen(mandate: Mandate) -> date:
    return timezone.localdate(mandate.person.last_login or mandate.person.joined_at)
