"""The lines of an Atom feed: what a search finds now, last changed first."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache

from casa.notices.queries import reader_on
from casa.registry.actor import ANONYMOUS, Actor
from casa.search.models import IndexCard, SavedSearch
from casa.search.passages import beginning_of
from casa.search.queries.saved import every_key

LINES = 30
LOOKED_AT = 200
FRESH_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    title: str
    url: str
    summary: str
    body: str
    changed_at: datetime


def public_lines(*, words: str, filters: Mapping[str, Sequence[str]]) -> list[Line]:
    """What anybody may read. Keys are kept for five minutes; cards are looked up each time.

    So a feed costs little, and never shows what was closed or withdrawn since.
    """
    asked = json.dumps([words, sorted(filters.items())])
    name = f"search.feed:{hashlib.sha256(asked.encode()).hexdigest()}"
    keys = cache.get(name)
    if keys is None:
        keys = every_key(ANONYMOUS, words=words, filters=filters, most=LOOKED_AT)
        cache.set(name, keys, FRESH_SECONDS)
    return _lines(ANONYMOUS, keys)


def saved_behind(token: str) -> SavedSearch | None:
    """The saved search whose feed has this address."""
    rows = SavedSearch.objects.select_related("person").exclude(feed_token="")
    return rows.filter(feed_token=token, person__is_active=True).first()


def private_lines(saved: SavedSearch, *, on: date) -> list[Line]:
    """What the owner may read that day; nothing once they work for nobody."""
    actor = reader_on(saved.person, on=on)
    if not actor.is_member:
        return []
    keys = every_key(actor, words=saved.words, filters=saved.filters, most=LOOKED_AT)
    return _lines(actor, keys)


def _lines(actor: Actor, keys: Sequence[str]) -> list[Line]:
    cards = IndexCard.objects.visible_to(actor).filter(key__in=keys).select_related("body")
    return [
        Line(
            key=card.key,
            title=card.title,
            url=card.url,
            summary=beginning_of(card.object or card.text),
            body=card.body.name if card.body else "",
            changed_at=card.changed_at,
        )
        for card in cards.order_by("-sequence")[:LINES]
    ]
