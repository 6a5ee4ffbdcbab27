"""Following a thing, and stopping. No line in the trail: it concerns nobody else."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.notices import access
from casa.notices.models import Follow
from casa.notices.things import Thing
from casa.registry.actor import Actor
from casa.registry.models import Person

MOST = 500


@transaction.atomic
def follow(*, thing: Thing, cadence: str, actor: Actor, now: datetime) -> Follow:
    """Be told about a thing from now on; once more only changes when, and ends a pause."""
    access.demand_follower(actor)
    Person.objects.select_for_update().get(pk=actor.person_id)  # two windows, one limit
    known = Follow.objects.of(actor).filter(key=thing.key).first()
    if known is None and Follow.objects.of(actor).count() >= MOST:
        raise Refused(_("Segui già %d cose: smetti di seguirne qualcuna e riprova.") % MOST)
    row = known or Follow(person_id=actor.person_id, key=thing.key, created_at=now)
    row.title, row.url, row.cadence = thing.title[:300], thing.url, Follow.Cadence(cadence)
    row.muted_at = None
    row.save()
    return row


@transaction.atomic
def change_cadence(*, follow: Follow, cadence: str) -> Follow:
    """Be told at another pace."""
    follow.cadence = Follow.Cadence(cadence)
    follow.save(update_fields=["cadence"])
    return follow


@transaction.atomic
def unfollow(*, follow: Follow) -> None:
    """Not be told any more; what was told stays."""
    follow.delete()


@transaction.atomic
def open_feed(*, follow: Follow) -> Follow:
    """Give it a feed of its own at an address nobody can guess; an old one stops."""
    follow.feed_token = secrets.token_urlsafe(24)
    follow.save(update_fields=["feed_token"])
    return follow


@transaction.atomic
def close_feed(*, follow: Follow) -> Follow:
    """Take the feed away: its address no longer opens anything."""
    follow.feed_token = ""
    follow.save(update_fields=["feed_token"])
    return follow
