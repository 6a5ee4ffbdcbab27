"""Counting use without following anybody (feature B15)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casa.library.models import BodyUse, Tally, Version
from casa.registry.actor import Actor


@transaction.atomic
def count_view(*, version: Version, now: datetime) -> None:
    """One more reading of this version today."""
    _count(version, "views", now=now)


@transaction.atomic
def count_download(*, version: Version, actor: Actor, now: datetime) -> None:
    """One more download today; a member's body is noted once for the version, never the person."""
    _count(version, "downloads", now=now)
    if actor.acting_for is not None:
        BodyUse.objects.get_or_create(
            version=version,
            body_id=actor.acting_for,
            defaults={"first_on": timezone.localdate(now)},
        )


def _count(version: Version, what: str, *, now: datetime) -> None:
    tally, _new = Tally.objects.get_or_create(version=version, day=timezone.localdate(now))
    Tally.objects.filter(pk=tally.pk).update(**{what: F(what) + 1})
