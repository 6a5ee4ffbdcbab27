"""What the worker does again and again: one table of names, intervals and functions.

Rooms add to it in `ready()`. Each job is safe to repeat and gets nothing passed in; it runs once
when the worker starts and then every so many seconds, in one worker at a time. The schedule has a
thread of the worker and a database connection to itself, so that a long task delays no job.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import Error, close_old_connections

from casa.foundation import locks

logger = logging.getLogger(__name__)
MINUTE = 60
DAY = 24 * 60 * MINUTE
NAP = 0.5


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    seconds: float
    run: Callable[[], object]


_jobs: dict[str, Job] = {}


def every(seconds: float, run: Callable[[], object], *, name: str) -> None:
    """Have `run` called every so many seconds. The same name again replaces the job."""
    _jobs[name] = Job(name=name, seconds=seconds, run=run)


def jobs() -> tuple[Job, ...]:
    return tuple(_jobs.values())


@dataclass(slots=True)
class Clock:
    """When each job is due, by a clock that only goes forward (`time.monotonic`)."""

    due: dict[str, float] = field(default_factory=dict)

    def run_due(self, now: float) -> None:
        """Run what is due. A job that fails is written to the log and tried again when next due."""
        for job in jobs():
            if self.due.get(job.name, now) <= now:
                self.due[job.name] = now + job.seconds
                _run(job)


def start() -> threading.Thread:
    """Begin to keep time, beside the tasks of this process and for as long as it lives."""
    keeper = threading.Thread(target=_keep_time, name="schedule", daemon=True)
    keeper.start()
    return keeper


def _keep_time() -> None:
    clock = Clock()
    while True:
        clock.run_due(time.monotonic())
        time.sleep(NAP)


def _run(job: Job) -> None:
    close_old_connections()
    try:
        with locks.held(f"schedule {job.name}") as mine:
            if mine:
                job.run()
    except Error:
        logger.warning("Job %s: the database did not answer", job.name)
    except Exception:
        logger.exception("Job %s failed", job.name)
