"""The permission table of the registry, row by row. It is also its documentation."""

import pytest

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.actor import ANONYMOUS, SYSTEM, weakened
from casa.registry.models import JoinRequest
from tests.factories import BodyFactory, JoinRequestFactory

pytestmark = pytest.mark.django_db

RIGHTS = ("manage", "decide", "decide_late", "appoint", "close_login", "back_office")
#   who                manage decide decide_late appoint close_login back_office
TABLE = [
    ("administrator of the body", True, True, True, True, False, False),
    ("reviewer of the body", False, False, False, False, False, False),
    ("author of the body", False, False, False, False, False, False),
    ("reader of the body", False, False, False, False, False, False),
    ("administrator elsewhere", False, False, False, False, False, False),
    ("network manager", True, False, True, True, True, True),
    ("network reviewer", False, False, False, False, False, False),
    ("administrator before the second factor", False, False, False, False, False, False),
    ("network manager before the second factor", False, False, False, False, False, False),
    ("who asked", False, False, False, False, False, False),
    ("nobody", False, False, False, False, False, False),
    ("visitor", False, False, False, False, False, False),
]


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def asked(person, body):
    return JoinRequestFactory(body=body)


@pytest.fixture
def people(person, body, asked):
    boss, manager = person("administrator", body), person(network="manager")
    return {
        "administrator of the body": boss,
        "reviewer of the body": person("reviewer", body),
        "author of the body": person("author", body),
        "reader of the body": person("reader", body),
        "administrator elsewhere": person("administrator"),
        "network manager": manager,
        "network reviewer": person(network="reviewer"),
        "administrator before the second factor": weakened(boss),
        "network manager before the second factor": weakened(manager),
        "who asked": person(),
        "nobody": person(),
        "visitor": ANONYMOUS,
    }


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(people, body, asked, row):
    name, *rights = row
    actor = people[name]
    if name == "who asked":
        asked.person_id = actor.person_id

    assert {
        "manage": access.may_manage_people(actor, body),
        "decide": access.may_decide(actor, asked, network_too=False),
        "decide_late": access.may_decide(actor, asked, network_too=True),
        "appoint": access.may_give_role(actor, "administrator", person_id=0, body=body),
        "close_login": access.may_close_login(actor, person_id=0),
        "back_office": access.may_use_back_office(actor),
    } == dict(zip(RIGHTS, rights, strict=True))
    assert access.may_withdraw(actor, asked) is (name == "who asked")


@pytest.mark.parametrize("who", ["administrator of the body", "network manager"])
def test_nobody_decides_on_their_own_request(people, asked, who):
    asked.person_id = people[who].person_id

    assert access.may_decide(people[who], asked, network_too=True) is False


def test_oneself_is_given_lower_roles_only(people, person, body):
    boss, author = people["administrator of the body"], person("author", body, network="manager")

    def may(actor, role):
        return access.may_give_role(actor, role, person_id=actor.person_id, body=body)

    assert [may(boss, role) for role in access.RANKS] == [True, True, True, False]
    assert [may(author, role) for role in access.RANKS] == [True, False, False, False]


def test_commands_manage_people_everywhere(body):
    assert access.may_manage_people(SYSTEM, body) is True
    assert access.may_give_role(SYSTEM, "administrator", person_id=1, body=body) is True


def test_the_body_acted_for(person, body):
    assert access.body_acted_for(person("reader", body)) == body
    for stranger in (ANONYMOUS, person()):
        with pytest.raises(Refused, match="Non operi per nessun ente"):
            access.body_acted_for(stranger)


def test_access_rules_never_query(people, body, asked, django_assert_num_queries):
    assert JoinRequest.objects.count() == 1
    with django_assert_num_queries(0):
        for actor in people.values():
            access.may_manage_people(actor, body)
            access.may_decide(actor, asked, network_too=True)
            access.may_give_role(actor, "author", person_id=1, body=body)
            access.may_withdraw(actor, asked)
            access.may_close_login(actor, person_id=1)
            access.may_use_back_office(actor)
