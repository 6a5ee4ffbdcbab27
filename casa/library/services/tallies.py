"""Counting use without following anybody (feature B15)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casa.library.models import BodyUse, Kit, KitTally, Tally, Version
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


@transaction.atomic
def count_kit_view(*, kit: Kit, now: datetime) -> None:
    """One more reading of this kit today."""
    _count_kit(kit, "views", now=now)


@transaction.atomic
def count_kit_download(
    *, kit: Kit, versions: Iterable[Version], actor: Actor, now: datetime
) -> None:
    """One more download of the kit today, and of each version that goes out with it."""
    _count_kit(kit, "downloads", now=now)
    for version in versions:
        count_download(version=version, actor=actor, now=now)


def _count_kit(kit: Kit, what: str, *, now: datetime) -> None:
    tally, _new = KitTally.objects.get_or_create(kit=kit, day=timezone.localdate(now))
    KitTally.objects.filter(pk=tally.pk).update(**{what: F(what) + 1})


def _count(version: Version, what: str, *, now: datetime) -> None:
    tally, _new = Tally.objects.get_or_create(version=version, day=timezone.localdate(now))
    Tally.objects.filter(pk=tally.pk).update(**{what: F(what) + 1})
