"""Whose turn it is: the office that owes the next step of a tender."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.casework.models import Step
from casa.casework.queries import steps_of, turn_of
from casa.casework.services import Move, finish_step, move_step
from casa.dossier.models import Dossier
from casa.dossier.services.locking import locked
from casa.notices import services as notices
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Office

TURN = "dossier.turn"


@transaction.atomic
def move(pk: int, step_pk: int, wanted: Move, *, actor: Actor, today: date, now: datetime) -> Step:
    """Say where a step of a dossier stands; the turn passes on."""
    dossier = locked(pk)
    moved = move_step(step_pk, wanted, actor=actor, today=today, now=now)
    pass_turn(dossier, now=now)
    return moved


def finish(dossier: Dossier, code: str, *, on: date, actor: Actor, now: datetime) -> None:
    """An act of the tender does a step by itself; the turn passes on."""
    finish_step(dossier.case, code, on=on, actor=actor)
    pass_turn(dossier, now=now)


def pass_turn(dossier: Dossier, *, now: datetime) -> None:
    """The office whose turn it is owes the first step that is not over; the other owes nothing."""
    key, step = trail.key_of(dossier), turn_of(steps_of(dossier.case))
    offices = _offices(dossier)
    turn = offices[step.side] if step else None
    if step and turn:
        notices.owe(_owed(dossier, step, turn), now=now)
    for office_id in set(offices.values()) - {turn}:
        outcome = _("Il passo è fatto.")
        notices.settle(kind=TURN, key=key, outcome=outcome, now=now, office_id=office_id)


def _offices(dossier: Dossier) -> dict[str, int]:
    """By side: the office of the case, and the default one of the body that helps."""
    own = dossier.case.office_id
    helper = dossier.case.supporter_id
    theirs = Office.objects.get(body_id=helper, is_default=True).pk if helper else own
    return {Step.Side.OWNER: own, Step.Side.SUPPORTER: theirs}


def _owed(dossier: Dossier, step: Step, office_id: int) -> notices.Owed:
    return notices.Owed(
        office_id=office_id,
        kind=TURN,
        key=trail.key_of(dossier),
        title=f"{dossier.case.title}: {step.title}",
        url=reverse("dossier:dossier", args=[dossier.pk]),
        action=_("Apri il fascicolo"),
        due_on=step.due_on,
    )
