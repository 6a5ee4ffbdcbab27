"""What the database knows of cases and steps by itself."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from casa.casework.models import Case, Step
from casa.registry.actor import ANONYMOUS
from tests.casework.test_services import TODAY, case_of
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "day", "holds"),
    [
        ("todo", None, True),
        ("doing", None, True),
        ("done", TODAY, True),
        ("skipped", TODAY, True),
        ("done", None, False),
        ("skipped", None, False),
        ("todo", TODAY, False),
        ("doing", TODAY, False),
        ("else", TODAY, False),
    ],
)
def test_a_step_has_a_day_when_it_is_over_and_only_then(state, day, holds):
    step = case_of(BodyFactory()).steps.first()
    rows = Step.objects.filter(pk=step.pk)
    if holds:
        assert rows.update(state=state, done_on=day) == 1
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state=state, done_on=day)


def test_a_code_stands_once_in_a_case_and_again_in_another():
    first, second = case_of(BodyFactory()), case_of(BodyFactory())
    given = {"order": 9, "phase": "award", "title": "X", "side": "owner"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(case=first, code="need", **given)
    second.steps.filter(code="need").delete()
    assert Step.objects.create(case=second, code="need", **given).pk


def test_a_case_keeps_its_office_and_takes_its_steps_with_it():
    body = BodyFactory()
    case = case_of(body)
    with pytest.raises(ProtectedError):
        case.office.delete()
    case.delete()
    assert not Step.objects.exists()


def test_visible_to_gives_each_case_once_though_one_works_for_both_bodies(person):
    owner, supporter = BodyFactory(), BodyFactory(kind="province")
    case = case_of(owner, supporter)
    assert list(Case.objects.visible_to(person("reader", owner))) == [case]
    assert list(Case.objects.visible_to(ANONYMOUS)) == []
    assert list(Case.objects.visible_to(person("reader"))) == []
