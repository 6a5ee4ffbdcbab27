"""Administrators and network roles have their rights only after the second factor."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse
from django.utils import timezone

from casa.registry.actor import Actor, Held, weakened
from casa.registry.models import Body, Mandate
from casa.registry.services import invitations
from casa.registry.services.tokens import token_of
from tests.factories import PASSWORD, BodyFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return BodyFactory()


def people(body: Body) -> str:
    return reverse("entrance:people", args=[body.slug])


def strengthen(back: str) -> str:
    return f"{reverse('entrance:strengthen')}?next={back.replace('/', '%2F')}"


def test_with_the_second_factor_an_administrator_manages_people(client, login, person, body):
    login(client, person("administrator", body))

    assert client.get(people(body)).status_code == 200


def test_with_the_password_alone_they_are_sent_to_set_it_up(client, login, person, body):
    login(client, person("administrator", body), strong=False)

    response = client.get(people(body))

    assert response.url == strengthen(people(body))
    assert client.get(response.url).url.startswith(reverse("mfa_activate_totp"))


def test_with_the_password_alone_nothing_is_changed(client, login, person, body):
    login(client, person("administrator", body), strong=False)
    mandate = MandateFactory(body=body, role="author")

    response = client.post(reverse("entrance:suspend", args=[body.slug, mandate.pk]))

    mandate.refresh_from_db()
    assert response.url.startswith(reverse("entrance:strengthen"))
    assert mandate.suspended_on is None


def test_a_session_older_than_the_second_factor_gives_its_code_first(client, login, person, body):
    boss = person("administrator", body)
    login(client, boss, strong=False)
    TOTP.activate(Mandate.objects.get(body=body).person, generate_totp_secret())

    response = client.get(people(body))

    assert response.url == strengthen(people(body))
    assert client.get(response.url).url.startswith(reverse("mfa_reauthenticate"))


def test_taking_the_second_factor_away_takes_the_rights(client, login, person, body):
    login(client, person("administrator", body))
    Mandate.objects.get(body=body).person.authenticator_set.all().delete()

    assert client.get(people(body)).url == strengthen(people(body))


@pytest.mark.parametrize("role", ["manager", "reviewer"])
def test_network_roles_need_it_too(client, login, person, body, role):
    officer = person(network=role)
    login(client, officer, strong=False)

    seen = client.get(reverse("entrance:mine")).context["actor"]
    assert (seen.weak, seen.network_roles, seen.is_member) == (True, frozenset(), False)

    login(client, officer)
    seen = client.get(reverse("entrance:mine")).context["actor"]
    assert (seen.weak, seen.network_roles) == (False, {role})


@pytest.mark.parametrize("role", ["reader", "author", "reviewer"])
def test_other_roles_work_with_the_password(client, login, person, body, role):
    login(client, person(role, body), strong=False)

    seen = client.get(reverse("entrance:mine")).context["actor"]

    assert (seen.weak, {held.role for held in seen.mandates}) == (False, {role})


def test_a_refusal_for_another_reason_stays_a_refusal(client, login, person, body):
    login(client, person("author", body))

    assert client.get(people(body)).status_code == 403


def test_a_weak_actor_reads_for_their_bodies_and_no_more():
    strong = Actor(
        id=1,
        mandates=frozenset({Held(1, 1, "administrator"), Held(2, 2, "author")}),
        network_roles=frozenset({"manager"}),
        acting_for=1,
    )

    weak = weakened(strong)

    assert weak.mandates == {Held(1, 1, "reader"), Held(2, 2, "reader")}
    assert (weak.acting_for, weak.network_roles, weak.weak) == (1, frozenset(), True)
    assert weak.tokens == strong.tokens


def test_who_needs_no_second_factor_costs_no_query_for_it(
    client, login, person, body, django_assert_num_queries
):
    login(client, person("author", body))
    client.get(reverse("entrance:switch"))

    with django_assert_num_queries(6):  # session, person, mandates, roles, the list, acting body
        client.get(reverse("entrance:switch"))


def test_a_weak_person_still_accepts_and_asks(client, login, person, body):
    login(client, person("administrator", body), strong=False)
    other = BodyFactory()

    client.post(
        reverse("entrance:ask", args=[other.slug]), {"role": "reader", "message": "Lavoro lì."}
    )

    assert other.join_requests.count() == 1


def test_the_page_says_why_and_where_to(client, login, person, body):
    login(client, person("administrator", body), strong=False)

    page = client.get(reverse("entrance:mine")).content.decode()

    assert reverse("entrance:strengthen") in page


def test_nobody_strengthens_without_logging_in(client):
    PersonFactory()

    assert client.get(reverse("entrance:strengthen")).url.startswith(reverse("account_login"))


def test_a_refusal_the_second_factor_would_not_change_stays_one(client, login, person, body):
    login(client, person("administrator"), strong=False)

    response = client.get(people(body))

    assert response.status_code == 403
    assert "chi lo amministra" in response.content.decode()


def test_somebody_elses_invitation_is_refused_before_the_second_factor_too(
    client, login, person, body
):
    boss = person("administrator", body)
    sent = invitations.invite(
        office=body.offices.get(),
        role="author",
        email="altra@ente.example",
        actor=boss,
        now=timezone.now(),
    )
    for who in (boss, person(network="manager")):
        login(client, who, strong=False)
        response = client.post(reverse("entrance:invitation", args=[token_of(sent)]))
        assert response.status_code == 403
        assert "Questo invito è per altra@ente.example" in response.content.decode()


def test_a_network_manager_is_led_to_the_second_factor_for_any_body(client, login, person, body):
    login(client, person(network="manager"), strong=False)

    assert client.get(people(body)).url == strengthen(people(body))


def test_a_weak_actor_notes_only_what_the_second_factor_would_change():
    strong = Actor(id=1, mandates=frozenset({Held(1, 1, "administrator")}))
    weak = weakened(strong)

    assert weak.may_act_as(Mandate.Role.ADMINISTRATOR, body_id=2) is False
    assert weak.is_network_manager is False
    assert weak.missed == []
    assert weak.may_act_as(Mandate.Role.ADMINISTRATOR, body_id=1) is False
    assert weak.missed == [False]
    assert (strong.missed, weakened(strong).missed) == ([], [])


def older_than_the_factor(client, *, minutes):
    """A session opened by password before the second factor was set up elsewhere."""
    person = MandateFactory(role="administrator").person
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 60 * minutes
    session.save()
    return person


@pytest.mark.parametrize("minutes", [0, 60])
@pytest.mark.parametrize(
    "page", ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"]
)
def test_the_password_alone_does_not_reach_the_second_factor(client, minutes, page):
    person = older_than_the_factor(client, minutes=minutes)
    asked = reverse("mfa_reauthenticate")

    again = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    shown, done = client.get(reverse(page)), client.post(reverse(page))

    assert again.url.startswith(asked)
    assert shown.url.startswith(asked)
    assert done.status_code in {302, 405}
    assert done.headers.get("Location", asked).startswith(asked)
    assert person.authenticator_set.filter(type="totp").exists()


def test_with_its_code_the_second_factor_is_taken_away(client, login, person, body):
    login(client, person("administrator", body))

    assert client.get(reverse("mfa_view_recovery_codes")).status_code != 500
    client.post(reverse("mfa_deactivate_totp"))

    assert not Mandate.objects.get(body=body).person.authenticator_set.exists()


def test_without_a_second_factor_the_password_is_asked_as_ever(client):
    person = PersonFactory()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()

    assert client.get(reverse("mfa_activate_totp")).url.startswith(
        reverse("account_reauthenticate")
    )


@pytest.mark.django_db(transaction=True)
def test_setting_the_second_factor_up_ends_the_persons_other_sessions(client):
    person, other = MandateFactory(role="administrator").person, type(client)()
    for window in (client, other):
        window.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    _, now, _ = yield_hotp_counters_from_time()
    code = format_hotp_value(hotp_value(secret, now))
    client.post(reverse("mfa_activate_totp"), {"code": code})

    assert client.get(reverse("entrance:mine")).context["actor"].weak is False
    assert other.get(reverse("entrance:mine")).status_code == 302


def test_a_password_given_again_before_the_factor_was_set_up_counts_no_more(client):
    person = MandateFactory(role="administrator").person
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    TOTP.activate(person, generate_totp_secret())

    shown = client.get(reverse("mfa_deactivate_totp"))

    assert shown.url.startswith(reverse("mfa_reauthenticate"))
