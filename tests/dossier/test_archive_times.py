"""The days of a tender go into its archive and come back with it."""

from datetime import date

import pytest
from django.utils import timezone

from casa.dossier.archive.own import timing
from casa.dossier.archive.parts import Packing, Restoring
from casa.dossier.archive.people import Found, key_of
from casa.dossier.archive.rows import told
from casa.dossier.models import Dossier, Timetable
from casa.dossier.queries.timing import timing_of
from casa.dossier.services.timing import Plan, move_day, plan_days
from casa.registry.models import Person
from tests.dossier.test_archive import brought, packed, rows
from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(dossier, author):
    load_the_rules()
    now, start = timezone.now(), date(2035, 12, 3)
    plan_days(dossier.pk, Plan(backward=False, day=start, saint=(8, 9)), actor=author, now=now)
    move_day(dossier.pk, "notice", on=date(2035, 12, 21), lasting=12, actor=author, now=now)
    return Dossier.objects.get(pk=dossier.pk)


def test_the_same_days_come_back(moved, author, officer, tmp_path):
    today = timezone.localdate()
    days = [(day.code, day.on) for day in timing_of(moved, today=today).timeline.days]
    data = packed(moved, officer)
    assert rows(data, "tempi")[0]["lasting"] == {"notice": 12}
    was = told(Timetable.objects.get())
    moved.case.delete()
    brought(data, tmp_path, author)
    assert told(Timetable.objects.get()) == was
    assert Timetable.objects.get().saved_by_id == author.person_id
    again = timing_of(Dossier.objects.get(), today=today)
    assert [(day.code, day.on) for day in again.timeline.days] == days


@pytest.mark.parametrize(
    "wrong",
    [
        {"lasting": {"notice": 10**9}},
        {"lasting": {"notice": "12"}},
        {"chosen": {"notice": "9999-12-31"}},
        {"chosen": {"notice": "domani"}},
        {"day": "0001-01-01"},
        {"moved": [{"title": "x"}]},
    ],
)
def test_days_that_no_office_could_have_written_do_not_come_back(moved, author, wrong):
    now = timezone.now()
    row = {**timing.rows(Packing(dossier=moved, actor=author, now=now))[0], **wrong}
    Timetable.objects.all().delete()
    key = {"id": row["saved_by"], "key": key_of(Person.objects.get(pk=author.person_id))}
    people = Found([key], body_ids=list(author.body_ids))
    restoring = Restoring(archive=None, dossier=moved, people=people, actor=author, now=now)
    with pytest.raises((KeyError, ValueError)):
        timing.restore(restoring, [row])
    assert not Timetable.objects.exists()
