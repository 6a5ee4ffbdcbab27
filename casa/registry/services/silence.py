"""Accounts that nobody uses: told by mail, then suspended with one press, back by asking.

Silence alone takes no right away: an administrator decides, and only after the notice has had
its days. Whoever comes in once is silent no more.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task

from casa.foundation.errors import Refused
from casa.registry import access, tasks, trail
from casa.registry.actor import Actor
from casa.registry.models import Mandate
from casa.registry.queries.attesting import is_suspendable, to_warn
from casa.registry.queries.mandates import is_over
from casa.registry.services.mandates import suspend_mandate
from casa.registry.services.tenure import lock_body, told


@transaction.atomic
def warn_silent(*, now: datetime) -> int:
    """Every day: who has not come in for a year is told once, in one mail; how many persons."""
    on = timezone.localdate(now)
    found = list(to_warn(on=on).select_for_update(of=["self"]))
    Mandate.objects.filter(pk__in=[mandate.pk for mandate in found]).update(warned_on=on)
    people = sorted({mandate.person_id for mandate in found})
    for person_id in people:
        _later(tasks.mail_silent, person_id=person_id)
    return len(people)


@transaction.atomic
def suspend_silent(*, mandate: Mandate, actor: Actor, now: datetime) -> Mandate:
    """Suspend a mandate whose holder was told thirty days ago and has not come in; told by mail.

    Twice is once.
    """
    lock_body(mandate.body_id)
    mandate = Mandate.objects.select_related("person", "body", "office").get(pk=mandate.pk)
    if mandate.suspended_on:
        return mandate
    if not access.may_attest(actor, mandate.body):
        raise Refused(_("Lo decide chi amministra l'ente."))
    if not is_suspendable(mandate, on=timezone.localdate(now)):
        raise Refused(
            _("Ha ripreso a entrare, o l'avviso non ha ancora trenta giorni: non si sospende.")
        )
    suspended = suspend_mandate(mandate=mandate, actor=actor, now=now)
    _later(tasks.mail_suspended, mandate_id=mandate.pk)
    return suspended


@transaction.atomic
def ask_back(*, mandate: Mandate, actor: Actor, now: datetime) -> Mandate:
    """The holder of a suspended mandate asks to have it again: administrators are told, once."""
    body = lock_body(mandate.body_id)
    mandate = Mandate.objects.select_related("person", "body", "office").get(pk=mandate.pk)
    on = timezone.localdate(now)
    if not access.may_ask_back(actor, mandate) or is_over(mandate, on=on):
        raise Refused(_("Questo mandato non è sospeso: guarda in «I miei mandati»."))
    if mandate.asked_back_on:
        return mandate
    mandate.asked_back_on = on
    mandate.save(update_fields=["asked_back_on"])
    trail.record(
        "registry.mandate.asked_back", mandate, actor=actor, now=now, body=body, **told(mandate)
    )
    _later(tasks.mail_back_asked, mandate_id=mandate.pk)
    return mandate


def _later(task: Task[Any, None], **ids: int) -> None:
    transaction.on_commit(lambda: task.enqueue(**ids))
