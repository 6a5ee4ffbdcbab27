"""The permission table of cases, row by row. It is also its documentation."""

import pytest

from casa.casework import access
from casa.casework.models import Case, Step
from casa.registry.actor import ANONYMOUS, weakened
from tests.casework.test_services import case_of
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db

RIGHTS = (
    "read_a_case",
    "work_on_it",
    "work_on_it_as_its_owner",
    "move_a_step_of_the_owner",
    "move_a_step_of_the_supporter",
)
#   who                                      read   work   owner  own    theirs
TABLE = [
    ("author of the owner", True, True, True, True, False),
    ("reviewer of the owner", True, True, True, True, False),
    ("administrator of the owner", True, True, True, True, False),
    ("reader of the owner", True, False, False, False, False),
    ("author of the supporter", True, True, False, False, True),
    ("reader of the supporter", True, False, False, False, False),
    ("author of another body", False, False, False, False, False),
    ("administrator before the second factor", True, False, False, False, False),
    ("network manager", False, False, False, False, False),
    ("visitor", False, False, False, False, False),
]


@pytest.fixture
def bodies():
    return BodyFactory(), BodyFactory(kind="province")


@pytest.fixture
def people(person, bodies):
    owner, supporter = bodies
    administrator = person("administrator", owner)
    return {
        "author of the owner": person("author", owner),
        "reviewer of the owner": person("reviewer", owner),
        "administrator of the owner": administrator,
        "reader of the owner": person("reader", owner),
        "author of the supporter": person("author", supporter),
        "reader of the supporter": person("reader", supporter),
        "author of another body": person("author"),
        "administrator before the second factor": weakened(administrator),
        "network manager": person(network="manager"),
        "visitor": ANONYMOUS,
    }


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(row, people, bodies):
    who, *expected = row
    actor, case = people[who], case_of(*bodies)
    steps = {step.side: step for step in case.steps.select_related("case__office")}
    assert [
        Case.objects.visible_to(actor).filter(pk=case.pk).exists(),
        access.may_work(actor, case),
        access.may_work_as_owner(actor, case),
        access.may_move(actor, steps[Step.Side.OWNER]),
        access.may_move(actor, steps[Step.Side.SUPPORTER]),
    ] == expected


def test_nobody_works_for_a_supporter_that_is_not_there(person, bodies):
    owner, other = bodies
    case = case_of(owner)
    assert not access.may_work(person("author", other), case)
    assert all(access.may_move(person("author", owner), step) for step in case.steps.all())


def test_rules_never_query(people, bodies, django_assert_num_queries):
    case = case_of(*bodies)
    steps = list(case.steps.select_related("case__office"))
    with django_assert_num_queries(0):
        for actor in people.values():
            access.may_work(actor, case)
            [access.may_move(actor, step) for step in steps]
