"""Closing a log-in for good."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.actor import SYSTEM, actor_for
from casa.registry.commands import person_
from casa.registry.models import Invitation, KeptForm, Mandate, Person, TrailLine
from casa.registry.services import closing, invitations, kept
from tests.factories import (
    PASSWORD,
    BodyFactory,
    JoinRequestFactory,
    MandateFactory,
    NetworkRoleFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def manager(person):
    return person(network="manager")


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def leaver(body):
    return MandateFactory(body=body, role="author", person__email="va@ente.example").person


def close(leaver, actor, now):
    return closing.close_login(person=leaver, actor=actor, now=now)


def page(leaver):
    mandate = leaver.mandates.get()
    return reverse("entrance:close_login", args=[mandate.body.slug, mandate.pk])


def test_nothing_of_what_opens_the_door_stays_and_the_name_does(
    client, login, leaver, manager, now
):
    login(client, leaver)
    kept.keep_form(
        place="/rete/", fields={}, actor=actor_for(leaver, on=timezone.localdate()), now=now
    )
    NetworkRoleFactory(person=leaver, role="reviewer")
    NetworkRoleFactory(person=leaver, role="manager", starts_on=timezone.localdate() + 9 * DAY)

    close(leaver, manager, now)
    close(leaver, manager, now)

    leaver.refresh_from_db()
    assert (leaver.is_active, leaver.email, leaver.has_usable_password()) == (False, "", False)
    assert leaver.full_name.startswith("Prova")
    assert not EmailAddress.objects.filter(user=leaver).exists()
    assert not Authenticator.objects.filter(user=leaver).exists()
    assert not KeptForm.objects.exists()
    for later in (0, 30):
        held = actor_for(leaver, on=timezone.localdate() + later * DAY)
        assert (held.mandates, held.network_roles) == (frozenset(), frozenset())
    assert client.get(reverse("entrance:mine")).status_code == 302
    assert TrailLine.objects.filter(act="registry.person.closed").count() == 1
    assert TrailLine.objects.filter(act="registry.mandate.ended").count() == 1


def test_the_address_is_free_for_a_new_account(leaver, manager, now):
    close(leaver, manager, now)

    assert PersonFactory(email="va@ente.example").pk != leaver.pk


def test_invitations_and_requests_wait_no_more(leaver, body, manager, person, now):
    boss = person("administrator", body)
    leaver_invites = MandateFactory(person=leaver, body=BodyFactory(), role="administrator")
    MandateFactory(body=leaver_invites.body, role="administrator")
    to_me = {"role": "reviewer", "email": leaver.email, "now": now}
    invitations.invite(office=body.offices.get(), actor=boss, **to_me)
    by_me = actor_for(leaver, on=timezone.localdate())
    other = {"role": "author", "email": "altra@ente.example", "now": now}
    invitations.invite(office=leaver_invites.office, actor=by_me, **other)
    untouched = invitations.invite(office=body.offices.get(), actor=boss, **other)
    asked = JoinRequestFactory(person=leaver)

    close(leaver, manager, now)

    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert list(Invitation.objects.filter(revoked_at=None)) == [untouched]
    assert not Invitation.objects.filter(email="va@ente.example").exists()


def test_the_last_administrator_of_a_body_is_named_first(body, manager, now):
    last = MandateFactory(body=body, role="administrator").person
    MandateFactory(body=body, role="administrator", ends_on=timezone.localdate() + DAY)

    with pytest.raises(Refused, match="unica persona"):
        close(last, manager, now)
    last.refresh_from_db()
    assert last.is_active
    assert last.mandates.get().ends_on is None

    MandateFactory(body=body, role="administrator")
    assert close(last, manager, now).is_active is False


def test_the_last_network_manager_stays(manager, now):
    last = Person.objects.get(pk=manager.id)

    with pytest.raises(Refused, match="unica persona che gestisce la rete"):
        close(last, SYSTEM, now)
    with pytest.raises(Refused, match="mai il proprio"):
        close(last, manager, now)


@pytest.mark.parametrize("role", ["administrator", "author"])
def test_others_close_no_log_in(client, login, person, body, leaver, role):
    login(client, person(role, body))

    assert client.post(page(leaver)).status_code == 403
    leaver.refresh_from_db()
    assert leaver.is_active


def test_network_managers_close_it_from_the_people_of_a_body(client, login, manager, body, leaver):
    login(client, manager)
    people = reverse("entrance:people", args=[body.slug])
    assert page(leaver) in client.get(people).content.decode()
    assert "Non si può annullare" in client.get(page(leaver)).content.decode()

    done = client.post(page(leaver))

    assert done.url == people
    assert Person.objects.get(pk=leaver.pk).is_active is False
    assert page(leaver) not in client.get(f"{people}?conclusi=1").content.decode()


def test_administrators_see_no_link_to_it(client, login, person, body, leaver):
    login(client, person("administrator", body))

    assert (
        page(leaver)
        not in client.get(reverse("entrance:people", args=[body.slug])).content.decode()
    )


def test_the_operator_closes_it_from_the_command_line(leaver):
    done = CliRunner().invoke(person_, ["close", "VA@ente.example"])

    assert "è chiuso" in done.output
    assert not leaver.__class__.objects.get(pk=leaver.pk).check_password(PASSWORD)
    again = CliRunner().invoke(person_, ["close", "va@ente.example"])
    assert isinstance(again.exception, Refused)


def test_the_newsroom_is_left_alone(body, now):
    writer = Person.objects.create(given_name="Redazione", is_active=False)
    mandate = MandateFactory(person=writer, body=body, role="author")

    close(writer, SYSTEM, now)

    assert Mandate.objects.get(pk=mandate.pk).ends_on is None


def test_the_page_tells_why_it_cannot_be(client, login, manager, body):
    last = MandateFactory(body=body, role="administrator").person
    login(client, manager)

    response = client.post(page(last))

    assert response.status_code == 422
    assert "unica persona con il ruolo di amministrazione" in response.content.decode()
