"""Who does not come in for a year: told by mail, suspended with one press, back by asking."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.notices.models import Duty
from casa.notices.services.attesting import BACK_ASKED, SILENT, ask_administrators
from casa.registry.actor import actor_for
from casa.registry.models import Mandate, Person, TrailLine
from casa.registry.services.mandates import resume_mandate
from casa.registry.services.silence import ask_back, suspend_silent, warn_silent
from tests.factories import BodyFactory, MandateFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def boss(person, body):
    return person("administrator", body)


@pytest.fixture
def sleeper(body, now):
    """An author who came in last more than a year ago."""
    mandate = MandateFactory(body=body, role="author", starts_on=(now - 800 * DAY).date())
    seen = now - 400 * DAY
    Person.objects.filter(pk=mandate.person_id).update(last_login=seen, joined_at=now - 800 * DAY)
    mandate.refresh_from_db()
    return mandate


def warned(mandate, now, days):
    on = timezone.localdate(now) - days * DAY
    Mandate.objects.filter(pk=mandate.pk).update(warned_on=on)
    mandate.refresh_from_db()


def press(name, *args):
    return reverse(f"entrance:{name}", args=args)


def actor(mandate, now):
    return actor_for(mandate.person, on=timezone.localdate(now))


def test_they_are_told_once_and_by_which_day_to_come_in(
    sleeper, boss, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert warn_silent(now=now) == 1
        assert warn_silent(now=now + DAY) == 0

    [letter] = mail.outbox
    assert letter.to == [sleeper.person.email]
    assert "Comune di Prova (Redazione)" in letter.body
    assert "Se non entri" in letter.body


@pytest.mark.parametrize("change", [{"last_login": "now"}, {"is_active": False}, {"is_demo": True}])
def test_nobody_else_is_told(sleeper, now, change):
    change = {key: now if value == "now" else value for key, value in change.items()}
    Person.objects.filter(pk=sleeper.person_id).update(**change)
    assert warn_silent(now=now) == 0


def test_who_fell_silent_again_is_told_again(sleeper, now):
    Mandate.objects.filter(pk=sleeper.pk).update(warned_on=(now - 500 * DAY).date())
    assert warn_silent(now=now) == 1


def test_one_press_suspends_and_tells_how_to_come_back(
    client, login, body, boss, sleeper, now, django_capture_on_commit_callbacks
):
    login(client, boss)
    page, button = press("attest", body.slug), press("suspend_silent", body.slug, sleeper.pk)
    assert button not in client.get(page).content.decode()
    warned(sleeper, now, 30)
    assert button in client.get(page).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(button)
        client.post(button)

    sleeper.refresh_from_db()
    assert sleeper.suspended_on == timezone.localdate(now)
    [letter] = mail.outbox
    assert letter.to == [sleeper.person.email]
    assert "Chiedi di riprendere" in letter.body
    assert TrailLine.objects.filter(act="registry.mandate.suspended").count() == 1


def test_it_is_refused_before_the_notice_is_over_and_to_who_came_in(sleeper, boss, person, now):
    for days in (0, 29):
        warned(sleeper, now, days)
        with pytest.raises(Refused, match="trenta giorni"):
            suspend_silent(mandate=sleeper, actor=boss, now=now)
    warned(sleeper, now, 30)
    for other in (person("administrator"), person("author", sleeper.body)):
        with pytest.raises(Refused, match="chi amministra"):
            suspend_silent(mandate=sleeper, actor=other, now=now)
    Person.objects.filter(pk=sleeper.person_id).update(last_login=now)
    with pytest.raises(Refused, match="Ha ripreso"):
        suspend_silent(mandate=sleeper, actor=boss, now=now)


def test_they_ask_to_come_back_and_an_administrator_lets_them(
    client, login, body, boss, sleeper, now, django_capture_on_commit_callbacks
):
    warned(sleeper, now, 30)
    suspend_silent(mandate=sleeper, actor=boss, now=now)
    login(client, actor(sleeper, now))
    ask = press("ask_back", sleeper.pk)
    assert ask in client.get(press("mine")).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(ask)
        client.post(ask)

    [letter] = mail.outbox
    assert letter.to == [Person.objects.get(pk=boss.person_id).email]
    assert press("resume", body.slug, sleeper.pk) in letter.body
    ask_administrators(now=now)
    assert Duty.objects.open().get(kind=BACK_ASKED).office.body == body
    login(client, boss)
    assert "ha chiesto di riprendere" in client.get(press("attest", body.slug)).content.decode()
    assert "ha chiesto di riprendere" in client.get(press("people", body.slug)).content.decode()

    sleeper.refresh_from_db()
    resumed = resume_mandate(mandate=sleeper, actor=boss, now=now)

    assert (resumed.suspended_on, resumed.asked_back_on) == (None, None)
    ask_administrators(now=now)
    assert not Duty.objects.open().filter(kind=BACK_ASKED).exists()


def test_nobody_asks_for_what_is_not_theirs_or_not_suspended(client, login, sleeper, boss, now):
    for who in (actor(sleeper, now), boss):
        with pytest.raises(Refused):
            ask_back(mandate=sleeper, actor=who, now=now)
    login(client, boss)
    assert client.post(press("ask_back", sleeper.pk)).status_code == 404


def test_administrators_owe_a_look_once_the_notice_is_over(sleeper, boss, body, now):
    warned(sleeper, now, 29)
    ask_administrators(now=now)
    assert not Duty.objects.filter(kind=SILENT).exists()

    ask_administrators(now=now + DAY)
    duty = Duty.objects.open().get(kind=SILENT)
    assert duty.office.body == body
    assert sleeper.person.family_name not in duty.title

    Person.objects.filter(pk=sleeper.person_id).update(last_login=now)
    ask_administrators(now=now + DAY)
    assert not Duty.objects.open().filter(kind=SILENT).exists()


def test_the_only_administrator_is_offered_to_nobody(client, login, boss, body, now):
    mandate = Mandate.objects.get(person_id=boss.person_id)
    seen = now - 400 * DAY
    Person.objects.filter(pk=boss.person_id).update(joined_at=now - 800 * DAY)
    warned(mandate, now, 31)
    login(client, boss)
    Person.objects.filter(pk=boss.person_id).update(last_login=seen)
    address = press("attest", body.slug)
    assert "Sospendi e avvisa" not in client.get(address).content.decode()
    ask_administrators(now=now)
    assert not Duty.objects.open().filter(kind=SILENT).exists()

    MandateFactory(body=body, role="administrator")
    assert "Sospendi e avvisa" in client.get(address).content.decode()
