"""The rules of procurement in the database: loading them, one truth for each day, reading them."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.guide import queries
from casa.guide.law import Law
from casa.guide.models import Rule
from casa.guide.services import load_rules, read_rules
from casa.registry.actor import SYSTEM
from casa.registry.models import TrailLine

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.ROOT) / "data" / "guide"
DAY = date(2026, 11, 1)


def load(rows):
    return load_rules(rows, source="prova", actor=SYSTEM, now=timezone.now())


def make(**values):
    given = {"topic": "other", "code": "prova", "text": "Prova", "valid_from": DAY}
    return Rule.objects.create(**given | {"citation": "art. 1", "source": "prova"} | values)


def test_the_rules_of_the_database_are_those_of_the_files():
    rows = read_rules(FOLDER)
    load(rows)

    known = queries.law_of()
    for row in rows:
        assert known.row(row.topic, row.code, row.valid_from) == row


def test_loading_again_changes_nothing():
    rows = read_rules(FOLDER)
    assert load(rows).changes == len(rows)
    again = load(rows)

    assert (again.changes, list(again.kept)) == (0, [])
    assert TrailLine.objects.filter(act="guide.rules.loaded").count() == 1


def test_what_editors_corrected_stays():
    rows = read_rules(FOLDER)
    load(rows)
    Rule.objects.filter(code="da_works").update(value=160000)
    assert len(load(rows).kept) == 1
    assert queries.law_of().row("procedures", "da_works", DAY).value == 160000


def test_two_truths_on_one_day_are_refused():
    make()
    with pytest.raises(IntegrityError), transaction.atomic():
        make(valid_from=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="Il giorno finale deve venire dopo"):
        Rule(topic="other", code="x", valid_from=DAY, valid_to=DAY).validate_constraints()
    make(valid_from=date(2026, 1, 1), valid_to=DAY)


def test_a_file_with_two_truths_changes_nothing():
    rows = read_rules(FOLDER)
    with pytest.raises(Refused, match="Nulla è cambiato"):
        load([*rows, rows[0]])
    assert not Rule.objects.exists()


@pytest.mark.parametrize("number", [1, 5])
def test_the_rules_of_a_day_are_read_in_one_query(number, django_assert_num_queries):
    for count in range(number):
        make(code=f"prova-{count}")
    with django_assert_num_queries(1):
        (section,) = queries.sections(on=DAY)
    assert len(section.rules) == number
    assert isinstance(queries.law_of(), Law)


def test_a_rule_of_another_jurisdiction_does_not_answer_for_the_national_one():
    make(value=1)
    make(value=2, jurisdiction="IT-25", valid_from=date(2020, 1, 1))

    assert queries.law_of().row("other", "prova", DAY).value == 1
    assert queries.law_of().row("other", "prova", date(2021, 1, 1)) is None
