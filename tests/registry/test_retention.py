"""What goes after five years, and what stays a day longer."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casa.foundation import schedule
from casa.registry import trail
from casa.registry.actor import SYSTEM
from casa.registry.models import Invitation, JoinRequest, Mandate, NetworkRole, Person, TrailLine
from casa.registry.services import closing, retention
from casa.registry.services.demo.making import DECLINED
from tests.factories import (
    BodyFactory,
    JoinRequestFactory,
    MandateFactory,
    NetworkRoleFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
OLD = NOW - retention.KEPT_FOR - timedelta(days=1)
YOUNG = NOW - timedelta(days=5 * 365)


def line(at, act="registry.login.done", person=None):
    return TrailLine.objects.create(at=at, act=act, person=person, subject_key="registry:person:1")


def test_lines_older_than_five_years_go_and_the_others_stay():
    line(OLD)
    young = [line(YOUNG), line(NOW)]

    assert retention.forget_old_lines(now=NOW) == 1
    assert list(TrailLine.objects.order_by("pk")) == young


def test_the_database_lets_no_young_line_go_whoever_asks_and_changes_none():
    line(OLD)
    line(YOUNG)
    for sql in (
        "DELETE FROM registry_trail",
        "DELETE FROM registry_trail WHERE at > now() - interval '5 years'",
        "UPDATE registry_trail SET act = 'x'",
        "UPDATE registry_trail SET at = '2001-01-01'",
    ):
        with (
            pytest.raises(DatabaseError, match="nor deleted within five years"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert TrailLine.objects.count() == 2

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_trail WHERE at < now() - interval '5 years'")
    assert TrailLine.objects.count() == 1


def test_the_job_never_asks_for_a_line_the_database_still_holds():
    for year in (2024, 2025, 2026, 2027, 2028):
        for day in (date(year, 2, 28), date(year, 3, 1), date(year, 12, 31)):
            years_ago = day.replace(year=day.year - 5)
            assert day - retention.KEPT_FOR <= years_ago


def test_whether_the_demonstration_was_wanted_is_remembered():
    line(OLD, act=DECLINED)

    assert retention.forget_old_lines(now=NOW) == 0


def test_what_ended_five_years_ago_goes_and_what_lasts_stays():
    old, young = timezone.localdate(OLD), timezone.localdate(YOUNG)
    begun = old - timedelta(days=900)
    body = BodyFactory()
    stays = []
    for make in (
        lambda **days: MandateFactory(body=body, **days),
        NetworkRoleFactory,
    ):
        make(starts_on=begun, ends_on=old)
        stays += [make(starts_on=begun, ends_on=young), make(starts_on=begun)]
    JoinRequestFactory(body=body, asked_at=OLD, decided_at=OLD, state="declined")
    stays += [
        JoinRequestFactory(body=body, asked_at=OLD, decided_at=YOUNG, state="declined"),
        JoinRequestFactory(body=body, asked_at=OLD),
    ]
    for digest, expires_at in (("a", OLD), ("b", YOUNG)):
        Invitation.objects.create(
            body=body,
            office=body.offices.get(),
            role="reader",
            token_digest=digest,
            invited_by=PersonFactory(),
            invited_at=expires_at,
            expires_at=expires_at,
        )

    assert retention.forget_old_ties(now=NOW) == 4
    left = [*Mandate.objects.all(), *NetworkRole.objects.all(), *JoinRequest.objects.all()]
    assert set(left) == set(stays)
    assert Invitation.objects.get().token_digest == "b"


def test_a_closed_person_goes_when_nothing_names_them():
    forgotten, open_one, acted, works = (PersonFactory() for _person in range(4))
    trail.record("registry.login.done", acted, actor=SYSTEM)
    line(NOW, person=acted)
    MandateFactory(person=works)
    for person in (forgotten, acted, works):
        closing.close_login(person=person, actor=SYSTEM, now=NOW)

    assert retention.forget_persons(now=NOW) == 1
    assert set(Person.objects.all()) == {open_one, acted, works}


def test_the_worker_does_it_every_day():
    daily = {job.name for job in schedule.jobs() if job.seconds == schedule.DAY}

    assert {
        "registry.forget_old_lines",
        "registry.forget_old_ties",
        "registry.forget_persons",
    } <= daily
