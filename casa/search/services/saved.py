"""What members do with the searches they keep. No line in the trail: they concern nobody else."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.actor import Actor
from casa.registry.models import Person
from casa.search import access, queries
from casa.search.models import SavedSearch

MOST = 50


@transaction.atomic
def save_search(
    *,
    actor: Actor,
    words: str,
    filters: Mapping[str, Sequence[str]],
    name: str,
    frequency: str,
    now: datetime,
) -> SavedSearch:
    """Keep a question; the same one again only changes its name and how often it tells.

    Only what changes from now on will be told: the rest is on the page already.
    """
    access.demand_keeper(actor)
    chosen = {facet: list(values) for facet, values in filters.items()}
    if not words and not filters:
        raise Refused(_("Scrivi qualche parola o scegli un filtro: salvare tutto non serve."))
    Person.objects.select_for_update().get(pk=actor.person_id)  # two windows, one limit
    kept = queries.already_saved(actor, words=words, filters=chosen)
    if kept is None:
        _demand_room(actor)
        kept = SavedSearch(person_id=actor.person_id, created_at=now, words=words, filters=chosen)
        kept.seen = queries.last_change()
    kept.name, kept.frequency = _one_line(name), frequency
    kept.save()
    return kept


@transaction.atomic
def change_search(*, search: SavedSearch, actor: Actor, name: str, frequency: str) -> SavedSearch:
    """Another name, another frequency. What changed while no mail was wanted is not told later."""
    row = _own(search, actor)
    if row.frequency == SavedSearch.Frequency.NEVER != frequency:
        row.seen = queries.last_change()
    row.name, row.frequency = _one_line(name), frequency
    row.save()
    return row


@transaction.atomic
def delete_search(*, search: SavedSearch, actor: Actor) -> None:
    """Forget it, its feed too. Repeating it changes nothing."""
    SavedSearch.objects.of(actor).filter(pk=search.pk).delete()


@transaction.atomic
def forget_closed() -> int:
    """Delete what people kept whose log-in is closed; how many."""
    gone, _per_model = SavedSearch.objects.filter(person__is_active=False).delete()
    return gone


@transaction.atomic
def open_feed(*, search: SavedSearch, actor: Actor) -> SavedSearch:
    """Give the search a feed of its own at an address nobody can guess; an old one stops."""
    row = _own(search, actor)
    row.feed_token = secrets.token_urlsafe(24)
    row.save(update_fields=["feed_token"])
    return row


@transaction.atomic
def close_feed(*, search: SavedSearch, actor: Actor) -> SavedSearch:
    """Take the feed away: its address no longer opens anything."""
    row = _own(search, actor)
    row.feed_token = ""
    row.save(update_fields=["feed_token"])
    return row


def _own(search: SavedSearch, actor: Actor) -> SavedSearch:
    rows = SavedSearch.objects.of(actor).select_for_update()
    row = rows.filter(pk=search.pk).first()
    if row is None:
        raise Refused(_("Questa ricerca non c'è più: torna a «Le mie ricerche»."))
    return row


def _demand_room(actor: Actor) -> None:
    if SavedSearch.objects.of(actor).count() >= MOST:
        raise Refused(
            _("Hai già %d ricerche salvate: eliminane una che non ti serve, poi riprova.") % MOST
        )


def _one_line(name: str) -> str:
    return " ".join(name.split())[:120]
