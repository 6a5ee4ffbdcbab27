"""A person's own calendar. No line in the trail: it concerns nobody else."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.dossier.models import CalendarFeed
from casa.foundation.errors import Refused
from casa.registry.actor import Actor

OCTETS = 32


@transaction.atomic
def open_feed(*, actor: Actor, now: datetime) -> str:
    """A new secret address; an old one stops. Gives the token, which nobody can ask for again."""
    if not actor.body_ids:
        raise Refused(_("Il calendario delle gare è per chi lavora in un ente della rete."))
    token = secrets.token_urlsafe(OCTETS)
    given = {"digest": digest_of(token), "opened_at": now}
    CalendarFeed.objects.update_or_create(person_id=actor.person_id, defaults=given)
    return token


@transaction.atomic
def close_feed(*, actor: Actor) -> None:
    """The address opens nothing any more. Repeating it changes nothing."""
    CalendarFeed.objects.of(actor).delete()


@transaction.atomic
def forget_closed() -> int:
    """Delete the calendars of people whose log-in is closed; how many."""
    gone, _per_model = CalendarFeed.objects.filter(person__is_active=False).delete()
    return gone


def digest_of(token: str) -> str:
    """What is kept of a token. It is long and random: no salt makes it harder to guess."""
    return hashlib.sha256(token.encode()).hexdigest()
