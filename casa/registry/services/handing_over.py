"""«Passaggio di consegne»: what a mandate held gets new owners, and it ends, in one act."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, trail
from casa.registry.actor import Actor
from casa.registry.models import Body, HandOver, HandOverLine, Mandate, Way
from casa.registry.queries.mandates import is_over
from casa.registry.queries.succession import (
    ADMINISTRATION,
    Option,
    Plan,
    Step,
    open_hand_over,
    plan_of,
    receipt_of,
)
from casa.registry.services.tenure import (
    DAY,
    demand_another_administrator,
    finish,
    lock_body,
    refuse_past,
    told,
)
from casa.registry.signals import hand_over_done

ALL = "all"  # the choice for every part that has none of its own
MOST_TITLES = 200
Choices = Mapping[str, str]
"""By part, the code of whoever has it after (`succession.Heir.code`)."""


@transaction.atomic
def keep_hand_over(
    *, mandate: Mandate, choices: Choices, on: date | None, actor: Actor, now: datetime
) -> HandOver:
    """Leave the page half-way: what was chosen is there again, and nothing has happened yet."""
    mandate, _body = _locked(mandate, actor)
    hand_over = open_hand_over(mandate) or _begun(mandate, actor, now=now)
    hand_over.choices = {**choices, "on": on.isoformat() if on else ""}
    hand_over.save()
    return hand_over


@transaction.atomic
def hand_over(
    *, mandate: Mandate, choices: Choices, on: date | None, actor: Actor, now: datetime
) -> HandOver:
    """Pass everything on, end the mandate (at once, or after the day `on`), and give the receipt.

    Refused while a part has no heir. Done twice it gives the same receipt.
    """
    mandate, body = _locked(mandate, actor)
    today = timezone.localdate(now)
    plan, begun = plan_of(mandate, actor, on=today), open_hand_over(mandate)
    done = receipt_of(mandate)
    if done and not begun and not plan.steps and is_over(mandate, on=today):
        return done
    refuse_past(on, today=today)
    lines = _pass_on(plan, choices, actor=actor, now=now)
    if not is_over(mandate, on=today):
        _end(mandate, body, lines, on=on, actor=actor, now=now)
    return _close(begun or _begun(mandate, actor, now=now), lines, actor=actor, now=now)


def _locked(mandate: Mandate, actor: Actor) -> tuple[Mandate, Body]:
    body = lock_body(mandate.body_id)
    rows = Mandate.objects.select_related("person", "office", "body")
    mandate = rows.select_for_update(of=["self"]).get(pk=mandate.pk)
    if not access.may_hand_over(actor, mandate):
        raise Refused(_("Le consegne le fa chi lascia il mandato o chi amministra l'ente."))
    return mandate, body


def _pass_on(plan: Plan, choices: Choices, *, actor: Actor, now: datetime) -> list[HandOverLine]:
    chosen = [(step, _heir(plan, step, choices, now=now)) for step in plan.steps]
    return [_pass_step(plan, step, option, actor=actor, now=now) for step, option in chosen]


def _pass_step(
    plan: Plan, step: Step, option: Option, *, actor: Actor, now: datetime
) -> HandOverLine:
    step.part.pass_on(plan.leaving, option.heir, actor, now)
    person = option.heir.way == Way.PERSON
    return HandOverLine(
        part=step.part.code,
        label=str(step.part.label),
        way=option.heir.way,
        successor=option.heir.person,
        office=None if person else option.heir.office,
        count=len(step.things),
        titles=[] if step.part.private else [one.title for one in step.things[:MOST_TITLES]],
        private=step.part.private,
    )


def _heir(plan: Plan, step: Step, choices: Choices, *, now: datetime) -> Option:
    """Who was chosen for the part, or for all; the only one there is needs no choice."""
    code = choices.get(step.part.code) or ""
    option = step.option(code) if code else step.option(choices.get(ALL) or "")
    if option is None and not code:
        option = step.proposal
    if option is not None:
        return option
    mandate = plan.leaving.mandate
    if step.part.code == ADMINISTRATION and not is_over(mandate, on=plan.leaving.on):
        demand_another_administrator(mandate, mandate.body, first=timezone.localdate(now))
    raise Refused(
        _("Scegli che cosa diventa di «%s»: niente resta senza qualcuno.") % step.part.label
    )


def _end(
    mandate: Mandate,
    body: Body,
    lines: list[HandOverLine],
    *,
    on: date | None,
    actor: Actor,
    now: datetime,
) -> None:
    today = timezone.localdate(now)
    if not any(line.way == Way.NETWORK for line in lines):
        demand_another_administrator(mandate, body, first=today if on is None else on + DAY)
    finish(mandate, on=on, today=today)
    trail.record(
        "registry.mandate.ended", mandate, actor=actor, now=now, body=body, **told(mandate)
    )


def _begun(mandate: Mandate, actor: Actor, *, now: datetime) -> HandOver:
    own = actor.id == mandate.person_id
    cause = HandOver.Cause.LEFT if own else HandOver.Cause.ENDED
    return HandOver(mandate=mandate, cause=cause, opened_at=now)


def _close(
    hand_over: HandOver, lines: list[HandOverLine], *, actor: Actor, now: datetime
) -> HandOver:
    hand_over.choices = {}
    hand_over.done_at, hand_over.done_by_id = now, actor.id
    hand_over.save()
    for line in lines:
        line.hand_over = hand_over
    HandOverLine.objects.bulk_create(lines)
    mandate = hand_over.mandate
    passed = [f"{line}, {line.heir}" for line in lines if not line.private]
    trail.record(
        "registry.hand_over.done", mandate, actor=actor, now=now, body=mandate.body, passed=passed
    )
    transaction.on_commit(lambda: hand_over_done.send(sender=HandOver, hand_over_id=hand_over.pk))
    return hand_over
