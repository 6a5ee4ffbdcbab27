"""Mails: to persons about what they follow, to offices about what they owe. None when empty."""

import logging
import smtplib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from casa.notices import letters, queries
from casa.notices.letters import Line
from casa.notices.models import Duty, Follow, News, Notice
from casa.notices.models.duties import WORKERS
from casa.notices.services.acting import link_of
from casa.notices.services.muting import mute_all_link, mute_link
from casa.registry.actor import Actor
from casa.registry.models import Mandate, Office, Person

logger = logging.getLogger(__name__)
NOT_TAKEN = (smtplib.SMTPException, OSError)
WEEK = timedelta(days=7)
MOST_NEWS = 30


def mail_at_once(*, now: datetime) -> int:
    """Tell those who want to know at once; how many mails went out."""
    waiting = Notice.objects.filter(cadence=Follow.Cadence.AT_ONCE, mailed_at=None, read_at=None)
    return to_each(_persons(waiting), lambda pk: _tell(pk, Follow.Cadence.AT_ONCE, now=now))


def mail_weekly(*, now: datetime) -> int:
    """Tell those who want one mail a week, a week after their last one."""
    rows = Notice.objects.filter(cadence=Follow.Cadence.WEEKLY)
    recent = rows.filter(person_id=OuterRef("person_id"), mailed_at__gt=now - WEEK)
    waiting = rows.filter(mailed_at=None, read_at=None).exclude(Exists(recent))
    return to_each(_persons(waiting), lambda pk: _tell(pk, Follow.Cadence.WEEKLY, now=now))


def mail_offices(*, now: datetime) -> int:
    """Remind offices of what they owe, once a week and only where something is open."""
    rows = Duty.objects.filter(office_id=OuterRef("office_id"), mailed_at__gt=now - WEEK)
    open_ones = Duty.objects.open().filter(office__closed_on=None, office__body__closed_on=None)
    waiting = open_ones.exclude(Exists(rows)).order_by("office_id")
    offices = waiting.values_list("office_id", flat=True).distinct()
    return to_each(list(offices), lambda pk: remind_office(pk, now=now))


def _persons(waiting: QuerySet[Notice]) -> list[int]:
    rows = waiting.filter(person__is_active=True)
    rows = rows.exclude(person__email="").order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def to_each(keys: Sequence[int], send: Callable[[int], int]) -> int:
    """Each stands alone: a mail that the server does not take waits for the next round."""
    sent = 0
    for key in keys:
        try:
            sent += send(key)
        except NOT_TAKEN as reason:
            logger.warning("A digest for %s waits: %s", key, reason)
    return sent


def send_each(addresses: Sequence[str], letter: Callable[[str], EmailMultiAlternatives]) -> int:
    """An address that the server does not take keeps no colleague waiting, and none is written to
    again for its sake. Raises when no address at all is taken."""
    sent, refused = 0, None
    for to in addresses:
        try:
            sent += letter(to).send()
        except NOT_TAKEN as reason:
            logger.warning("A mail is not taken: %s", reason)
            refused = reason
    if refused is not None and not sent:
        raise refused
    return sent


@transaction.atomic
def _tell(person_id: int, cadence: str, *, now: datetime) -> int:
    """With the rights of today; written down first, so that a failed mail undoes it."""
    person = Person.objects.get(pk=person_id)
    actor = queries.reader_on(person, on=timezone.localdate(now))
    waiting = Notice.objects.filter(
        person=person, cadence=cadence, mailed_at=None, read_at=None
    ).select_for_update(of=["self"])
    notices = list(waiting.select_related("news"))
    lines = _lines(person, actor, [one.news for one in notices])
    told = {news.pk for news, _why in lines}
    _note(notices, told, now=now)
    if not lines:
        return 0
    return letters.news(
        person,
        lines[:MOST_NEWS],
        more=len(lines) - MOST_NEWS,
        link=mute_link,
        stop_all=mute_all_link(person),
    ).send()


def _lines(person: Person, actor: Actor, waiting: Sequence[News]) -> list[Line]:
    """What may be told today, each with why: who stopped or paused meanwhile is told nothing."""
    readable = [one for one in waiting if one.token in actor.tokens and not one.withdrawn_at]
    why = queries.reasons(person, readable)
    lines = [(one, [row for row in why[one.pk] if row.wants_mail]) for one in readable]
    return [(one, rows) for one, rows in lines if rows]


def _note(notices: Sequence[Notice], told: Collection[int], *, now: datetime) -> None:
    """What no mail tells stays here, and puts no later mail off."""
    mailed = [one.pk for one in notices if one.news_id in told]
    kept = [one.pk for one in notices if one.news_id not in told]
    Notice.objects.filter(pk__in=mailed).update(mailed_at=now)
    Notice.objects.filter(pk__in=kept).update(cadence=Follow.Cadence.HERE)


@transaction.atomic
def remind_office(office_id: int, *, now: datetime) -> int:
    office = Office.objects.select_related("body").get(pk=office_id)
    duties = list(
        Duty.objects.open().filter(office=office).soonest_first().select_for_update(of=["self"])
    )
    addresses = _addresses(office, now=now)
    if not duties or not addresses or office.closed_on or office.body.closed_on:
        return 0
    Duty.objects.filter(pk__in=[duty.pk for duty in duties]).update(mailed_at=now)
    return send_each(addresses, lambda to: letters.duties(office, duties, to=to, link=link_of))


def _addresses(office: Office, *, now: datetime) -> list[str]:
    """The office's own mailbox, else those of the people who work there."""
    if office.email:
        return [office.email]
    held = Mandate.objects.in_force(on=timezone.localdate(now)).filter(
        office=office, role__in=WORKERS, person__is_active=True
    )
    people = held.exclude(person__email="").order_by("person__email")
    return list(people.values_list("person__email", flat=True).distinct())
