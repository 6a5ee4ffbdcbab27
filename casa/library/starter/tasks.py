"""The task that brings our texts in, so that the first page need not wait for them."""

import logging
from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from casa.library.queries.starter import starter_is_loading
from casa.library.starter import seeding
from casa.library.starter.sources import folder

Tell = Callable[[str], None]
logger = logging.getLogger(__name__)


@task()
def load_starter() -> None:
    """Publish what is new; killed halfway, it goes on where it was."""
    seeding.seed(folder(), tell=logger.info, now=timezone.now())


def ask(*, tell: Tell) -> bool:
    """Ask the worker for what is new, once; gives whether it was asked."""
    behind = seeding.is_behind(folder(), tell=tell, now=timezone.now())
    if not behind or starter_is_loading():
        return False
    load_starter.enqueue()
    return True
