"""The worker's start: take up again what a worker that was killed left half done."""

import logging
import socket

from django.conf import settings
from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casa.foundation import schedule
from casa.foundation.jail import remove_strays
from casa.foundation.opening.plan import MOST_WORKERS, Plan
from casa.foundation.postgres.lock import hold_lock
from casa.foundation.queues import ALL

MOST_ATTEMPTS = 3
PAUSE = 0.3  # seconds between looks at an empty queue

log = logging.getLogger(__name__)


def work(plan: Plan, *, number: int, queue: str = ALL) -> None:
    """Do the queued tasks and the scheduled jobs until told to stop.

    `number` tells the workers of one computer apart. A worker of one queue keeps no schedule.
    """
    lock = plan.data_dir / f"worker-{number}"
    with hold_lock(lock, refusal=f"Il worker {number} gira già (processo {{owner}})."):
        remove_strays(settings.TEMP_DIR)
        take_up_again(*worker_names(plan, number=number))
        if queue == ALL:
            schedule.start()
        call_command(
            "db_worker",
            "--no-startup-delay",
            "--no-reload",
            f"--interval={PAUSE}",
            f"--worker-id={_name(plan, number)}",
            f"--queue-name={queue}",
            verbosity=0,
        )


def _name(plan: Plan, number: int) -> str:
    return f"{socket.gethostname()}-{plan.data_dir}-{number}"[-64:]


def worker_names(plan: Plan, *, number: int) -> list[str]:
    """This worker's name and, for the first, those of workers the house no longer has."""
    gone = range(plan.workers + 1, MOST_WORKERS + 1) if number == 1 else ()
    return [_name(plan, each) for each in (number, *gone)]


def take_up_again(*workers: str) -> int:
    """Queue again the tasks these workers were doing when killed, and give their number.

    The lock of a worker's name says that nobody is doing them. A task that brought its worker
    down three times is given up, or it would bring down the house.
    """
    left = [
        task for task in DBTaskResult.objects.running() if set(task.worker_ids[-1:]) & set(workers)
    ]
    for task in left:
        if len(task.worker_ids) < MOST_ATTEMPTS:
            DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY, started_at=None
            )
        else:
            log.error("Task %s given up after %s attempts", task.pk, MOST_ATTEMPTS)
            task.set_failed(RuntimeError(f"The worker died {MOST_ATTEMPTS} times doing this"))
    return len(left)
