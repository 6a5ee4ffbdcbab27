"""What stays undone after its day: the office again, then its administrators, then the network."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from casa.notices import letters
from casa.notices.models import Duty
from casa.notices.services.digests import NOT_TAKEN, remind_office, send_each, to_each
from casa.notices.services.duties import Owed
from casa.registry.models import Body, Mandate, NetworkRole

logger = logging.getLogger(__name__)
STEPS = (timedelta(0), timedelta(days=15), timedelta(days=30))
ADMINISTRATORS, NETWORK = 2, 3  # steps reached


@transaction.atomic
def keep_only(*owed: Owed, kind: str, outcome: str, now: datetime) -> int:
    """Nobody owes any other act of this kind any more; how many duties that closes.

    What passed to another office is owed by that one alone.
    """
    kept = {(one.office_id, one.key) for one in owed}
    rows = Duty.objects.open().filter(kind=kind).values_list("pk", "office_id", "key")
    gone = [pk for pk, office_id, key in rows if (office_id, key) not in kept]
    return Duty.objects.open().filter(pk__in=gone).update(done_at=now, outcome=outcome)


def remind(*, kind: str, now: datetime) -> int:
    """Mail about duties of a kind on their day, 15 and 30 days after it; how many mails went out.

    Each step is told once. A mail that is not taken is tried again on the next round.
    """
    on = timezone.localdate(now)
    owed = Duty.objects.open().filter(kind=kind, due_on__lte=on, office__body__closed_on=None)
    owed = owed.select_related("office__body")
    due = [duty for duty in owed if _reached(duty, on) > _told(duty)]
    late = [duty for duty in due if _reached(duty, on) >= NETWORK]
    sent = to_each([0], lambda _key: _tell_network(late, now=now)) if late else 0
    if late and not sent:
        due = [duty for duty in due if duty not in late]
    bodies = sorted({duty.office.body_id for duty in due})
    return sent + to_each(bodies, lambda pk: _tell_body(pk, _of_body(due, pk), now=now))


@transaction.atomic
def _tell_body(body_id: int, due: Sequence[Duty], *, now: datetime) -> int:
    """The offices get their digest before its week is over; administrators what nobody did.

    A step is written down where somebody took the mail: an office whose mailbox is dead does not
    keep its administrators from knowing.
    """
    on = timezone.localdate(now)
    locked = Duty.objects.open().filter(pk__in=[duty.pk for duty in due])
    duties = list(locked.select_related("office__body").select_for_update(of=["self"]))
    dead: set[int] = set()
    sent = sum(
        _or_dead(office_id, dead, now=now)
        for office_id in sorted({duty.office_id for duty in duties})
    )
    left = [duty for duty in duties if _reached(duty, on) >= ADMINISTRATORS]
    above = to_each([body_id], lambda pk: _tell_administrators(pk, left, on=on)) if left else 0
    told = [duty for duty in duties if duty.office_id not in dead or (above and duty in left)]
    for duty in told:
        duty.reminders = [*duty.reminders, on]
    Duty.objects.bulk_update(told, ["reminders"], batch_size=500)
    return sent + above


def _or_dead(office_id: int, dead: set[int], *, now: datetime) -> int:
    """How many mails the office took; those whose server refuses them all are noted."""
    try:
        return remind_office(office_id, now=now)
    except NOT_TAKEN as reason:
        logger.warning("Office %s is not reached: %s", office_id, reason)
        dead.add(office_id)
        return 0


def _tell_administrators(body_id: int, left: Sequence[Duty], *, on: date) -> int:
    body = Body.objects.get(pk=body_id)
    return send_each(
        _administrators(body, on=on), lambda to: letters.left_undone(body, left, to=to)
    )


def _tell_network(late: Sequence[Duty], *, now: datetime) -> int:
    """Managers learn how many things which body left, never their titles: some are its own."""
    bodies = Counter(duty.office.body for duty in late).most_common()
    addresses = _managers(on=timezone.localdate(now))
    sent = send_each(addresses, lambda to: letters.left_by_bodies(bodies, to=to))
    return sent or 1  # without anybody to tell, the bodies are told all the same


def _reached(duty: Duty, on: date) -> int:
    """How many steps a duty has come to on a day."""
    return sum(duty.due_on is not None and duty.due_on + step <= on for step in STEPS)


def _told(duty: Duty) -> int:
    return max((_reached(duty, day) for day in duty.reminders), default=0)


def _of_body(duties: Iterable[Duty], body_id: int) -> list[Duty]:
    return [duty for duty in duties if duty.office.body_id == body_id]


def _administrators(body: Body, *, on: date) -> list[str]:
    held = Mandate.objects.in_force(on=on).filter(body=body, person__is_active=True)
    held = held.filter(role=Mandate.Role.ADMINISTRATOR).exclude(person__email="")
    return list(held.order_by("person__email").values_list("person__email", flat=True).distinct())


def _managers(*, on: date) -> list[str]:
    held = NetworkRole.objects.in_force(on=on).filter(person__is_active=True)
    held = held.filter(role=NetworkRole.Role.MANAGER).exclude(person__email="")
    return list(held.order_by("person__email").values_list("person__email", flat=True).distinct())
