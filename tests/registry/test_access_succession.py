"""Who ends a mandate and passes on what it held, who reads it, who confirms once a year."""

from copy import copy

import pytest

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.actor import ANONYMOUS, SYSTEM, weakened
from casa.registry.models import HandOver, HandOverLine, Mandate
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


SUCCESSION_RIGHTS = (
    "pass on a mandate", "leave it", "read the receipt", "read the names in it",
    "read its private lines", "confirm who still works there", "see what waits",
    "ask for it again once suspended",
)  # fmt: skip
SUCCESSION_TABLE = [
    ("administrator of the body", True, False, True, True, False, True, True, False),
    ("who leaves (author)", True, True, True, True, True, False, False, True),
    ("who takes over (author)", False, False, True, True, True, False, False, False),
    ("author of the body", False, False, False, True, False, False, False, False),
    ("administrator elsewhere", False, False, False, False, False, False, True, False),
    (
        "administrator before the second factor",
        False,
        False,
        False,
        True,
        False,
        False,
        False,
        False,
    ),
    ("network manager", True, False, True, False, False, True, True, False),
    ("network reviewer", False, False, False, False, False, False, False, False),
    ("visitor", False, False, False, False, False, False, False, False),
    ("command line", True, False, True, False, False, True, False, False),
]


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def people(person, body):
    boss = person("administrator", body)
    return {
        "administrator of the body": boss,
        "who leaves (author)": person("author", body),
        "who takes over (author)": person("author", body),
        "author of the body": person("author", body),
        "administrator elsewhere": person("administrator"),
        "administrator before the second factor": weakened(boss),
        "network manager": person(network="manager"),
        "network reviewer": person(network="reviewer"),
        "visitor": ANONYMOUS,
        "command line": SYSTEM,
    }


@pytest.fixture
def hand_over(people, body):
    leaver = people["who leaves (author)"].person_id
    mandate = Mandate.objects.select_related("body").get(person_id=leaver)
    made = HandOver.objects.create(mandate=mandate, cause="left", opened_at="2026-01-01T10:00Z")
    heir = people["who takes over (author)"].person_id
    line = {"part": "x", "label": "Cose", "way": "person", "successor_id": heir, "count": 1}
    HandOverLine.objects.create(hand_over=made, private=True, **line)
    HandOverLine.objects.create(hand_over=made, **line)
    return HandOver.objects.prefetch_related("lines").select_related("mandate__body").get()


@pytest.mark.parametrize("row", SUCCESSION_TABLE, ids=[row[0] for row in SUCCESSION_TABLE])
def test_who_may_do_what(people, body, hand_over, row, django_assert_num_queries):
    name, *rights = row
    actor, mandate = people[name], hand_over.mandate
    suspended = copy(mandate)
    suspended.suspended_on = suspended.starts_on

    with django_assert_num_queries(0):
        found = (
            access.may_hand_over(actor, mandate),
            access.may_leave(actor, mandate),
            access.may_read_receipt(actor, hand_over),
            access.may_see_titles(actor, mandate),
            len(access.lines_for(actor, hand_over)) > 1,
            access.may_attest(actor, body),
            access.may_oversee(actor),
            access.may_ask_back(actor, suspended),
        )
    assert list(found) == rights


@pytest.mark.parametrize("who", ["author of the body", "visitor"])
def test_what_waits_is_refused_to_whoever_looks_after_no_body(people, who):
    with pytest.raises(Refused, match="chi amministra un ente o gestisce la rete"):
        access.demand_overseer(people[who])
