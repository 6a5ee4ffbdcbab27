"""A case of one body or two, and its steps, without any room above."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from casa.casework import access, queries
from casa.casework.models import Case, Step
from casa.casework.services import Move, NewStep, move_step, open_case
from casa.foundation.errors import Refused
from casa.registry.actor import ANONYMOUS
from casa.registry.models import TrailLine
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
STEPS = [
    NewStep(code="need", phase="planning", title="Scrivere il bisogno", side="owner"),
    NewStep(code="call", phase="award", title="Bandire", side="supporter"),
    NewStep(code="thanks", phase="award", title="Ringraziare", side="owner", optional=True),
]


@pytest.fixture
def comune():
    return BodyFactory()


@pytest.fixture
def sua():
    return BodyFactory(kind="province")


def case_of(comune, sua=None) -> Case:
    office = comune.offices.get(is_default=True)
    return open_case(title="Prova", office=office, supporter=sua, steps=STEPS, now=NOW)


def move(step, actor, **values) -> Step:
    return move_step(step.pk, Move(**values), actor=actor, today=TODAY, now=NOW)


def test_without_a_supporter_every_step_is_the_owners(comune, sua):
    assert {step.side for step in queries.steps_of(case_of(comune))} == {"owner"}
    assert [step.side for step in queries.steps_of(case_of(comune, sua))] == [
        "owner",
        "supporter",
        "owner",
    ]


def test_both_bodies_see_a_case_and_nobody_else(person, comune, sua):
    case = case_of(comune, sua)

    def sees(actor) -> bool:
        return case in Case.objects.visible_to(actor)

    assert sees(person("reader", comune))
    assert sees(person("reader", sua))
    assert not sees(person("administrator"))
    assert not sees(person(network="manager"))
    assert not sees(ANONYMOUS)


def test_only_who_works_for_the_body_of_a_step_moves_it(person, comune, sua):
    mine, theirs, _ = queries.steps_of(case_of(comune, sua))
    ours = person("author", comune)
    assert access.may_move(ours, mine)
    assert not access.may_move(ours, theirs)
    assert not access.may_move(person("reader", comune), mine)
    with pytest.raises(Refused, match="tocca all'altro ente"):
        move(theirs, ours, state="done")


def test_the_turn_goes_to_the_first_step_that_is_not_over(person, comune, sua):
    case = case_of(comune, sua)
    assert queries.turn_of(queries.steps_of(case)).code == "need"
    move(case.steps.get(code="need"), person("author", comune), state="done")
    steps = queries.steps_of(case)
    assert queries.turn_of(steps).code == "call"
    assert [(one.label, one.done) for one in queries.stretches(case, steps)] == [
        ("Programmazione", 1),
        ("Affidamento", 0),
    ]
    assert queries.turn_of([]) is None


def test_a_step_is_skipped_for_a_reason_and_twice_is_once(person, comune):
    case, author = case_of(comune), person("author", comune)
    need, thanks = case.steps.get(code="need"), case.steps.get(code="thanks")
    with pytest.raises(Refused, match="perché non serve"):
        move(need, author, state="skipped")
    assert move(thanks, author, state="skipped").done_on == TODAY
    move(thanks, author, state="skipped")
    assert TrailLine.objects.filter(act="casework.step.moved").count() == 1


def test_the_database_knows_one_step_per_code(comune):
    case = case_of(comune)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(case=case, code="need", order=9, phase="award", title="X", side="owner")
