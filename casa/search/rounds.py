"""What search does again and again in the worker: mails about saved searches, and forgetting."""

from django.utils import timezone

from casa.foundation import schedule
from casa.search import prints, services

PRINTS = 10
"""Seconds until the text of a new card is recognised in the next upload."""


def register() -> None:
    """Put the rounds on the schedule; called once, when the house opens."""
    schedule.every(schedule.MINUTE, _alerts, name="search.alerts")
    schedule.every(PRINTS, prints.follow, name="search.prints")
    schedule.every(schedule.DAY, _forget, name="search.forget")


def _alerts() -> None:
    services.send_alerts(now=timezone.now())


def _forget() -> None:
    services.forget(now=timezone.now())
    services.forget_closed()
