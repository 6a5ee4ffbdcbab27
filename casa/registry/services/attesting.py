"""Once a year administrators say of everybody in their body whether they still work there.

Nobody loses a right by silence: what nobody confirmed is shown to those who manage the network.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, trail
from casa.registry.actor import SYSTEM, Actor
from casa.registry.models import Body, Mandate
from casa.registry.queries.attesting import (
    bodies_complete,
    bodies_without_a_day,
    is_open,
    waiting_in,
    waits,
)
from casa.registry.queries.mandates import is_over
from casa.registry.services.tenure import lock_body, told
from casa.registry.signals import body_attested
from casa.registry.words import long_date, of_body

YEAR = timedelta(days=365)


@transaction.atomic
def confirm_mandate(*, mandate: Mandate, actor: Actor, now: datetime) -> Mandate:
    """«Sì, serve ancora»: good until the next year. Twice is once; the last one ends the round."""
    body = lock_body(mandate.body_id)
    _demand_attester(actor, body)
    rows = Mandate.objects.select_for_update(of=["self"]).select_related("person", "office", "body")
    mandate = rows.get(pk=mandate.pk)
    today = timezone.localdate(now)
    if is_over(mandate, on=today):
        raise Refused(_("Questo mandato è concluso: non serve riconfermarlo."))
    if mandate.confirmed_on == today:
        return mandate
    _demand_open(body, on=today)
    if not waits(mandate, body):
        return mandate
    mandate.confirmed_on = today
    mandate.save(update_fields=["confirmed_on"])
    trail.record(
        "registry.mandate.confirmed", mandate, actor=actor, now=now, body=body, **told(mandate)
    )
    _complete(body, actor=actor, now=now)
    return mandate


@transaction.atomic
def complete_round(*, body: Body, actor: Actor, now: datetime) -> bool:
    """After a mandate ended instead: whether that was the last one."""
    return _complete(lock_body(body.pk), actor=actor, now=now)


def set_days(*, now: datetime) -> int:
    """Every day: a body that has no day gets one, a year away; a round without any left is over."""
    on = timezone.localdate(now)
    fresh = bodies_without_a_day(on=on).update(attest_by=on + YEAR)
    over = [complete_round(body=body, actor=SYSTEM, now=now) for body in bodies_complete(on=on)]
    return fresh + sum(over)


def _complete(body: Body, *, actor: Actor, now: datetime) -> bool:
    """Nothing waits any more: the next round is a year later. The caller locked the body."""
    on = timezone.localdate(now)
    if not is_open(body, on=on) or waiting_in(body, on=on).exists():
        return False
    body.attest_by = _next(body.attest_by or on, on=on)
    body.save(update_fields=["attest_by"])
    trail.record("registry.body.attested", body, actor=actor, now=now, body=body)
    transaction.on_commit(lambda: body_attested.send(sender=Body, body_id=body.pk))
    return True


def _next(due: date, *, on: date) -> date:
    """A year after the day it was due; who was late by long has a year from now."""
    later = due + YEAR
    return later if later > on + YEAR / 2 else on + YEAR


def _demand_attester(actor: Actor, body: Body) -> None:
    if not access.may_attest(actor, body):
        raise Refused(
            _("Solo chi amministra l'ente dice chi lavora ancora %(whose)s.")
            % {"whose": of_body(body)}
        )


def _demand_open(body: Body, *, on: date) -> None:
    if not is_open(body, on=on):
        day = long_date(body.attest_by) if body.attest_by else _("un giorno ancora da fissare")
        raise Refused(
            _("La riconferma è da fare entro il %(day)s e si apre 30 giorni prima.") % {"day": day}
        )
