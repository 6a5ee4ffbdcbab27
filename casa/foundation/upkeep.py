"""What the house sweeps out: closed sessions, tasks done long ago, expired rows of the cache."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casa.foundation import schedule

QUARTER = 15 * schedule.MINUTE
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


def forget_cache(*, now: datetime) -> int:
    """Delete the rows of the cache that ran out; gives how many.

    Django itself would only do it when the table is full, and then drop living counters too.
    """
    cache = caches["default"]
    if not isinstance(cache, BaseDatabaseCache):  # the cache of the tests lives in memory
        return 0
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]  # by no other name
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608
        return int(cursor.rowcount)


def connect() -> None:
    """Tell the worker to do it."""
    schedule.every(
        schedule.DAY, lambda: forget_sessions(now=timezone.now()), name="foundation.forget_sessions"
    )
    schedule.every(
        schedule.DAY, lambda: forget_tasks(now=timezone.now()), name="foundation.forget_tasks"
    )
    schedule.every(
        QUARTER, lambda: forget_cache(now=timezone.now()), name="foundation.forget_cache"
    )
