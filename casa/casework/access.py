"""Who may do what with cases. Plain rules that never query; cases come with their office loaded."""

from casa.casework.models import Case, Step
from casa.registry.actor import Actor
from casa.registry.models import Mandate

WORKERS = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)


def may_work(actor: Actor, case: Case) -> bool:
    """Who writes, reviews or administers for one of the two bodies."""
    return may_work_as_owner(actor, case) or _works_for(actor, case.supporter_id)


def may_work_as_owner(actor: Actor, case: Case) -> bool:
    """Who works for the body that the case belongs to."""
    return _works_for(actor, case.office.body_id)


def may_move(actor: Actor, step: Step) -> bool:
    """Who works for the body whose turn the step is."""
    case = step.case
    owner = step.side == Step.Side.OWNER
    return _works_for(actor, case.office.body_id if owner else case.supporter_id)


def _works_for(actor: Actor, body_id: int | None) -> bool:
    return body_id is not None and actor.may_act_as(*WORKERS, body_id=body_id)
