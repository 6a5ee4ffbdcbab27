"""Mails leave one by one; a mail server that fails is tried again, so many times and no more."""

from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from casa.registry import tasks
from casa.registry.services import mails
from tests.factories import BodyFactory, JoinRequestFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db


class Server(EmailBackend):
    """Takes no mail for the addresses in `down`."""

    down: set[str] = set()

    def send_messages(self, messages):
        for message in messages:
            if self.down & set(message.to):
                raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture
def queue(settings):
    """The queue of a real house, and a mail server that may fail."""
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks_db.DatabaseBackend",
            "ENQUEUE_ON_COMMIT": False,
            "QUEUES": ["default", "mail"],
        }
    }
    settings.EMAIL_BACKEND = "tests.registry.test_mails.Server"
    Server.down = set()
    yield DBTaskResult.objects
    Server.down = set()


def work(queue, *, later=timedelta()):
    """Do what is due by then, once each; gives how many tasks failed."""
    failed = 0
    due = Q(run_after=get_date_max()) | Q(run_after__lte=timezone.now() + later)
    for row in list(queue.filter(due, status=TaskResultStatus.READY)):
        result = row.task_result
        try:
            row.task.call(*result.args, **result.kwargs)
        except SMTPException as failure:
            row.set_failed(failure)
            failed += 1
        else:
            row.set_successful(None)
    return failed


@pytest.fixture
def two_deciders():
    body = BodyFactory()
    deciders = [
        MandateFactory(body=body, role="administrator").person.email for _person in range(2)
    ]
    return JoinRequestFactory(body=body), deciders


def test_one_address_that_fails_keeps_no_mail_from_the_others(queue, two_deciders, mailoutbox):
    request, (good, bad) = two_deciders
    Server.down = {bad}

    tasks.mail_join_request.enqueue(request_id=request.pk)
    work(queue)
    assert work(queue) == 0
    assert [mail.to for mail in mailoutbox] == [[good]]

    Server.down = set()
    work(queue)
    assert len(mailoutbox) == 1  # not before its time
    work(queue, later=tasks.PAUSES[0])
    assert [mail.to for mail in mailoutbox] == [[good], [bad]]
    work(queue, later=timedelta(days=1))
    assert len(mailoutbox) == 2


def test_a_mail_is_given_up_after_growing_pauses_and_the_log_says_so(queue, mailoutbox, caplog):
    somebody = PersonFactory()
    Server.down = {somebody.email}
    tasks.mail_welcome.enqueue(person_id=somebody.pk)

    failed = [work(queue, later=sum(tasks.PAUSES, timedelta())) for _attempt in range(8)]

    assert failed == [0, 0, 0, 0, 0, 1, 0, 0]
    assert list(tasks.PAUSES) == sorted(tasks.PAUSES)
    last = [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(last) == 1
    assert last[0].getMessage() == (
        f"Mail given up after 6 attempts: mail_welcome {{'person_id': {somebody.pk}}} "
        f"to person {somebody.pk}: SMTPRecipientsRefused"
    )
    assert somebody.email not in caplog.text
    assert mailoutbox == []


def test_the_queue_holds_no_address(queue, two_deciders):
    request, deciders = two_deciders
    tasks.mail_join_request.enqueue(request_id=request.pk)
    work(queue)

    assert queue.count() == 3
    for row in queue.all():
        assert not any(address in str(row.args_kwargs) for address in deciders)


def test_a_subject_is_one_line_whatever_the_body_is_called(mailoutbox):
    request = JoinRequestFactory(body=BodyFactory(name="Unione dei\nColli"))
    MandateFactory(body=request.body, role="administrator")

    for letter in mails.join_request(request):
        letter.send()

    assert mailoutbox[0].subject.endswith("Unione dei Colli")
