"""Giving, changing and taking away mandates. One body's administrators never leave it without one.

Every verb locks the body's row first, so that two of them never decide on the same people at once.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, trail
from casa.registry.actor import Actor
from casa.registry.models import Body, HandOver, Mandate, Office, Person
from casa.registry.queries.mandates import is_over
from casa.registry.services.settling import note_end
from casa.registry.services.tenure import (
    DAY,
    close_now,
    demand_another_administrator,
    finish,
    lock_body,
    refuse_past,
    start_mandate,
    told,
)
from casa.registry.words import of_body


@transaction.atomic
def grant_mandate(
    *,
    person: Person,
    office: Office,
    role: str,
    starts_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
) -> Mandate:
    """Let a person act for an office, in a role, from a day (not past) to another (included)."""
    body = lock_body(office.body_id)
    if not access.may_give_role(actor, role, person_id=person.pk, body=body):
        raise Refused(_not_yours(actor, person))
    if starts_on < timezone.localdate(now):
        raise Refused(_("Un mandato non può cominciare nel passato. Scegli oggi o un giorno dopo."))
    mandate = start_mandate(
        person=person, office=office, role=role, starts_on=starts_on, ends_on=ends_on
    )
    trail.record(
        "registry.mandate.granted", mandate, actor=actor, now=now, body=body, **told(mandate)
    )
    return mandate


@transaction.atomic
def end_mandate(
    *, mandate: Mandate, actor: Actor, now: datetime, on: date | None = None
) -> Mandate:
    """End a mandate: at once, or after the day `on` (included). What is over stays as it is.

    What it held and nobody was chosen for waits in an open hand-over (`services.handing_over`
    passes it on and ends the mandate in one act).
    """
    mandate, body = _lock(mandate)
    _demand_manager(actor, body)
    today = timezone.localdate(now)
    if is_over(mandate, on=today):
        return mandate
    refuse_past(on, today=today)
    demand_another_administrator(mandate, body, first=today if on is None else on + DAY)
    finish(mandate, on=on, today=today)
    trail.record(
        "registry.mandate.ended", mandate, actor=actor, now=now, body=body, **told(mandate)
    )
    if on is None:
        note_end(mandate, cause=HandOver.Cause.ENDED, actor=actor, now=now)
    return mandate


@transaction.atomic
def suspend_mandate(*, mandate: Mandate, actor: Actor, now: datetime) -> Mandate:
    """Take the rights of a mandate away for a while, from now on."""
    mandate, body = _lock(mandate)
    _demand_manager(actor, body)
    today = timezone.localdate(now)
    if mandate.suspended_on or is_over(mandate, on=today):
        return mandate
    demand_another_administrator(mandate, body, first=today)
    mandate.suspended_on = today
    mandate.save(update_fields=["suspended_on"])
    trail.record(
        "registry.mandate.suspended", mandate, actor=actor, now=now, body=body, **told(mandate)
    )
    return mandate


@transaction.atomic
def resume_mandate(*, mandate: Mandate, actor: Actor, now: datetime) -> Mandate:
    """Give a suspended mandate its rights back."""
    mandate, body = _lock(mandate)
    if not access.may_give_role(actor, mandate.role, person_id=mandate.person_id, body=body):
        raise Refused(_not_yours(actor, mandate.person))
    if is_over(mandate, on=timezone.localdate(now)):
        raise Refused(_("Questo mandato è concluso: dai un nuovo mandato."))
    if mandate.suspended_on is None:
        return mandate
    mandate.suspended_on = mandate.asked_back_on = None
    mandate.save(update_fields=["suspended_on", "asked_back_on"])
    trail.record(
        "registry.mandate.resumed", mandate, actor=actor, now=now, body=body, **told(mandate)
    )
    return mandate


@transaction.atomic
def change_role(
    *, mandate: Mandate, role: str, office: Office, actor: Actor, now: datetime
) -> Mandate:
    """End a mandate now and start another of the same person, in another role or office."""
    mandate, body = _lock(mandate)
    if not access.may_give_role(actor, role, person_id=mandate.person_id, body=body):
        raise Refused(_not_yours(actor, mandate.person))
    today = timezone.localdate(now)
    if (mandate.role, mandate.office_id) == (role, office.pk):
        return mandate
    if is_over(mandate, on=today):
        raise Refused(_("Questo mandato è concluso: dai un nuovo mandato."))
    if role != Mandate.Role.ADMINISTRATOR:
        demand_another_administrator(mandate, body, first=today)
    last_day, before = mandate.ends_on, told(mandate)
    close_now(mandate, today=today)
    mandate.save(update_fields=["ends_on", "suspended_on"])
    changed = start_mandate(
        person=mandate.person,
        office=office,
        role=role,
        starts_on=max(today, mandate.starts_on),
        ends_on=last_day,
    )
    trail.record(
        "registry.mandate.changed",
        changed,
        actor=actor,
        now=now,
        body=body,
        **told(changed),
        before=before,
    )
    note_end(mandate, cause=HandOver.Cause.ENDED, actor=actor, now=now)
    return changed


def _lock(mandate: Mandate) -> tuple[Mandate, Body]:
    body = lock_body(mandate.body_id)
    rows = Mandate.objects.select_related("person", "office", "body")
    return rows.select_for_update(of=["self"]).get(pk=mandate.pk), body


def _demand_manager(actor: Actor, body: Body) -> None:
    if not access.may_manage_people(actor, body):
        raise Refused(
            _("Solo chi amministra l'ente può cambiare i mandati %(whose)s.")
            % {"whose": of_body(body)}
        )


def _not_yours(actor: Actor, person: Person) -> str:
    if actor.id == person.pk:
        return _(
            "Nessuno può dare a sé stesso un ruolo: chiedilo a un'altra persona che amministra."
        )
    return _("Solo chi amministra l'ente può dare questo ruolo.")
