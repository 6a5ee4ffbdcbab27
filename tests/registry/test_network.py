"""Roles for the whole network."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.actor import SYSTEM, actor_for
from casa.registry.commands import manager
from casa.registry.models import NetworkRole, Person, TrailLine
from casa.registry.services import network
from tests.factories import NetworkRoleFactory, PersonFactory

pytestmark = pytest.mark.django_db
MANAGER, REVIEWER = NetworkRole.Role.MANAGER, NetworkRole.Role.REVIEWER


def grant(person, role=MANAGER, actor=SYSTEM):
    return network.grant_network_role(person=person, role=role, actor=actor, now=timezone.now())


def end(person, role=MANAGER, actor=SYSTEM):
    return network.end_network_role(person=person, role=role, actor=actor, now=timezone.now())


def as_actor(person):
    return actor_for(person, on=timezone.localdate())


def test_a_role_is_given_once_and_told_once():
    somebody = PersonFactory()
    assert grant(somebody) == grant(somebody)

    assert as_actor(somebody).is_network_manager
    assert TrailLine.objects.filter(act="registry.network_role.granted").count() == 1


def test_a_manager_gives_roles_to_others_and_never_to_oneself(person):
    who = person(network="manager")
    own = Person.objects.get(pk=who.id)
    grant(PersonFactory(), REVIEWER, actor=who)

    with pytest.raises(Refused, match="nessuno a sé stesso"):
        grant(own, REVIEWER, actor=who)
    with pytest.raises(Refused, match="nessuno a sé stesso"):
        end(own, actor=who)


@pytest.mark.parametrize("rights", [{"role": "administrator"}, {"network": "reviewer"}, {}])
def test_nobody_else_gives_them(person, rights):
    with pytest.raises(Refused):
        grant(PersonFactory(), actor=person(**rights))

    assert access.may_give_network_role(person(**rights), person_id=0) is False


def test_a_role_ends_at_once():
    NetworkRoleFactory()
    old, new = NetworkRoleFactory().person, PersonFactory()
    grant(new)

    assert end(old) is True
    assert end(new) is True
    assert end(new) is False
    assert not as_actor(old).is_network_manager
    assert not as_actor(new).is_network_manager
    assert NetworkRole.objects.get(person=old).ends_on == timezone.localdate() - timedelta(days=1)


def test_the_last_manager_stays():
    only = NetworkRoleFactory().person
    NetworkRoleFactory(role=REVIEWER)
    NetworkRoleFactory(person=PersonFactory(is_active=False))

    with pytest.raises(Refused, match="è l'unica persona che gestisce la rete"):
        end(only)
    assert as_actor(only).is_network_manager


def test_a_closed_log_in_gets_no_role():
    with pytest.raises(Refused, match="è chiuso"):
        grant(PersonFactory(is_active=False))


def run(*words):
    return CliRunner().invoke(manager, list(words))


def test_the_operator_makes_the_first_manager():
    result = run("ada@ente.example", "--name", "Ada", "--surname", "Prova")
    ada = Person.objects.get(email="ada@ente.example")

    assert result.stdout.startswith("Ada Prova ha il ruolo «Gestione della rete». Entra da http")
    assert as_actor(ada).is_network_manager
    assert not ada.has_usable_password()
    run("ADA@ente.example")
    assert Person.objects.count() == 1


@pytest.mark.parametrize("words", [["ada@ente.example"], ["boh", "--name", "A", "--surname", "B"]])
def test_a_new_person_needs_an_address_and_a_name(words):
    assert isinstance(run(*words).exception, Refused)
    assert Person.objects.count() == 0


def test_the_operator_takes_a_role_away():
    NetworkRoleFactory()
    other = NetworkRoleFactory().person

    assert run(other.email, "--end").stdout == "Ruolo tolto.\n"
    assert run(other.email, "--end").stdout == "Non aveva questo ruolo.\n"
