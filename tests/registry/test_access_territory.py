"""The permission table of bodies, trail, import and back office, row by row."""

import pytest

from casa.registry import access
from casa.registry.actor import ANONYMOUS, SYSTEM
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db

COLUMNS = ("legge i nomi", "chiede di entrare", "legge il registro", "importa", "usa la redazione")
#        who                                   names  ask    trail  import back office
TABLE = [
    ("chi visita", False, True, False, False, False),
    ("chi ha un account e nessun mandato", False, True, False, False, False),
    ("lettura nell'ente", True, False, False, False, False),
    ("redazione nell'ente", True, False, False, False, False),
    ("revisione nell'ente", True, False, False, False, False),
    ("amministrazione dell'ente", True, False, True, False, False),
    ("amministrazione di un altro ente", True, True, True, False, False),
    ("revisione di rete", True, True, False, False, False),
    ("gestione della rete", True, True, True, True, True),
    ("operatore dalla riga di comando", False, True, False, True, False),
]


@pytest.fixture
def who(person):
    body = BodyFactory()
    return body, {
        "chi visita": ANONYMOUS,
        "chi ha un account e nessun mandato": person(),
        "lettura nell'ente": person("reader", body),
        "redazione nell'ente": person("author", body),
        "revisione nell'ente": person("reviewer", body),
        "amministrazione dell'ente": person("administrator", body),
        "amministrazione di un altro ente": person("administrator"),
        "revisione di rete": person(network="reviewer"),
        "gestione della rete": person(network="manager"),
        "operatore dalla riga di comando": SYSTEM,
    }


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(who, row):
    body, people = who
    name, *expected = row
    actor = people[name]

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
