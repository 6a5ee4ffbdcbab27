"""Requests that come to the network: its managers are told once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from casa.foundation import schedule
from casa.registry.models import JoinRequest
from casa.registry.services import entrance, mails
from tests.factories import (
    BodyFactory,
    JoinRequestFactory,
    MandateFactory,
    NetworkRoleFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Europe/Rome"))
NEXT_FRIDAY = FRIDAY + timedelta(days=7)  # five working days later


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def boss(body):
    return MandateFactory(body=body, role="administrator").person


@pytest.fixture
def manager():
    return NetworkRoleFactory().person


@pytest.fixture
def tell(mailoutbox, django_capture_on_commit_callbacks):
    """Tell the network; gives the addressees."""

    def told(now):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            entrance.tell_network(now=now)
        return [mail.to[0] for mail in mailoutbox]

    return told


def test_after_five_working_days_the_network_is_told_once(body, boss, manager, tell, mailoutbox):
    request = JoinRequestFactory(body=body, asked_at=FRIDAY)

    assert tell(NEXT_FRIDAY - timedelta(days=1)) == []
    assert tell(NEXT_FRIDAY) == [manager.email]
    assert "ormai, anche la gestione della rete" in mailoutbox[0].body
    assert tell(NEXT_FRIDAY + timedelta(hours=1)) == []
    request.refresh_from_db()
    assert request.network_told_at == NEXT_FRIDAY


def test_when_the_last_administrator_goes_the_network_is_told(
    body, boss, manager, tell, mailoutbox
):
    JoinRequestFactory(body=body, asked_at=FRIDAY)
    assert tell(FRIDAY) == []

    boss.mandates.update(suspended_on=FRIDAY.date())

    assert tell(FRIDAY) == [manager.email]
    assert "non ha ancora chi lo amministra" in mailoutbox[0].body


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn"])
def test_of_decided_requests_nobody_is_told(body, manager, tell, state):
    JoinRequestFactory(body=body, asked_at=FRIDAY, state=state, decided_at=FRIDAY)

    assert tell(NEXT_FRIDAY) == []


def test_while_nobody_manages_the_network_requests_wait_to_be_told(body, tell):
    JoinRequestFactory(body=body, asked_at=FRIDAY)
    assert tell(FRIDAY) == []

    manager = NetworkRoleFactory().person

    assert tell(FRIDAY) == [manager.email]


def test_a_manager_is_not_told_of_their_own_request(body, manager, tell):
    other = NetworkRoleFactory().person
    JoinRequestFactory(body=body, person=manager, asked_at=FRIDAY)

    assert tell(FRIDAY) == [other.email]


def test_a_request_decided_before_the_mail_leaves_sends_none(body, manager, mailoutbox):
    request = JoinRequestFactory(
        body=body, asked_at=FRIDAY, state="accepted", decided_at=timezone.now()
    )

    assert mails.network_request(request) == []

    assert mailoutbox == []


def test_one_that_is_orphan_when_asked_reaches_the_network_once(
    body, manager, person, tell, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        entrance.ask_to_join(
            body=body, role="author", message="Lavoro lì.", actor=person(), now=FRIDAY
        )

    assert [mail.to[0] for mail in mailoutbox] == [manager.email]
    assert JoinRequest.objects.get().network_told_at == FRIDAY
    assert tell(NEXT_FRIDAY) == []


def test_telling_asks_the_same_questions_of_one_request_and_of_five(
    body, manager, django_assert_num_queries
):
    for batch in (1, 5):
        for _ in range(batch):
            JoinRequestFactory(body=body, person=PersonFactory(), asked_at=FRIDAY)
        with django_assert_num_queries(5):  # managers, rows, update; savepoint twice
            assert entrance.tell_network(now=FRIDAY) == batch


def test_the_worker_looks_every_hour():
    assert {job.name: job.seconds for job in schedule.jobs()}["registry.tell_network"] == 3600
