"""What the database refuses of norms."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casa.guide.models import Norm
from tests.guide.makers import NormFactory

pytestmark = pytest.mark.django_db


def test_two_rows_follow_each_other_day_by_day():
    NormFactory(act="l. 1/2001", valid_to=date(2010, 1, 1))
    NormFactory(act="l. 1/2001", valid_from=date(2010, 1, 1), status="repealed")

    states = {
        day: Norm.objects.holding(on=day).get().status
        for day in (date(2009, 12, 31), date(2010, 1, 1))
    }
    assert states == {date(2009, 12, 31): "in_force", date(2010, 1, 1): "repealed"}
    assert not Norm.objects.holding(on=date(2000, 12, 31)).exists()


@pytest.mark.parametrize("valid_from", [date(2001, 1, 1), date(2009, 12, 31)])
def test_two_rows_never_speak_of_one_norm_on_one_day(valid_from):
    NormFactory(act="l. 1/2001", article="3", valid_to=date(2010, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        NormFactory(act="l. 1/2001", article="3", valid_from=valid_from, status="repealed")
    twin = Norm(
        act="l. 1/2001",
        article="3",
        status="repealed",
        valid_from=valid_from,
        citation="x",
        source="y",
    )
    with pytest.raises(ValidationError, match="Un'altra riga parla della stessa norma"):
        twin.full_clean()


def test_another_article_is_another_norm():
    NormFactory(act="l. 1/2001", article="3")
    NormFactory(act="l. 1/2001", article="4")
    NormFactory(act="l. 1/2001", article="3", comma="1")
    NormFactory(act="l. 1/2001")

    assert Norm.objects.count() == 4


@pytest.mark.parametrize(
    "wrong",
    [{"valid_to": date(2001, 1, 1)}, {"valid_to": date(1999, 1, 1)}, {"confidence": "verified"}],
)
def test_a_row_without_sense_is_refused(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        NormFactory(**wrong)


def test_a_row_reads_as_people_write_it():
    row = NormFactory(act="l. 1/2001", article="3", comma="2", valid_to=date(2010, 1, 1))

    assert str(row) == "art. 3, c. 2, l. 1/2001"
    assert row.last_day == date(2009, 12, 31)
    assert NormFactory().last_day is None
