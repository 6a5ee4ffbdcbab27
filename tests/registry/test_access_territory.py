"""The permission table of bodies, trail, import and back office, row by row."""

import pytest

from casa.registry import access
from casa.registry.actor import ANONYMOUS, SYSTEM, weakened
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db

NETWORK_RIGHTS = ("see_names", "ask_to_join", "see_trail", "import", "use_back_office")
#   who                                  names  ask    trail  import back office
NETWORK_TABLE = [
    ("visitor", False, True, False, False, False),
    ("somebody without a mandate", False, True, False, False, False),
    ("reader of the body", True, False, False, False, False),
    ("author of the body", True, False, False, False, False),
    ("reviewer of the body", True, False, False, False, False),
    ("administrator of the body", True, False, True, False, False),
    ("administrator elsewhere", True, True, True, False, False),
    ("network reviewer", True, True, False, False, False),
    ("network manager", True, True, True, True, True),
    ("network manager before the second factor", False, True, False, False, False),
    ("operator at the command line", False, True, False, True, False),
]


@pytest.fixture
def place(person):
    """A body, and everybody who could come to its door."""
    body = BodyFactory()
    return body, {
        "visitor": ANONYMOUS,
        "somebody without a mandate": person(),
        "reader of the body": person("reader", body),
        "author of the body": person("author", body),
        "reviewer of the body": person("reviewer", body),
        "administrator of the body": person("administrator", body),
        "administrator elsewhere": person("administrator"),
        "network reviewer": person(network="reviewer"),
        "network manager": person(network="manager"),
        "network manager before the second factor": weakened(person(network="manager")),
        "operator at the command line": SYSTEM,
    }


@pytest.mark.parametrize("row", NETWORK_TABLE, ids=[row[0] for row in NETWORK_TABLE])
def test_who_may_do_what(place, row):
    body, people = place
    who, *expected = row
    actor = people[who]

    assert [
        access.may_see_names(actor),
        access.may_ask_to_join(actor, body),
        access.may_see_trail(actor),
        access.may_import(actor),
        access.may_use_back_office(actor),
    ] == expected


def test_nobody_asks_to_enter_a_body_that_ceased_or_the_network_itself(person):
    visitor = person()

    assert access.may_ask_to_join(visitor, BodyFactory(closed_on="2026-01-01")) is False
    assert access.may_ask_to_join(visitor, BodyFactory(kind="network")) is False
    assert access.may_ask_to_join(visitor, BodyFactory()) is True


def test_the_rules_never_query(person, django_assert_num_queries):
    actor, body = person(network="manager"), BodyFactory()

    with django_assert_num_queries(0):
        access.may_see_names(actor)
        access.may_ask_to_join(actor, body)
        access.may_see_trail(actor)
        access.may_import(actor)
        access.may_use_back_office(actor)
