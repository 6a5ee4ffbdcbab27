"""What notices do again and again in the worker: mails, and forgetting."""

from django.utils import timezone

from casa.foundation import schedule
from casa.notices import services
from casa.notices.services import attesting

HOUR = 60 * schedule.MINUTE


def register() -> None:
    """Put the rounds on the schedule; called once, when the house opens."""
    schedule.every(schedule.MINUTE, _at_once, name="notices.at_once")
    schedule.every(HOUR, _weekly, name="notices.weekly")
    schedule.every(schedule.DAY, _forget, name="notices.forget")
    schedule.every(schedule.DAY, _ask_administrators, name="notices.administrators")


def _at_once() -> None:
    now = timezone.now()
    services.spread_left(now=now)
    services.mail_at_once(now=now)


def _weekly() -> None:
    now = timezone.now()
    services.mail_weekly(now=now)
    services.mail_offices(now=now)


def _forget() -> None:
    services.forget_old(now=timezone.now())


def _ask_administrators() -> None:
    attesting.ask_administrators(now=timezone.now())
