"""What the house sweeps out every day: closed sessions and tasks that were done long ago."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casa.foundation import schedule

TASKS_KEPT_FOR = timedelta(days=30)  # long enough to look at what failed


def forget_sessions(*, now: datetime) -> int:
    """Delete the sessions that ran out; gives how many."""
    deleted, _rows = Session.objects.filter(expire_date__lt=now).delete()
    return deleted


def forget_tasks(*, now: datetime) -> int:
    """Delete the tasks that ended, well or badly, a month ago; gives how many."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT_FOR)
    deleted, _rows = old.delete()
    return deleted


def connect() -> None:
    """Tell the worker to do it."""
    schedule.every(
        schedule.DAY, lambda: forget_sessions(now=timezone.now()), name="foundation.forget_sessions"
    )
    schedule.every(
        schedule.DAY, lambda: forget_tasks(now=timezone.now()), name="foundation.forget_tasks"
    )
