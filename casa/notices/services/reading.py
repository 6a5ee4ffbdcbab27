"""What a person has read."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from casa.notices.models import Notice
from casa.registry.actor import Actor


@transaction.atomic
def mark_read(*, actor: Actor, now: datetime, ids: Collection[int] | None = None) -> int:
    """Those notices of the actor, or all of them, were read; how many."""
    rows = Notice.objects.of(actor).unread()
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return Notice.objects.filter(pk__in=rows.values("pk")).update(read_at=now)
