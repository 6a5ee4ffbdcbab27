"""Changing the address one logs in with: asked, confirmed, told to the old one."""

import re
from smtplib import SMTPException
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from casa.registry.models import Person, TrailLine
from tests.factories import PASSWORD, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db

PAGE = "/accesso/sicurezza/indirizzo/"
NEW = "nuovo@ente.example"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def somebody():
    return PersonFactory(email="vecchio@ente.example")


@pytest.fixture
def ask(client, mailoutbox, django_capture_on_commit_callbacks):
    def asked(email=NEW, password=PASSWORD):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(PAGE, {"email": email, "password": password})

    return asked


def link_to(address, mailoutbox):
    mail = [mail for mail in mailoutbox if mail.to == [address] and "/indirizzo/" in mail.body][-1]
    return re.search(r"https?://[^/]+(/accesso/indirizzo/\S+)", mail.body)[1]


def addresses_of(somebody):
    return list(somebody.emailaddress_set.values_list("email", "verified", "primary"))


def acts():
    return list(TrailLine.objects.order_by("pk").values_list("act", flat=True))


def test_the_new_address_replaces_the_old_one_once_confirmed(
    client, login, somebody, ask, mailoutbox
):
    login(client, somebody)

    assert ask("Nuovo@Ente.example").url == PAGE
    somebody.refresh_from_db()
    assert somebody.email == "vecchio@ente.example"
    assert sorted(mail.to[0] for mail in mailoutbox) == [NEW, somebody.email]
    assert NEW in client.get(PAGE).content.decode()

    client.post(link_to(NEW, mailoutbox))

    somebody.refresh_from_db()
    assert somebody.email == NEW
    assert addresses_of(somebody) == [(NEW, True, True)]
    assert mailoutbox[-1].to == ["vecchio@ente.example"]
    assert "Il tuo indirizzo è cambiato" in mailoutbox[-1].subject
    assert NEW in mailoutbox[-1].body
    assert acts() == [
        "registry.email.asked",
        "registry.email.confirmed",
        "registry.email.changed",
    ]
    assert NEW not in str(list(TrailLine.objects.values()))
    assert client.get(PAGE).status_code == 200  # the session goes on


def test_the_old_address_is_told_when_the_change_is_asked(client, login, somebody, ask, mailoutbox):
    login(client, somebody)

    ask()

    told = next(mail for mail in mailoutbox if mail.to == [somebody.email])
    assert "Qualcuno vuole cambiare il tuo indirizzo" in told.subject
    assert NEW in told.body
    assert PAGE in told.body


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        (NEW, "sbagliata", "La password non è corretta"),
        ("non-un-indirizzo", PASSWORD, "email"),
        ("VECCHIO@ente.example", PASSWORD, "È già l&#x27;indirizzo del tuo account"),
        ("", PASSWORD, ""),
        (NEW, "", ""),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    client, login, somebody, ask, mailoutbox, email, password, words
):
    login(client, somebody)

    response = ask(email, password)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert password == "" or password not in response.content.decode()
    assert (mailoutbox, acts()) == ([], [])
    assert len(addresses_of(somebody)) == 1


def test_an_address_of_somebody_else_looks_the_same_and_never_becomes_mine(
    client, login, somebody, ask, mailoutbox
):
    other = PersonFactory(email="altra@ente.example")
    login(client, somebody)

    taken, free = ask("ALTRA@ente.example"), ask(NEW)
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    cache.clear()
    ask(other.email)

    page = client.get(link_to(other.email, mailoutbox))
    assert "già stato confermato con un altro account" in page.content.decode()
    assert client.post(link_to(other.email, mailoutbox)).status_code == 403
    somebody.refresh_from_db()
    assert somebody.email == "vecchio@ente.example"
    client.logout()
    data = {"login": other.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), data).status_code == 302
    assert client.session["_auth_user_id"] == str(other.pk)


def test_a_sign_up_nobody_confirmed_makes_way_for_who_proves_the_address(
    client, login, somebody, ask, mailoutbox
):
    squatter = PersonFactory(email=NEW, confirmed=False)
    login(client, somebody)
    ask()
    assert Person.objects.filter(pk=squatter.pk).exists()

    client.post(link_to(NEW, mailoutbox))

    somebody.refresh_from_db()
    assert somebody.email == NEW
    assert not Person.objects.filter(pk=squatter.pk).exists()


def test_an_address_of_somebody_at_work_is_refused_in_words(
    client, login, somebody, ask, mailoutbox
):
    MandateFactory(person=PersonFactory(email=NEW, confirmed=False))
    login(client, somebody)
    ask()

    response = client.post(link_to(NEW, mailoutbox))

    assert response.status_code == 403
    assert "già di un altro account" in response.content.decode()
    somebody.refresh_from_db()
    assert somebody.email == "vecchio@ente.example"


def test_two_who_want_the_same_address_only_the_first_gets_it(
    client, login, somebody, ask, mailoutbox
):
    other = PersonFactory()
    login(client, somebody)
    ask()
    first = link_to(NEW, mailoutbox)
    cache.clear()
    login(client, other)
    ask()
    second = link_to(NEW, mailoutbox)
    assert first != second

    assert client.post(second).status_code == 302
    login(client, somebody)
    assert client.post(first).status_code == 403
    assert Person.objects.get(email=NEW) == other


