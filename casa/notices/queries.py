"""Reads about notices."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.core import signing
from django.db.models import Model, QuerySet
from django.urls import reverse

from casa.notices.access import may_follow
from casa.notices.models import Duty, Follow, News, Notice
from casa.notices.models.follows import FollowQuerySet
from casa.notices.things import Thing
from casa.registry.actor import ANONYMOUS, Actor, actor_for, weakened
from casa.registry.models import Person
from casa.registry.trail import key_of

FEED_LINES = 50
MUTE_SALT = "casa.notices.mute"
MAILED = (Follow.Cadence.AT_ONCE, Follow.Cadence.WEEKLY)


@dataclass(frozen=True, slots=True)
class Following:
    """A thing, and how the actor follows it: what the button «Segui» of its page needs.

    `feed` is the address of the Atom feed that anybody may read, empty where not everybody may.
    """

    thing: Thing
    follow: Follow | None = None
    may: bool = False
    feed: str = ""

    @property
    def atom(self) -> str:
        """The feed that this reader can follow: the one of all, else their own."""
        token = self.follow.feed_token if self.follow else ""
        return self.feed or (reverse("notices:feed", args=[token]) if token else "")

    @property
    def paces(self) -> list[tuple[str, str, bool]]:
        """When to be told: value, words, whether it is the one chosen."""
        chosen = self.follow.cadence if self.follow else Follow.Cadence.WEEKLY
        return paces(chosen)


def paces(chosen: str) -> list[tuple[str, str, bool]]:
    return [(value, str(words), value == chosen) for value, words in Follow.Cadence.choices]


def following_of(actor: Actor, subject: Model, *, feed: str = "") -> Following:
    """How the actor follows the subject of a page: a model with a page of its own."""
    address = subject.get_absolute_url()  # type: ignore[attr-defined]
    return following(actor, Thing(key_of(subject), str(subject)[:300], address), feed=feed)


def following(actor: Actor, thing: Thing, *, feed: str = "") -> Following:
    """Whether the actor follows the thing. One query, none for who may follow nothing."""
    if not may_follow(actor):
        return Following(thing, feed=feed)
    follow = Follow.objects.of(actor).filter(key=thing.key).first()
    return Following(thing, follow, may=True, feed=feed)


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
    rows = Follow.objects.exclude(feed_token="").filter(person__is_active=True)
    return rows.filter(feed_token=token).select_related("person").first()


def feed_of(follow: Follow, *, on: date) -> QuerySet[News]:
    """What happened to the thing, as far as its follower may read it today."""
    return news_about(follow.key, reader_on(follow.person, on=on))


def news_about(key: str, actor: Actor = ANONYMOUS) -> QuerySet[News]:
    """What happened to a thing, newest first, as far as the actor may read it."""
    return News.objects.about(key).readable_by(actor)[:FEED_LINES]


def reader_on(person: Person, *, on: date) -> Actor:
    """A person with the rights of that day. What waits for a second factor waits here too."""
    actor = actor_for(person, on=on)
    if actor.needs_strong_login and not _has_second_factor(person):
        return weakened(actor)
    return actor


def reasons(person: Person, news: Iterable[News]) -> dict[int, list[Follow]]:
    """Why a person is told of each news: the follows that hold today. One query."""
    told = list(news)
    keys = {key for one in told for key in one.keys}
    by_key = {row.key: row for row in person.follows.awake().filter(key__in=keys)}
    return {one.pk: [by_key[key] for key in one.keys if key in by_key] for one in told}


def told_by_mail(person_id: int, keys: Collection[str]) -> dict[str, datetime]:
    """Of which of the things a mail tells, or told, the person, and since when. Two queries.

    What the worker has not spread yet counts for whom it will reach.
    """
    rows = Notice.objects.filter(person_id=person_id, cadence__in=MAILED)
    rows = rows.filter(news__keys__overlap=list(keys), news__withdrawn_at=None)
    told: dict[str, datetime] = {}
    for named, at in rows.order_by("created_at").values_list("news__keys", "created_at"):
        told |= dict.fromkeys(named, at)
    mine = Follow.objects.awake().filter(person_id=person_id, cadence__in=MAILED).values("key")
    coming = News.objects.standing().filter(spread_at=None, keys__overlap=list(keys))
    coming = coming.filter(keys__overlap=ArraySubquery(mine)).order_by("happened_at")
    for named, at in coming.values_list("keys", "happened_at"):
        told |= dict.fromkeys(named, at)
    return told


def followed_below(prefix: str) -> list[str]:
    """The followed things whose keys begin so: the articles of an act. One query."""
    rows = Follow.objects.filter(key__startswith=prefix).order_by("key")
    return list(rows.values_list("key", flat=True).distinct())


def named_by(token: str) -> FollowQuerySet:
    """The follows that a link of a mail names: one of a person, or all (0).

    What passed to a colleague is not theirs any more. Raises `BadSignature` for a link not ours.
    """
    person_id, pk = signing.loads(token, salt=MUTE_SALT)
    rows = Follow.objects.filter(person_id=person_id)
    return rows.filter(pk=pk) if pk else rows


def followers(key: str) -> int:
    """How many people follow a thing."""
    return Follow.objects.filter(key=key).count()


def _has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type="totp").exists())
