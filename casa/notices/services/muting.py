"""Pausing what a person follows, with a link of a mail and without a log-in; and going on.

A link names one follow, or all of a person. It may be opened as often as one likes: it loses
nothing, and only a button of its page, or the mail program's own, does anything.
"""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from casa.notices import queries
from casa.notices.models import Follow
from casa.registry.models import Person
from casa.registry.services.mails import address


def mute_link(follow: Follow) -> str:
    """The address that pauses one thing; only this platform can write it."""
    return _link(follow.person_id, follow.pk)


def mute_all_link(person: Person) -> str:
    """The address that pauses all that a person follows."""
    return _link(person.pk, 0)


@transaction.atomic
def mute(*, token: str, now: datetime) -> int:
    """Tell nothing more of what the link names; how many were not paused already."""
    return queries.named_by(token).awake().update(muted_at=now)


@transaction.atomic
def unmute(*, token: str) -> int:
    """Tell again. A link that named all wakes what it paused, not what was paused before it."""
    rows = queries.named_by(token)
    last = rows.aggregate(last=Max("muted_at"))["last"]
    return rows.filter(muted_at=last).update(muted_at=None) if last else 0


@transaction.atomic
def resume(*, follow: Follow) -> None:
    """The same from the page of what one follows."""
    follow.muted_at = None
    follow.save(update_fields=["muted_at"])


def _link(person_id: int, pk: int) -> str:
    token = signing.dumps([person_id, pk], salt=queries.MUTE_SALT)
    return address(reverse("notices:mute", args=[token]))
