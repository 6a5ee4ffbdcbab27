"""«Chi può fare cosa, ancora?»: once a year, body by body; silence takes nothing away."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.notices.models import Duty
from casa.notices.services import mail_offices
from casa.notices.services.attesting import ATTESTATION, ask_administrators
from casa.registry.actor import actor_for
from casa.registry.models import Body, HandOver, Mandate, TrailLine
from casa.registry.queries import attesting as queries
from casa.registry.services.attesting import confirm_mandate, set_days
from tests.factories import BodyFactory, MandateFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
YEAR = timedelta(days=365)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def body(today):
    return BodyFactory(name="Comune di Prova", attest_by=today + 10 * DAY)


@pytest.fixture
def boss(person, body):
    return person("administrator", body)


@pytest.fixture
def author(body):
    return MandateFactory(body=body, role="author")


def page(body):
    return reverse("entrance:attest", args=[body.slug])


def press(name, mandate):
    return reverse(f"entrance:{name}", args=[mandate.body.slug, mandate.pk])


def confirm(mandate, actor, now):
    return confirm_mandate(mandate=mandate, actor=actor, now=now)


def test_a_body_where_somebody_works_gets_its_day(today, now):
    works, empty = MandateFactory().body, BodyFactory()

    assert (set_days(now=now), set_days(now=now)) == (1, 0)

    days = dict(Body.objects.values_list("pk", "attest_by"))
    assert (days[works.pk], days[empty.pk]) == (today + YEAR, None)


def test_the_last_word_ends_the_round_and_the_next_is_a_year_later(body, boss, author, now, today):
    mine = Mandate.objects.get(person_id=boss.person_id)
    confirm(author, boss, now)
    assert queries.waiting_in(body, on=today).get() == mine

    for _twice in range(2):
        confirm(mine, boss, now)

    body.refresh_from_db()
    assert body.attest_by == today + 10 * DAY + YEAR
    acts = TrailLine.objects.filter(
        act__in=("registry.mandate.confirmed", "registry.body.attested")
    )
    assert [line.act for line in acts.order_by("pk")] == [
        "registry.mandate.confirmed", "registry.mandate.confirmed", "registry.body.attested",
    ]  # fmt: skip


def test_who_came_meanwhile_needs_no_word_and_before_its_days_nobody_does(body, boss, now, today):
    MandateFactory(body=body, starts_on=today)
    assert queries.waiting_in(body, on=today).count() == 1
    Body.objects.update(attest_by=today + 31 * DAY)

    assert not queries.bodies_to_attest(on=today)
    with pytest.raises(Refused, match="si apre 30 giorni prima"):
        confirm(Mandate.objects.get(person_id=boss.person_id), boss, now)


def test_others_confirm_nobody(person, body, author, now):
    for stranger in (person("reviewer", body), person("administrator")):
        with pytest.raises(Refused, match="Solo chi amministra"):
            confirm(author, stranger, now)
    author.refresh_from_db()
    assert author.confirmed_on is None


def test_silence_takes_nothing_away_and_is_shown_to_the_network(body, author, person, now, today):
    Body.objects.update(attest_by=today - 30 * DAY)
    assert not queries.unconfirmed_bodies(on=today)
    Body.objects.update(attest_by=today - 31 * DAY)
    set_days(now=now)

    found = queries.late_for(person(network="manager"), on=today).get()
    assert (found, found.waiting) == (body, 1)
    assert not queries.late_for(person("administrator"), on=today)
    assert actor_for(author.person, on=today).mandates


def test_the_mail_goes_thirty_days_before_on_the_day_and_then_to_the_network(
    body, boss, author, person, now, today, django_capture_on_commit_callbacks
):
    person(network="manager")
    Body.objects.filter(pk=body.pk).update(attest_by=today + 30 * DAY)
    addresses = []
    for days in (0, 30, 45, 60):
        mail.outbox.clear()
        ask_administrators(now=now + days * DAY)
        mail_offices(now=now + days * DAY)
        addresses.append(len({to for one in mail.outbox for to in one.to}))
    owed = Duty.objects.open().get(kind=ATTESTATION)
    assert owed.title == "Chi può fare cosa, ancora? 2 mandati da riconfermare"
    assert addresses == [2, 2, 2, 3]  # who works in the office; at the end the network too

    Body.objects.filter(pk=body.pk).update(attest_by=today)
    with django_capture_on_commit_callbacks(execute=True):
        for mandate in Mandate.objects.filter(body=body):
            confirm(mandate, boss, now)
    assert not Duty.objects.open().filter(kind=ATTESTATION).exists()


# The page
def test_one_press_confirms_and_one_press_ends(client, login, body, boss, author, today):
    login(client, boss)
    text = client.get(page(body)).content.decode()
    assert "Aspettano 2 mandati" in text

    assert client.get(press("confirm", author)).status_code == 405
    assert client.post(press("confirm", author)).url == page(body)
    other = MandateFactory(body=body, role="author")
    assert client.post(press("end_now", other)).url == page(body)

    author.refresh_from_db()
    other.refresh_from_db()
    assert (author.confirmed_on, other.ends_on) == (today, today - DAY)
    assert HandOver.objects.get().mandate == other


def test_what_is_to_pass_on_leads_to_the_guided_page(client, login, body, boss, today):
    login(client, boss)
    mine = Mandate.objects.get(person_id=boss.person_id)

    assert client.post(press("end_now", mine)).url == press("end", mine)

    mine.refresh_from_db()
    assert mine.ends_on is None


def test_others_have_no_page(client, login, person, body, author):
    for who in (person("reviewer", body), person("administrator")):
        login(client, who)
        assert client.get(page(body)).status_code == 403
        assert client.post(press("confirm", author)).status_code == 403
    login(client, person("author", body))
    assert client.get(reverse("registry:hand_overs")).status_code == 403


@pytest.mark.parametrize("more", [1, 5])
def test_the_lists_cost_the_same_with_one_and_with_five(
    client, login, person, body, boss, today, more, django_assert_num_queries
):
    for _each in range(more):
        late = MandateFactory(body__attest_by=today - 40 * DAY, role="author").body
        ended = MandateFactory(body=late, ends_on=today - DAY)
        HandOver.objects.create(mandate=ended, cause="expired", opened_at=timezone.now())
        MandateFactory(body=body, role="author")
    login(client, person(network="manager"))
    client.get(page(body))
    with django_assert_num_queries(7):
        assert client.get(page(body)).status_code == 200
    with django_assert_num_queries(9):
        assert client.get(reverse("registry:hand_overs")).status_code == 200
