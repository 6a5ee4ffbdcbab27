"""A fact is written down at once, in the transaction of the room that knows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import Truncator

from casa.notices import tasks
from casa.notices.models import News

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact: the things it is about, what happened, where it is read and who may read it."""

    keys: Sequence[str]
    kind: str
    title: str
    url: str
    token: str
    summary: str = ""


def is_told(key: str) -> bool:
    """Whether there is already a news about this very thing: for whoever may be called twice."""
    return News.objects.about(key).exists()


def untold(keys: Sequence[str]) -> list[str]:
    """Those of the things that there is no news about. One query."""
    about = News.objects.filter(keys__overlap=list(keys)).values_list("keys", flat=True)
    told = {key for found in about for key in found}
    return [key for key in keys if key not in told]


def tell(told: Told, *, now: datetime) -> News:
    """Write the fact down. Whoever follows one of its things is told after the commit."""
    news = News.objects.create(
        keys=list(told.keys),
        kind=told.kind,
        title=Truncator(told.title).chars(LONGEST_TITLE),
        summary=told.summary,
        url=told.url,
        token=told.token,
        happened_at=now,
    )
    transaction.on_commit(lambda: tasks.spread.enqueue(news.pk))
    return news


@transaction.atomic
def take_back(*, keys: Collection[str], now: datetime) -> int:
    """Things were withdrawn: what was told of them is told to nobody any more, here or by mail.

    How many news that concerns. Whoever was mailed already was; repeating it changes nothing.
    """
    rows = News.objects.standing().filter(keys__overlap=list(keys))
    return rows.update(withdrawn_at=now)
