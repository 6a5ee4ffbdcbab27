"""What the worker does for the registry: mails. Each takes ids and reads the rows again.

A task sends to one addressee: where an event concerns several, it first makes a task for each
(`only`). A mail server that fails is tried again after growing pauses, so many times and no more.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from casa.foundation.queues import MAIL
from casa.registry.models import Invitation, JoinRequest, Mandate, Person, TrailLine
from casa.registry.services import mails, silence_mails
from casa.registry.services.mails import Letter

logger = logging.getLogger(__name__)
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)


@task(queue_name=MAIL)
def mail_invitation(invitation_id: int, only: int | None = None, attempt: int = 0) -> None:
    """The link to accept, to the invited address."""
    rows = Invitation.objects.select_related("body", "office", "invited_by")
    letters = mails.invitation(rows.get(pk=invitation_id))
    _deliver(mail_invitation, letters, only, attempt, invitation_id=invitation_id)


@task(queue_name=MAIL)
def mail_join_request(request_id: int, only: int | None = None, attempt: int = 0) -> None:
    """A request waits, to those who administer the body."""
    letters = mails.join_request(_request(request_id))
    _deliver(mail_join_request, letters, only, attempt, request_id=request_id)


@task(queue_name=MAIL)
def mail_network(request_id: int, only: int | None = None, attempt: int = 0) -> None:
    """A request came to the network, to its managers."""
    letters = mails.network_request(_request(request_id))
    _deliver(mail_network, letters, only, attempt, request_id=request_id)


@task(queue_name=MAIL)
def mail_decision(request_id: int, only: int | None = None, attempt: int = 0) -> None:
    """The answer, to whoever asked."""
    letters = mails.decision(_request(request_id))
    _deliver(mail_decision, letters, only, attempt, request_id=request_id)


@task(queue_name=MAIL)
def mail_address_asked(person_id: int, only: int | None = None, attempt: int = 0) -> None:
    """Somebody asked for another address, to the present one."""
    letters = mails.address_asked(Person.objects.get(pk=person_id))
    _deliver(mail_address_asked, letters, only, attempt, person_id=person_id)


@task(queue_name=MAIL)
def mail_second_factor_reset(
    person_id: int, line_id: int, only: int | None = None, attempt: int = 0
) -> None:
    """The second factor is gone, to its person; the line of the trail says who did it and why."""
    line = TrailLine.objects.select_related("person").get(pk=line_id)
    letters = mails.second_factor_reset(Person.objects.get(pk=person_id), line)
    ids = {"person_id": person_id, "line_id": line_id}
    _deliver(mail_second_factor_reset, letters, only, attempt, **ids)


@task(queue_name=MAIL)
def mail_welcome(person_id: int, only: int | None = None, attempt: int = 0) -> None:
    """How to get in, to somebody a network manager registered."""
    letters = mails.welcome(Person.objects.get(pk=person_id))
    _deliver(mail_welcome, letters, only, attempt, person_id=person_id)


@task(queue_name=MAIL)
def mail_silent(person_id: int, only: int | None = None, attempt: int = 0) -> None:
    """Who has not come in for a year is asked whether they still need to."""
    letters = silence_mails.silent(Person.objects.get(pk=person_id))
    _deliver(mail_silent, letters, only, attempt, person_id=person_id)


@task(queue_name=MAIL)
def mail_suspended(mandate_id: int, only: int | None = None, attempt: int = 0) -> None:
    """A silent mandate is suspended, to its person."""
    letters = silence_mails.suspended(_mandate(mandate_id))
    _deliver(mail_suspended, letters, only, attempt, mandate_id=mandate_id)


@task(queue_name=MAIL)
def mail_back_asked(mandate_id: int, only: int | None = None, attempt: int = 0) -> None:
    """Somebody asks for a suspended mandate, to those who administer the body."""
    letters = silence_mails.back_asked(_mandate(mandate_id))
    _deliver(mail_back_asked, letters, only, attempt, mandate_id=mandate_id)


def _mandate(mandate_id: int) -> Mandate:
    return Mandate.objects.select_related("person", "body", "office").get(pk=mandate_id)


def _request(request_id: int) -> JoinRequest:
    return JoinRequest.objects.select_related("body", "person").get(pk=request_id)


def _deliver(
    again: Task[Any, None], letters: Sequence[Letter], only: int | None, attempt: int, **ids: int
) -> None:
    """Send the one letter there is, or that was asked for; of several make a task each."""
    if only is None and len(letters) > 1:
        for letter in letters:
            again.enqueue(**ids, only=letter.key)
        return
    for letter in letters:
        if only in (None, letter.key):
            _send(again, letter, attempt, ids)


def _send(again: Task[Any, None], letter: Letter, attempt: int, ids: dict[str, int]) -> None:
    """Send a letter; on failure try later, and at the end say so in the log, without addresses."""
    try:
        letter.send()
    except (SMTPException, OSError) as failure:
        what = f"{again.name} {ids} to person {letter.key}: {type(failure).__name__}"
        if attempt >= len(PAUSES):
            logger.error("Mail given up after %s attempts: %s", attempt + 1, what)  # noqa: TRY400
            raise
        logger.warning("Mail not sent, tried again in %s: %s", PAUSES[attempt], what)
        later = again.using(run_after=timezone.now() + PAUSES[attempt])
        later.enqueue(**ids, only=letter.key, attempt=attempt + 1)
