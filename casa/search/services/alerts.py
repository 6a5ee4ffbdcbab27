"""Mails about saved searches: one per person and round, none when there is nothing new."""

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.notices.queries import reader_on
from casa.registry.actor import Actor
from casa.registry.models import Person
from casa.registry.services.mails import address
from casa.search import queries
from casa.search.engine.seam import EngineUnavailable
from casa.search.models import SavedSearch
from casa.search.models.saved import SavedSearchQuerySet
from casa.search.queries import News

logger = logging.getLogger(__name__)
WEEK = timedelta(days=7)
LINES = 10
Frequency = SavedSearch.Frequency


def send_alerts(*, now: datetime) -> int:
    """Tell every owner what is new for them; how many mails went out.

    Each owner stands alone: a mail that the server does not take is tried again next time, with
    what is new by then, and keeps nobody else waiting. While the index is away nobody is told
    anything.
    """
    until = queries.applied()
    if until is None:
        return 0
    rows = _due(until=until, now=now).values_list("person_id", "pk")
    sent = 0
    for person_id, group in groupby(rows, key=lambda row: row[0]):
        try:
            sent += _tell(person_id, [pk for _person, pk in group], until=until, now=now)
        except EngineUnavailable:
            return sent
        except (smtplib.SMTPException, OSError) as reason:
            logger.warning("The alerts of person %s wait: %s", person_id, reason)
    return sent


@transaction.atomic
def stop_alerts(*, token: str) -> list[SavedSearch]:
    """No more mail for the searches that a link in a mail names; they stay in the owner's list.

    The link is signed and needs no log-in. Refuses one that this platform did not write.
    """
    rows = list(queries.named_by(token).select_for_update())
    for row in rows:
        row.frequency = Frequency.NEVER
        row.save(update_fields=["frequency"])
    return rows


@transaction.atomic
def resume_alerts(*, token: str) -> list[SavedSearch]:
    """The same link turned back: a mail a week again, about what changes from now on."""
    rows = list(queries.named_by(token).filter(frequency=Frequency.NEVER).select_for_update())
    for row in rows:
        row.frequency, row.seen = Frequency.WEEKLY, queries.last_change()
        row.save(update_fields=["frequency", "seen"])
    return rows


def stop_link(searches: Sequence[SavedSearch]) -> str:
    """The address that stops the mails of these searches; only this platform can write it."""
    token = signing.dumps([search.pk for search in searches], salt=queries.ALERT_SALT)
    return address(reverse("search:stop_alerts", args=[token]))


def _due(*, until: int, now: datetime) -> SavedSearchQuerySet:
    """Searches that something may be new for; weekly ones a week after their last mail."""
    rested = Q(told_at__lte=now - WEEK) | Q(told_at=None, created_at__lte=now - WEEK)
    wanted = Q(frequency=Frequency.AT_ONCE) | Q(frequency=Frequency.WEEKLY) & rested
    return SavedSearch.objects.wanting_mail().filter(wanted, seen__lt=until)


@transaction.atomic
def _tell(person_id: int, ids: list[int], *, until: int, now: datetime) -> int:
    """Find as the owner, write down how far they know, then send: a failed mail undoes the rest.

    What another worker told while this one waited for the row is not due any more: the database
    asks the locked rows again.
    """
    person = Person.objects.get(pk=person_id)
    actor = reader_on(person, on=timezone.localdate(now))
    if not actor.is_member:
        return 0
    due = _due(until=until, now=now).filter(pk__in=ids).order_by("name", "pk")
    rows = list(due.select_for_update(of=["self"]))
    news = _news(actor, rows, until=until)
    told = {one.search.pk for one in news}
    for row in rows:
        row.seen = until
        row.told_at = now if row.pk in told else row.told_at
        row.save(update_fields=["seen", "told_at"])
    return _mail(person, news) if news else 0


def _news(actor: Actor, rows: Sequence[SavedSearch], *, until: int) -> list[News]:
    """What is new for each search; a card that two of them find is told once."""
    said: set[str] = set()
    found = []
    for row in rows:
        found.append(queries.news_for(actor, row, until=until, limit=LINES, but=said))
        said |= found[-1].keys
    return [one for one in found if one.total]


def _mail(person: Person, news: Sequence[News]) -> int:
    stop_all = stop_link([one.search for one in news])
    context = {
        "person": person,
        "sections": [(one, stop_link([one.search])) for one in news],
        "mine": address(reverse("search:saved")),
        "results": address(reverse("search:results")),
        "site": address(""),
        "stop_all": stop_all,
    }
    letter = EmailMultiAlternatives(
        f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{_subject(news)}",
        render_to_string("search/mail/alert.txt", context),
        to=[person.email],
        headers={
            "List-Unsubscribe": f"<{stop_all}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    html = render_to_string("search/mail/alert.html", context)
    letter.attach_alternative(html, "text/html")
    return letter.send()


def _subject(news: Sequence[News]) -> str:
    total = sum(one.total for one in news)
    if len(news) > 1:
        return _("Novità per %(searches)d ricerche salvate") % {"searches": len(news)}
    return _("%(total)d novità per «%(name)s»") % {"total": total, "name": news[0].search.name}
