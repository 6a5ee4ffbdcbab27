"""Reading the steps of a case: by phase, in order, in one query."""

import pytest

from casa.casework import queries
from casa.casework.models import Phase
from casa.casework.services import NewStep, open_case
from tests.casework.test_services import NOW, TODAY, case_of
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


def long_case(count):
    office = BodyFactory().offices.get(is_default=True)
    steps = [
        NewStep(code=f"s{number}", phase="award", title=f"Passo {number}", side="owner")
        for number in range(count)
    ]
    return open_case(title="Prova", office=office, supporter=None, steps=steps, now=NOW)


@pytest.mark.parametrize("count", [1, 5])
def test_the_steps_are_read_in_one_query(count, django_assert_num_queries):
    case = long_case(count)
    with django_assert_num_queries(1):
        steps = queries.steps_of(case)
        assert [str(step.case.office.body) for step in steps] == [str(case.office.body)] * count
    assert [step.code for step in steps] == [f"s{number}" for number in range(count)]


def test_phases_without_steps_are_left_out_and_keep_the_order_of_the_law():
    case = case_of(BodyFactory())
    steps = queries.steps_of(case)
    found = queries.stretches(case, list(reversed(steps)))
    assert [one.label for one in found] == [str(Phase.PLANNING.label), str(Phase.AWARD.label)]
    assert sum(len(one.steps) for one in found) == len(steps)
    assert queries.stretches(case, []) == []


def test_what_is_skipped_is_over_and_what_goes_on_is_not():
    case = case_of(BodyFactory())
    case.steps.filter(code="need").update(state="skipped", done_on=TODAY)
    case.steps.filter(code="call").update(state="doing")
    steps = queries.steps_of(case)
    assert queries.turn_of(steps).code == "call"
    assert [one.done for one in queries.stretches(case, steps)] == [1, 0]
    case.steps.update(state="done", done_on=TODAY)
    assert queries.turn_of(queries.steps_of(case)) is None
