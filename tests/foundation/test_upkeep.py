"""What the worker sweeps out every day."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casa.foundation import schedule, upkeep

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
