"""Resetting the second factor of somebody who lost the telephone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.commands import reset_factor
from casa.registry.models import Person, TrailLine
from casa.registry.services.second_factor import reset_second_factor
from tests.factories import PASSWORD, BodyFactory, MandateFactory, NetworkRoleFactory, PersonFactory

pytestmark = pytest.mark.django_db

REASON = "Telefono rotto, sentita al suo interno."


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def boss(person, body):
    return person("administrator", body)


@pytest.fixture
def loser(body):
    """An administrator of the same body whose telephone is gone."""
    somebody = MandateFactory(body=body, role="administrator").person
    protect(somebody)
    RecoveryCodes.activate(somebody)
    return somebody


def protect(somebody):
    TOTP.activate(somebody, generate_totp_secret())


def page(somebody, body):
    mandate = somebody.mandates.get(body=body)
    return reverse("entrance:reset_factor", args=[body.slug, mandate.pk])


def send(client, somebody, body, reason=REASON):
    return client.post(page(somebody, body), {"reason": reason})


def is_protected(somebody):
    return Authenticator.objects.filter(user=somebody).exists()


def test_the_factor_goes_the_sessions_end_and_the_person_is_told(
    client, login, boss, loser, body, mailoutbox, django_capture_on_commit_callbacks
):
    theirs, others = login(Client(), loser), login(Client(), MandateFactory(body=body).person)
    login(client, boss)

    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, loser, body)

    assert response.url == reverse("entrance:people", args=[body.slug])
    assert not is_protected(loser)
    mine = reverse("entrance:mine")
    assert theirs.get(mine).status_code == 302
    assert [one.get(mine).status_code for one in (others, client)] == [200, 200]
    line = TrailLine.objects.get(act="registry.second_factor.reset")
    assert (line.person_id, line.body, line.details) == (boss.id, body, {"reason": REASON})
    assert line.subject_key == f"registry:person:{loser.pk}"
    (mail,) = mailoutbox
    assert mail.to == [loser.email]
    assert REASON in mail.body
    assert boss.name in mail.body


def test_it_must_be_set_up_again_at_the_next_log_in(client, login, boss, loser, body):
    send(login(Client(), boss), loser, body)

    client.post(reverse("account_login"), {"login": loser.email, "password": PASSWORD})

    people = reverse("entrance:people", args=[body.slug])
    assert client.get(reverse("entrance:mine")).context["actor"].weak
    way = client.get(people).url
    assert client.get(way).url.startswith(reverse("mfa_activate_totp"))


def test_the_page_asks_first_and_wants_a_reason(client, login, boss, loser, body):
    login(client, boss)

    asked = client.get(page(loser, body))
    empty = send(client, loser, body, reason="  ")

    assert loser.full_name in asked.content.decode()
    assert (asked.status_code, empty.status_code) == (200, 422)
    assert is_protected(loser)


def test_twice_is_once(boss, loser, body):
    for _ in range(2):
        reset_second_factor(person=loser, reason=REASON, actor=boss, now=timezone.now(), body=body)

    assert TrailLine.objects.filter(act="registry.second_factor.reset").count() == 1


def test_nobody_resets_their_own(client, login, boss, body):
    login(client, boss)
    me = Person.objects.get(pk=boss.person_id)

    response = send(client, me, body)

    assert response.status_code == 403
    assert "La tua verifica non puoi azzerarla da qui" in response.content.decode()
    assert is_protected(me)


def test_who_weighs_more_is_the_networks_to_help(client, login, person, boss, loser, body):
    NetworkRoleFactory(person=loser, role="reviewer")
    login(client, boss)

    assert client.get(page(loser, body)).status_code == 403
    assert send(client, loser, body).status_code == 403
    assert is_protected(loser)

    send(login(Client(), person(network="manager")), loser, body)
    assert not is_protected(loser)


@pytest.mark.parametrize("who", ["reviewer", "elsewhere", "nobody"])
def test_others_are_refused(client, login, person, loser, body, who):
    actor = {
        "reviewer": lambda: person("reviewer", body),
        "elsewhere": lambda: person("administrator"),
        "nobody": person,
    }[who]()
    login(client, actor)

    assert send(client, loser, body).status_code == 403
    with pytest.raises(Refused):
        reset_second_factor(person=loser, reason=REASON, actor=actor, now=timezone.now())
    assert is_protected(loser)


def test_the_person_of_another_body_is_not_there(client, login, person, loser, body):
    other = BodyFactory()
    login(client, person("administrator", other))
    key = loser.mandates.get().pk

    response = client.post(
        reverse("entrance:reset_factor", args=[other.slug, key]), {"reason": "x"}
    )

    assert response.status_code == 404
    assert is_protected(loser)


def test_the_list_offers_it_only_where_it_may_be_done(client, login, boss, loser, body):
    plain = MandateFactory(body=body).person
    serves = MandateFactory(body=body).person
    protect(serves)
    NetworkRoleFactory(person=serves)
    login(client, boss)

    response = client.get(reverse("entrance:people", args=[body.slug]))

    assert response.context["resettable"] == {loser.pk}
    text = response.content.decode()
    assert page(loser, body) in text
    assert page(plain, body) not in text


def test_the_list_asks_the_same_questions_for_one_lost_telephone_and_for_five(
    client, login, boss, loser, body, django_assert_num_queries, django_assert_max_num_queries
):
    login(client, boss)
    people = reverse("entrance:people", args=[body.slug])
    client.get(people)
    with django_assert_max_num_queries(25) as counted:
        client.get(people)
    for _ in range(4):
        protect(MandateFactory(body=body).person)

    with django_assert_num_queries(len(counted)):
        client.get(people)


def test_the_operator_may_too(loser, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        done = CliRunner().invoke(reset_factor, [loser.email, "--reason", REASON])
    unknown = CliRunner().invoke(reset_factor, ["nessuno@ente.example", "--reason", REASON])

    assert done.exit_code == 0
    assert not is_protected(loser)
    assert "Chi gestisce l'installazione" in mailoutbox[0].body
    assert isinstance(unknown.exception, Refused)


def test_who_has_none_to_reset_keeps_their_sessions(client, login, boss, body):
    plain = PersonFactory()
    MandateFactory(person=plain, body=body)
    login(client, plain)

    reset_second_factor(person=plain, reason=REASON, actor=boss, now=timezone.now(), body=body)

    assert client.get(reverse("entrance:mine")).status_code == 200
    assert not TrailLine.objects.filter(act="registry.second_factor.reset").exists()
