"""The permission table of the exchange with other installations. It is also its documentation."""

import pytest
from django.http import Http404

from casa.foundation.errors import Refused
from casa.library import access
from casa.library.models import Bundle, Installation
from casa.registry.actor import ANONYMOUS, actor_for, weakened
from casa.registry.models import Person
from tests.factories import BodyFactory, PersonFactory
from tests.library.makers import NOON, TODAY, EntryFactory

pytestmark = pytest.mark.django_db

EXCHANGE_RIGHTS = (
    "export_and_import",
    "read_a_bundle",
    "trust_an_installation",
    "change_what_arrived",
)
#   who                                           exchange bundle trust change
EXCHANGE_TABLE = [
    ("network manager", True, True, True, False),
    ("network manager before the second factor", False, False, False, False),
    ("network reviewer", False, False, False, False),
    ("administrator of the body that owns what arrived", False, False, False, False),
    ("author of the body that owns what arrived", False, False, False, False),
    ("somebody without a mandate", False, False, False, False),
    ("visitor", False, False, False, False),
]


@pytest.mark.parametrize("row", EXCHANGE_TABLE, ids=[row[0] for row in EXCHANGE_TABLE])
def test_who_may_do_what(row, person):
    body = BodyFactory()
    entry = EntryFactory(body=body, is_received=True)
    manager = person(network="manager")
    there = Installation.objects.create(name="Casa A", public_key="x", trusted_at=NOON)
    bundle = Bundle.objects.create(
        name="a.zip", installation=there, made_at=NOON, received_at=NOON, person=PersonFactory()
    )
    people = {
        "network manager": manager,
        "network manager before the second factor": weakened(manager),
        "network reviewer": person(network="reviewer"),
        "administrator of the body that owns what arrived": person("administrator", body),
        "author of the body that owns what arrived": person("author", body),
        "somebody without a mandate": person(),
        "visitor": ANONYMOUS,
    }
    who, *expected = row
    actor = people[who]
    assert [
        access.may_exchange(actor),
        finds(access.bundle_for, actor, bundle.pk),
        finds(access.installation_for, actor, there.pk),
        access.may_write(actor, entry)
        or access.may_edit_card(actor, entry)
        or access.may_confirm(actor, entry),
    ] == expected


def test_nobody_trusts_or_ends_the_own_installation(person):
    own = Installation.objects.create(name="", is_own=True)
    manager = person(network="manager")
    with pytest.raises(Http404):
        access.installation_for(manager, own.pk)


def test_the_right_ends_with_the_role(person):
    manager = Person.objects.get(pk=person(network="manager").person_id)
    manager.network_roles.update(ends_on=TODAY.replace(year=2021))
    assert not access.may_exchange(actor_for(manager, on=TODAY))


def finds(fetch, actor, pk) -> bool:
    try:
        fetch(actor, pk)
    except Refused:
        return False
    return True
