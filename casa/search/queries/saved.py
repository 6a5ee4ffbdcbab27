"""Saved searches: the owner's list, who the owner is today, what is new since last time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.core import signing
from django.db.models import Max

from casa.registry.actor import Actor, actor_for, weakened
from casa.registry.models import Person
from casa.search import engine
from casa.search.engine.seam import DEEPEST, Sort
from casa.search.models import IndexCard, SavedSearch
from casa.search.models.saved import SavedSearchQuerySet
from casa.search.queries.cards import links
from casa.search.queries.finding import understood
from casa.search.queries.results import Link
from casa.search.queries.searching import Search

ALERT_SALT = "casa.search.alerts"


@dataclass(frozen=True, slots=True)
class News:
    """What changed for one saved search: the first lines, and how many there are in all."""

    search: SavedSearch
    lines: tuple[Link, ...]
    total: int

    @property
    def others(self) -> int:
        return self.total - len(self.lines)


def saved_by(actor: Actor) -> SavedSearchQuerySet:
    return SavedSearch.objects.of(actor)


def already_saved(
    actor: Actor, *, words: str, filters: Mapping[str, Sequence[str]]
) -> SavedSearch | None:
    """The same question, when the actor keeps it already."""
    return SavedSearch.objects.of(actor).filter(words=words, filters=dict(filters)).first()


def named_by(token: str) -> SavedSearchQuerySet:
    """The searches that a link in a mail names. Raises `BadSignature` for a link not ours."""
    return SavedSearch.objects.filter(pk__in=signing.loads(token, salt=ALERT_SALT))


def owner_on(person: Person, *, on: date) -> Actor:
    """The owner with the rights of that day. What waits for a second factor waits here too."""
    actor = actor_for(person, on=on)
    if actor.needs_strong_login and not _has_second_factor(person):
        return weakened(actor)
    return actor


def applied() -> int | None:
    """The last change that the index holds; nothing when it cannot be asked."""
    health = engine.current().health()
    return health.applied.sequence if health.applied and not health.problem else None


def last_change() -> int:
    """The last change of a card, whether the index holds it already or not."""
    return IndexCard.objects.aggregate(last=Max("sequence"))["last"] or 0


def news_for(actor: Actor, saved: SavedSearch, *, until: int, limit: int) -> News:
    """The cards found that changed after the owner was last told, newest first.

    Raises `EngineUnavailable` when the index cannot be asked: then nothing is known.
    """
    changed = IndexCard.objects.visible_to(actor).filter(
        sequence__gt=saved.seen, sequence__lte=until
    )
    if not changed.exists():
        return News(saved, (), 0)
    keys = every_key(actor, words=saved.words, filters=saved.filters)
    cards = changed.filter(key__in=keys).select_related("body").order_by("-sequence")
    return News(saved, links(list(cards[:limit])), cards.count())


def every_key(
    actor: Actor, *, words: str, filters: Mapping[str, Sequence[str]], most: int = DEEPEST
) -> tuple[str, ...]:
    """The keys of what a search finds with every word, newest first, as deep as it goes."""
    return Search(actor, filters, Sort.NEWEST, 1).keys(understood(words), limit=most)


def _has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type="totp").exists())
