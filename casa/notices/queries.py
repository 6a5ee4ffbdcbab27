"""Reads about notices."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet

from casa.notices.access import may_follow
from casa.notices.models import Duty, Follow, News, Notice
from casa.notices.things import Thing
from casa.registry.actor import Actor, actor_for
from casa.registry.trail import key_of

FEED_LINES = 50


@dataclass(frozen=True, slots=True)
class Following:
    """A thing, and how the actor follows it: what the button «Segui» of its page needs."""

    thing: Thing
    follow: Follow | None


def following_of(actor: Actor, subject: Model) -> Following | None:
    """How the actor follows the subject of a page; None for who may follow nothing.

    The subject is a model with a page of its own (`get_absolute_url`).
    """
    if not may_follow(actor):
        return None
    address = subject.get_absolute_url()  # type: ignore[attr-defined]
    return following(actor, Thing(key_of(subject), str(subject)[:300], address))


def following(actor: Actor, thing: Thing) -> Following:
    """Whether the actor follows the thing."""
    return Following(thing, Follow.objects.of(actor).filter(key=thing.key).first())


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """What the actor was told, newest first, of what they may still read."""
    return Notice.objects.of(actor).select_related("news")


def follows_of(actor: Actor) -> QuerySet[Follow]:
    return Follow.objects.of(actor)


def duties_of(actor: Actor) -> QuerySet[Duty]:
    """What the bodies of the actor owe, the most urgent first."""
    return Duty.objects.visible_to(actor).open().soonest_first().select_related("office__body")


def counts(actor: Actor) -> tuple[int, int]:
    """Notices to read and duties to do."""
    unread = Notice.objects.of(actor).unread().count()
    return unread, Duty.objects.visible_to(actor).open().count()


def behind(token: str) -> Follow | None:
    """The follow whose private feed has this address."""
    rows = Follow.objects.filter(feed_token=token, person__is_active=True)
    return rows.select_related("person").first()


def feed_of(follow: Follow, *, on: date) -> QuerySet[News]:
    """What happened to the thing, as far as its follower may read it today."""
    actor = actor_for(follow.person, on=on)
    return News.objects.about(follow.key).readable_by(actor)[:FEED_LINES]


def followers(key: str) -> int:
    """How many people follow a thing."""
    return Follow.objects.filter(key=key).count()
