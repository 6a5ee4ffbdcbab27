"""Every mandate that ends leaves a closed hand-over, or an open one for whoever looks after it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from casa.registry import trail
from casa.registry.actor import SYSTEM, Actor
from casa.registry.models import HandOver, Mandate
from casa.registry.queries.succession import plan_of, unsettled

LOOKED_BACK = timedelta(days=60)  # the worker may have stood still, and a house has a past


def note_end(
    mandate: Mandate, *, cause: HandOver.Cause, actor: Actor, now: datetime
) -> HandOver | None:
    """A mandate is over: what it still holds waits in an open hand-over.

    Where it holds nothing, the hand-over is done at once, without any line. One that was begun
    goes on. Whoever ended the mandate holds its body's row, or is the only one (`settle_expired`).
    """
    known = mandate.hand_overs.open().first()
    held = bool(plan_of(mandate, SYSTEM, on=timezone.localdate(now)).steps)
    if known and held:
        return known
    hand_over = known or HandOver(mandate=mandate, cause=cause, opened_at=now)
    if not held:
        hand_over.done_at, hand_over.done_by_id = now, actor.id
    hand_over.save()
    if held:
        act, body = "registry.hand_over.opened", mandate.body
        trail.record(act, mandate, actor=actor, now=now, body=body)
    return hand_over


def settle_expired(*, now: datetime) -> int:
    """Every day: mandates that came to their end; how many hand-overs that leaves open."""
    on = timezone.localdate(now)
    left = 0
    for mandate in unsettled(on=on, since=on - LOOKED_BACK):
        hand_over = _settle(mandate, now=now)
        left += hand_over is not None and hand_over.done_at is None
    return left


def _settle(mandate: Mandate, *, now: datetime) -> HandOver | None:
    """Each stands alone; somebody may have been quicker."""
    try:
        with transaction.atomic():
            return note_end(mandate, cause=HandOver.Cause.EXPIRED, actor=SYSTEM, now=now)
    except IntegrityError:
        return None