def test_a_link_that_went_to_a_wrong_address_opens_nothing(
    client, login, somebody, ask, mailoutbox
):
    login(client, somebody)
    ask()
    link = link_to(NEW, mailoutbox)
    client.logout()

    assert client.post(link).url.startswith(reverse("account_login"))
    assert client.get(link).url.startswith(reverse("account_login"))
    login(client, PersonFactory())
    assert client.post(link).status_code == 403
    client.logout()
    client.post(reverse("account_reset_password"), {"email": NEW})
    assert "reimposta" not in mailoutbox[-1].body
    assert "/accesso/password/nuova/" not in mailoutbox[-1].body
    somebody.refresh_from_db()
    assert somebody.email == "vecchio@ente.example"


def test_logging_in_leads_back_to_the_link(client, login, somebody, ask, mailoutbox):
    login(client, somebody)
    ask()
    link = link_to(NEW, mailoutbox)
    client.logout()
    door = client.get(link).url

    data = {"login": somebody.email, "password": PASSWORD, "next": link}
    assert link.split("/")[-2].split(":")[0] in door
    assert client.post(reverse("account_login"), data).url == link


def test_changing_ones_mind_closes_the_link(client, login, somebody, ask, mailoutbox):
    login(client, somebody)
    ask()

    client.post(reverse("entrance:keep_address"))

    assert client.post(link_to(NEW, mailoutbox)).status_code == 404
    assert addresses_of(somebody) == [("vecchio@ente.example", True, True)]


def test_another_address_takes_the_place_of_the_first_asked(
    client, login, somebody, ask, mailoutbox
):
    login(client, somebody)
    ask()
    ask("terzo@ente.example")

    assert client.post(link_to(NEW, mailoutbox)).status_code == 404
    client.post(link_to("terzo@ente.example", mailoutbox))
    somebody.refresh_from_db()
    assert somebody.email == "terzo@ente.example"


def test_asking_again_keeps_the_link_that_was_sent(client, login, somebody, ask, mailoutbox):
    login(client, somebody)
    ask()
    ask()

    assert [mail.to for mail in mailoutbox].count([NEW]) == 1
    client.post(link_to(NEW, mailoutbox))
    somebody.refresh_from_db()
    assert somebody.email == NEW


def test_guessing_the_password_here_stops_after_ten(
    client, login, somebody, ask, counters_stand_still
):
    login(client, somebody)
    for _ in range(10):
        ask(password="sbagliata")

    assert ask().status_code == 429
    assert len(addresses_of(somebody)) == 1


def test_the_old_address_is_told_or_nothing_changes(
    client, login, somebody, ask, mailoutbox, monkeypatch
):
    login(client, somebody)
    ask()
    link = link_to(NEW, mailoutbox)

    def fail(*_, **__):
        raise SMTPException

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    assert client.post(link).status_code == 403
    monkeypatch.undo()
    somebody.refresh_from_db()
    assert somebody.email == "vecchio@ente.example"
    client.post(link)
    somebody.refresh_from_db()
    assert somebody.email == NEW


def test_who_has_the_second_factor_changes_address_too(client, login, person, ask, mailoutbox):
    boss = person("administrator")
    login(client, boss)

    ask()
    client.post(link_to(NEW, mailoutbox))

    changed = Person.objects.get(pk=boss.person_id)
    assert changed.email == NEW
    assert changed.authenticator_set.filter(type="totp").exists()


def test_whoever_signs_up_goes_before_who_only_asked(client, login, somebody, ask, mailoutbox):
    login(client, somebody)
    ask()
    client.logout()
    names = {"given_name": "Nuova", "family_name": "Persona"}
    data = {**names, "email": NEW, "password1": PASSWORD, "password2": PASSWORD}

    client.post(reverse("account_signup"), data)

    assert Person.objects.filter(email=NEW).exists()
    assert EmailAddress.objects.get(email=NEW).user != somebody


@pytest.mark.parametrize("address", [PAGE, "/accesso/sicurezza/indirizzo/annulla/"])
def test_visitors_log_in_first(client, address):
    assert client.post(address).url.startswith(reverse("account_login"))


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_the_same_address_at_once_one_gets_it(login, mailoutbox):
    people, links, ready, answers = PersonFactory.create_batch(2), [], Barrier(2), []
    clients = [login(Client(), somebody) for somebody in people]
    for client in clients:
        cache.clear()
        client.post(PAGE, {"email": NEW, "password": PASSWORD})
        links.append(link_to(NEW, mailoutbox))

    def confirm(client, link):
        ready.wait()
        answers.append(client.post(link).status_code)
        connection.close()

    both = [Thread(target=confirm, args=pair) for pair in zip(clients, links, strict=True)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert set(answers) <= {302, 403}  # the other reads why, on a page or in a message
    assert Person.objects.filter(email=NEW).count() == 1
    assert EmailAddress.objects.filter(email=NEW, verified=True).count() == 1
