"""Addresses nobody confirmed are forgotten, with the persons behind them."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from casa.registry.models import Person, TrailLine
from casa.registry.services import login, sign_ups
from tests.factories import JoinRequestFactory, MandateFactory, NetworkRoleFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
WEEK = timedelta(days=7)


def unconfirmed(**fields):
    somebody = PersonFactory(confirmed=False)
    somebody.emailaddress_set.create(email=somebody.email, primary=True)
    age = fields.pop("age", WEEK + timedelta(minutes=1))
    Person.objects.filter(pk=somebody.pk).update(joined_at=NOW - age, **fields)
    return somebody


def test_a_sign_up_nobody_confirmed_is_gone_after_a_week():
    unconfirmed()
    young = unconfirmed(age=WEEK - timedelta(minutes=1))

    assert sign_ups.forget_sign_ups(now=NOW) == 1
    assert Person.objects.get() == young
    assert EmailAddress.objects.get().user == young


@pytest.mark.parametrize(
    "stay",
    [
        lambda who: MandateFactory(person=who, suspended_on=NOW.date()),
        lambda who: NetworkRoleFactory(person=who, ends_on=NOW.date() - WEEK),
        lambda who: JoinRequestFactory(person=who, state="withdrawn", decided_at=NOW),
        lambda who: Person.objects.filter(pk=who.pk).update(last_login=NOW),
        lambda who: who.emailaddress_set.update(verified=True),
        lambda who: who.emailaddress_set.all().delete(),
        lambda who: login.note("registry.person.signed_up", person=who, address=""),
    ],
    ids=["mandate", "network role", "request", "came in", "confirmed", "no sign-up", "trail"],
)
def test_whoever_is_more_than_a_sign_up_stays(stay):
    somebody = unconfirmed()
    stay(somebody)

    assert sign_ups.forget_sign_ups(now=NOW) == 0
    assert Person.objects.filter(pk=somebody.pk).exists()


def test_an_unconfirmed_sign_up_leaves_no_name_in_the_trail(client):
    cache.clear()
    password = "una-parola-lunga-di-prova"
    client.post(
        reverse("account_signup"),
        {
            "given_name": "Nome",
            "family_name": "Altrui",
            "email": "altrui@comune.example",
            "password1": password,
            "password2": password,
        },
    )
    client.post(reverse("account_login"), {"login": "altrui@comune.example", "password": "no"})

    assert "Altrui" not in str(list(TrailLine.objects.values()))
    Person.objects.update(joined_at=NOW - 2 * WEEK)
    assert sign_ups.forget_sign_ups(now=NOW) == 1
    assert not Person.objects.exists()


def test_a_new_address_is_forgotten_a_week_after_it_was_asked_for():
    old, asked = PersonFactory(), PersonFactory()
    for somebody in (old, asked):
        somebody.emailaddress_set.create(email=f"nuovo{somebody.pk}@ente.example")
    login.note(sign_ups.ASKED, person=asked, address="")
    first = unconfirmed()  # a sign-up, not a change

    assert sign_ups.forget_new_addresses(now=timezone.now()) == 1
    assert set(EmailAddress.objects.filter(verified=False).values_list("user", flat=True)) == {
        asked.pk,
        first.pk,
    }
    assert sign_ups.forget_new_addresses(now=timezone.now() + WEEK) == 1
    assert old.emailaddress_set.get().verified
