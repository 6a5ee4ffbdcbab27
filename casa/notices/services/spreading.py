"""The worker tells of a fact those who follow the things it is about."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from casa.notices.models import Follow, News, Notice

AT_A_TIME = 1_000
PATIENCE = timedelta(minutes=2)
EAGERNESS = (Follow.Cadence.AT_ONCE, Follow.Cadence.WEEKLY, Follow.Cadence.HERE)


@transaction.atomic
def spread(*, news_id: int, now: datetime) -> int:
    """Tell everybody who follows; how many were told. Safe to repeat: nobody is told twice."""
    rows = News.objects.standing().filter(pk=news_id, spread_at=None)
    news = rows.select_for_update().first()
    if news is None:
        return 0
    told = 0
    for notices in _batches(news, now=now):
        told += len(Notice.objects.bulk_create(notices, ignore_conflicts=True))
    news.spread_at = now
    news.save(update_fields=["spread_at"])
    return told


def spread_left(*, now: datetime) -> int:
    """Tell what a killed process left untold; how many people were told."""
    late = News.objects.standing().filter(happened_at__lt=now - PATIENCE)
    left = late.filter(spread_at=None)
    return sum(spread(news_id=pk, now=now) for pk in left.values_list("pk", flat=True))


def _batches(news: News, *, now: datetime) -> Iterator[list[Notice]]:
    """Whoever follows two of the things is told once, as soon as either follow wishes."""
    wishes: dict[int, str] = {}
    follows = Follow.objects.awake().filter(key__in=news.keys, person__is_active=True)
    for person_id, cadence in follows.values_list("person_id", "cadence").iterator():
        known = wishes.get(person_id, Follow.Cadence.HERE)
        wishes[person_id] = min(known, cadence, key=EAGERNESS.index)
    rows = [
        Notice(person_id=person_id, news=news, cadence=cadence, created_at=now)
        for person_id, cadence in wishes.items()
    ]
    for start in range(0, len(rows), AT_A_TIME):
        yield rows[start : start + AT_A_TIME]
