"""Moving a step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.casework import access
from casa.casework.models import Case, Step
from casa.foundation.errors import Refused
from casa.registry import trail
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What becomes of a step: its state, the day by which it is due, a note."""

    state: str
    due_on: date | None = None
    note: str = ""


@transaction.atomic
def move_step(pk: int, move: Move, *, actor: Actor, today: date, now: datetime) -> Step:
    """Say where a step stands. Doing it twice changes nothing and leaves no second line."""
    step = Step.objects.select_for_update(of=("self",)).select_related("case__office").get(pk=pk)
    _refuse(step, move, actor)
    if (step.state, step.due_on, step.note) == (move.state, move.due_on, move.note):
        return step
    step.state, step.due_on, step.note = move.state, move.due_on, move.note
    over = step.is_over
    step.done_on = (step.done_on or today) if over else None
    step.moved_by_id = actor.id
    step.save()
    trail.record(
        "casework.step.moved",
        step.case,
        actor=actor,
        now=now,
        step=step.title,
        state=str(step.get_state_display()),
    )
    return step


def _refuse(step: Step, move: Move, actor: Actor) -> None:
    if not access.may_move(actor, step):
        raise Refused(_("Questo passo tocca all'altro ente: lo aggiorna chi ci lavora."))
    if move.state == Step.State.SKIPPED and not (step.optional or move.note):
        raise Refused(_("Per saltare questo passo scrivi nella nota perché non serve."))


def finish_step(case: Case, code: str, *, on: date, actor: Actor) -> None:
    """A step that another act does by itself: it is done. What is over already stays as it is.

    The room above checks the rights and writes the trail: it knows the act.
    """
    found = Step.objects.select_for_update(of=("self",)).filter(case=case, code=code)
    step = found.exclude(state__in=(Step.State.DONE, Step.State.SKIPPED)).first()
    if step:
        step.state, step.done_on, step.moved_by_id = Step.State.DONE, on, actor.id
        step.save(update_fields=["state", "done_on", "moved_by"])
