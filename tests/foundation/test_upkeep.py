"""What the worker sweeps out every day."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casa.foundation import schedule, upkeep
from casa.foundation.limits import TooMany, limit
from casa.settings import base

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def task(status, *, days):
    return DBTaskResult.objects.create(
        status=status,
        finished_at=NOW - timedelta(days=days) if days is not None else None,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="casa.registry.tasks.mail_welcome",
        worker_ids=[],
        backend_name="default",
        run_after=NOW - timedelta(days=90),
        exception_class_path="",
        traceback="",
    )


def test_sessions_that_ran_out_go_and_open_ones_stay():
    for key, seconds in (("old", -1), ("open", 60)):
        ends = NOW + timedelta(seconds=seconds)
        Session.objects.create(session_key=key, session_data="", expire_date=ends)

    assert upkeep.forget_sessions(now=NOW) == 1
    assert Session.objects.get().session_key == "open"


@pytest.mark.parametrize("status", [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED])
def test_tasks_that_ended_a_month_ago_go(status):
    task(status, days=31)
    kept = [
        task(status, days=29),
        task(TaskResultStatus.READY, days=None),
        task(TaskResultStatus.RUNNING, days=None),
    ]

    assert upkeep.forget_tasks(now=NOW) == 1
    assert set(DBTaskResult.objects.all()) == set(kept)


def test_the_worker_does_it_every_day():
    daily = {job.name for job in schedule.jobs() if job.seconds == schedule.DAY}

    assert {"foundation.forget_sessions", "foundation.forget_tasks"} <= daily
    assert {
        "registry.forget_invitations",
        "registry.forget_old_forms",
        "registry.forget_sign_ups",
        "registry.forget_new_addresses",
    } <= daily


@pytest.fixture
def real_cache(settings):
    """The cache of an installation: a table of the database."""
    settings.CACHES = base.CACHES
    call_command("createcachetable")
    return caches["default"]


def test_other_keys_do_not_evict_a_counter(real_cache, rf):
    """Django's cull drops keys in their order: «allauth» and «limit» go first."""
    request = rf.post("/utile/")
    limit(request, "vote", per_hour=3)
    for number in range(400):
        real_cache.set(f"zz-{number}", 1, timeout=600)

    limit(request, "vote", per_hour=3)
    limit(request, "vote", per_hour=3)
    with pytest.raises(TooMany):
        limit(request, "vote", per_hour=3)


def test_what_ran_out_of_the_cache_is_deleted_and_the_rest_stays(real_cache):
    real_cache.set("old", 1, timeout=60)
    real_cache.set("living", 1, timeout=600)
    real_cache.set("for-ever", 1, timeout=None)

    assert upkeep.forget_cache(now=timezone.now() + timedelta(minutes=2)) == 1
    assert [real_cache.get(key) for key in ("old", "living", "for-ever")] == [None, 1, 1]


def test_a_cache_in_memory_needs_no_sweeping():
    assert upkeep.forget_cache(now=NOW) == 0
