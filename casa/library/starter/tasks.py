"""The task that brings our texts in, so that the first page need not wait for them."""

import logging

from django.utils import timezone
from django_tasks import task

from casa.library.starter import seeding
from casa.library.starter.sources import folder

logger = logging.getLogger(__name__)


@task()
def load_starter() -> None:
    """Publish what is new; killed halfway, it goes on where it was."""
    seeding.seed(folder(), tell=logger.info, now=timezone.now())
