"""What is forgotten, and when."""

from datetime import datetime, timedelta

from django.db import transaction

from casa.notices.models import Duty, News

NEWS = timedelta(days=365)
DUTIES = timedelta(days=2 * 365)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """News a year old go with their notices; settled duties after two years."""
    gone, _by_kind = News.objects.filter(happened_at__lt=now - NEWS).delete()
    old, _by_kind = Duty.objects.filter(done_at__lt=now - DUTIES).delete()
    return gone + old
