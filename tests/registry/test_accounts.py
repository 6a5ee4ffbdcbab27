"""Whoever signs up with somebody else's address gets nothing of what that person is given."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from casa.registry.actor import SYSTEM, actor_for
from casa.registry.models import Person
from casa.registry.services import accounts, network
from casa.registry.services.people_import import import_people
from tests.factories import PASSWORD, BodyFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db

EMAIL = "sindaca@comune.example"
THIEF = "la-parola-della-ladra"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def sign_up(client, password=THIEF, **more):
    data = {"given_name": "Eva", "family_name": "Ladra", "email": EMAIL, **more}
    client.post(reverse("account_signup"), {**data, "password1": password, "password2": password})
    return Person.objects.get(email=EMAIL)


def enter(client, password):
    client.post(reverse("account_login"), {"login": EMAIL, "password": password})
    return "_auth_user_id" in client.session


def links(mail):
    return re.findall(r"https?://[^/]+(/\S+)", mail.body)


def by_command():
    person = network.register_person(
        email=EMAIL, given_name="Sara", family_name="Sindaca", actor=SYSTEM, now=timezone.now()
    )
    network.grant_network_role(person=person, role="manager", actor=SYSTEM, now=timezone.now())


def by_file():
    body = BodyFactory(name="Comune di Qui")
    rows = "ente;nome;cognome;email;ruolo\r\n" + f"{body};Sara;Sindaca;{EMAIL};amministrazione\r\n"
    done = import_people(rows.encode(), actor=SYSTEM, now=timezone.now(), dry_run=False)
    assert (done.made["persons"], done.made["mandates"]) == (1, 1)


@pytest.mark.parametrize("give", [by_command, by_file])
def test_a_role_given_to_an_unconfirmed_sign_up_is_not_the_thiefs(client, mailoutbox, give):
    thief, owner = client, type(client)()
    sign_up(thief)
    pending = links(mailoutbox[0])[0]

    give()
    owner.get(pending)
    owner.post(pending)

    somebody = Person.objects.get(email=EMAIL)
    assert somebody.full_name == "Sara Sindaca"
    assert actor_for(somebody, on=timezone.localdate()).is_member
    assert not enter(thief, THIEF)
    assert not thief.get(reverse("entrance:mine")).context


def test_the_owner_of_the_mailbox_comes_in_by_a_new_password(client, mailoutbox):
    sign_up(client)
    by_command()
    mailoutbox.clear()

    owner = type(client)()
    owner.post(reverse("account_reset_password"), {"email": EMAIL})
    form = owner.get(links(mailoutbox[0])[0])
    owner.post(form.url, {"password1": PASSWORD, "password2": PASSWORD})

    assert enter(owner, PASSWORD)


def test_who_confirmed_the_address_keeps_name_and_password():
    known = PersonFactory(email=EMAIL, given_name="Sara", family_name="Vera")

    by_command()
    by_file_again = accounts.unproved(Person.objects.all())

    known.refresh_from_db()
    assert known.full_name == "Sara Vera"
    assert known.check_password(PASSWORD)
    assert not by_file_again.exists()


def test_only_the_present_address_counts_as_confirmed():
    somebody = PersonFactory(confirmed=False)
    EmailAddress.objects.create(user=somebody, email="altra@ente.example", verified=True)
    PersonFactory()

    assert list(accounts.unproved(Person.objects.all())) == [somebody]


def test_a_sign_up_makes_way_for_whoever_is_invited(client):
    sign_up(client)
    known = PersonFactory()

    accounts.make_way(email=EMAIL.upper())
    accounts.make_way(email=known.email)

    assert list(Person.objects.all()) == [known]


def test_a_sign_up_that_something_names_stays_without_its_password():
    named = MandateFactory(person=PersonFactory(confirmed=False, email=EMAIL)).person

    accounts.make_way(email=EMAIL)

    named.refresh_from_db()
    assert not named.has_usable_password()


def test_ending_the_sessions_of_one_person_leaves_all_others(client, login):
    mine, theirs = client, type(client)()
    somebody = PersonFactory()
    login(mine, somebody)
    login(theirs, PersonFactory())

    accounts.end_sessions(somebody)

    assert mine.get(reverse("entrance:mine")).status_code == 302
    assert theirs.get(reverse("entrance:mine")).status_code == 200
    login(mine, somebody)
    assert mine.get(reverse("entrance:mine")).status_code == 200
