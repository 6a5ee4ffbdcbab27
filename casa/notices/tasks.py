"""What the worker does for notices: telling those who follow."""

from django.utils import timezone
from django_tasks import task

from casa.notices.services import spreading


@task()
def spread(news_id: int) -> None:
    """Tell everybody who follows what the news is about."""
    spreading.spread(news_id=news_id, now=timezone.now())
