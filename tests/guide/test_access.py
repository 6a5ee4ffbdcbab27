"""The permission table of the guide, row by row. It is also its documentation."""

import pytest

from casa.guide import access
from casa.registry.actor import ANONYMOUS, weakened
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db

RIGHTS = ("read_norms", "correct_norms")
#   who                              read  correct
TABLE = [
    ("author of a body", True, False),
    ("reviewer of a body", True, False),
    ("administrator of a body", True, False),
    ("reader of a body", True, False),
    ("network reviewer", True, False),
    ("network manager", True, True),
    ("network manager before the second factor", True, False),
    ("somebody without a mandate", True, False),
    ("visitor", True, False),
]


@pytest.fixture
def people(person):
    body = BodyFactory()
    manager = person(network="manager")
    return {
        "author of a body": person("author", body),
        "reviewer of a body": person("reviewer", body),
        "administrator of a body": person("administrator", body),
        "reader of a body": person("reader", body),
        "network reviewer": person(network="reviewer"),
        "network manager": manager,
        "network manager before the second factor": weakened(manager),
        "somebody without a mandate": person(),
        "visitor": ANONYMOUS,
    }


@pytest.mark.parametrize(("who", *RIGHTS), TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(client, login, people, who, read_norms, correct_norms):
    actor = people[who]
    assert access.may_correct_norms(actor) is correct_norms
    if actor.id is not None:
        login(client, actor, strong=not actor.weak)
    assert (client.get("/guida/norme/").status_code == 200) is read_norms


def test_rules_never_query(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        for actor in people.values():
            access.may_correct_norms(actor)
