"""Once a day, and when the worker starts: a text refused yesterday may come in today."""

import logging

from casa.foundation import schedule

logger = logging.getLogger(__name__)


def register() -> None:
    """Put the round on the schedule; called once, when the house opens."""
    schedule.every(schedule.DAY, _ask, name="library.starter")


def _ask() -> None:
    from casa.library.starter.tasks import ask  # models are not ready when apps load

    ask(tell=logger.info)
