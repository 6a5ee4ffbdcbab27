"""Whose second factor may be reset by whom, row by row."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.registry import access
from casa.registry.actor import ANONYMOUS, SYSTEM, weakened
from casa.registry.queries.second_factor import standings_of
from tests.factories import BodyFactory, MandateFactory, NetworkRoleFactory, PersonFactory

pytestmark = pytest.mark.django_db

RESET_OF_SECOND_FACTOR_RIGHTS = (
    "author_of_the_body",
    "administrator_of_the_body",
    "administrator_elsewhere_too",
    "network_reviewer_of_the_body",
    "author_elsewhere",
    "somebody_without_a_mandate",
    "oneself",
)
RESET_OF_SECOND_FACTOR_TABLE = [
    ("administrator of the body", True, True, False, False, False, False, False),
    ("administrator of both bodies", True, True, True, False, True, False, False),
    ("administrator elsewhere", False, False, False, False, True, False, False),
    ("reviewer of the body", False, False, False, False, False, False, False),
    ("network manager", True, True, True, True, True, True, False),
    ("network reviewer", False, False, False, False, False, False, False),
    ("administrator before the second factor", False, False, False, False, False, False, False),
    ("network manager before the second factor", False, False, False, False, False, False, False),
    ("visitor", False, False, False, False, False, False, False),
    ("operator at the command line", True, True, True, True, True, True, False),
]


@pytest.fixture
def bodies():
    return BodyFactory.create_batch(2)


@pytest.fixture
def actors(person, bodies):
    body, elsewhere = bodies
    boss, manager, both = (
        person("administrator", body),
        person(network="manager"),
        MandateFactory(body=body, role="administrator").person,
    )
    MandateFactory(person=both, body=elsewhere, role="administrator")
    return {
        "administrator of the body": boss,
        "administrator of both bodies": whole(both),
        "administrator elsewhere": person("administrator", elsewhere),
        "reviewer of the body": person("reviewer", body),
        "network manager": manager,
        "network reviewer": person(network="reviewer"),
        "administrator before the second factor": weakened(boss),
        "network manager before the second factor": weakened(manager),
        "visitor": ANONYMOUS,
        "operator at the command line": SYSTEM,
    }


@pytest.fixture
def others(bodies):
    body, elsewhere = bodies
    both = MandateFactory(body=body, role="administrator").person
    MandateFactory(person=both, body=elsewhere, role="administrator")
    reviewer = MandateFactory(body=body, role="author").person
    NetworkRoleFactory(person=reviewer, role="reviewer")
    return {
        "author_of_the_body": MandateFactory(body=body, role="author").person,
        "administrator_of_the_body": MandateFactory(body=body, role="administrator").person,
        "administrator_elsewhere_too": both,
        "network_reviewer_of_the_body": reviewer,
        "author_elsewhere": MandateFactory(body=elsewhere, role="author").person,
        "somebody_without_a_mandate": PersonFactory(),
    }


def whole(somebody):
    return standings_of([somebody.pk], on=timezone.localdate())[somebody.pk]


@pytest.mark.parametrize(
    "row", RESET_OF_SECOND_FACTOR_TABLE, ids=[row[0] for row in RESET_OF_SECOND_FACTOR_TABLE]
)
def test_who_may_reset_whose(actors, others, row):
    who, *rights = row
    actor = actors[who]
    standings = {name: whole(somebody) for name, somebody in others.items()}
    standings["oneself"] = actor

    assert {
        name: access.may_reset_second_factor(actor, whose) for name, whose in standings.items()
    } == dict(zip(RESET_OF_SECOND_FACTOR_RIGHTS, rights, strict=True))


def test_a_weight_that_sleeps_or_is_to_come_counts(person, bodies):
    body, elsewhere = bodies
    boss, today = person("administrator", body), timezone.localdate()
    for more in ({"suspended_on": today}, {"starts_on": today + timedelta(days=9)}):
        somebody = MandateFactory(body=body, role="author").person
        MandateFactory(person=somebody, body=elsewhere, role="administrator", **more)
        assert access.may_reset_second_factor(boss, whole(somebody)) is False
    somebody = MandateFactory(body=body, role="author").person
    NetworkRoleFactory(person=somebody, starts_on=today + timedelta(days=9))
    assert access.may_reset_second_factor(boss, whole(somebody)) is False


def test_a_weight_that_is_over_does_not(person, bodies):
    body, elsewhere = bodies
    boss, yesterday = person("administrator", body), timezone.localdate() - timedelta(days=1)
    somebody = MandateFactory(body=body, role="author").person
    MandateFactory(person=somebody, body=elsewhere, role="administrator", ends_on=yesterday)
    NetworkRoleFactory(person=somebody, ends_on=yesterday)
    gone = MandateFactory(body=body, role="author", ends_on=yesterday).person

    assert access.may_reset_second_factor(boss, whole(somebody)) is True
    assert access.may_reset_second_factor(boss, whole(gone)) is False
