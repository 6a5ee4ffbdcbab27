"""What is forgotten, and when."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from casa.notices.models import Duty, Follow, News, Notice

NEWS = timedelta(days=365)
DUTIES = timedelta(days=2 * 365)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """News a year old go with their notices; settled duties after two years.

    What somebody followed and was told goes with their log-in, when that is closed for good.
    """
    for theirs in (Follow, Notice):
        theirs._default_manager.filter(person__is_active=False, person__email="").delete()
    gone, _by_kind = News.objects.filter(happened_at__lt=now - NEWS).delete()
    old, _by_kind = Duty.objects.filter(done_at__lt=now - DUTIES).delete()
    return gone + old


@transaction.atomic
def forget_things(*, keys: Collection[str]) -> None:
    """Things are gone for good: nobody follows them, no news tells of them, no duty asks."""
    gone = list(keys)
    Follow.objects.filter(key__in=gone).delete()
    News.objects.filter(keys__overlap=gone).delete()
    Duty.objects.filter(key__in=gone).delete()


@transaction.atomic
def remove_demo(*, body_ids: Collection[int]) -> None:
    """What offices of the demonstration owe, and what its persons follow and were told, goes."""
    Duty.objects.filter(office__body_id__in=body_ids, office__body__is_demo=True).delete()
    Follow.objects.filter(person__is_demo=True).delete()
    Notice.objects.filter(person__is_demo=True).delete()
