"""Giving, changing and taking away mandates."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.actor import actor_for
from casa.registry.models import Mandate, TrailLine
from casa.registry.services import mandates
from tests.factories import BodyFactory, MandateFactory, OfficeFactory, PersonFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def boss(person, body):
    return person("administrator", body)


def own(actor, body):
    return Mandate.objects.get(person_id=actor.person_id, body=body)


def roles(somebody, today):
    return sorted(held.role for held in actor_for(somebody, on=today).mandates)


def test_an_administrator_gives_a_mandate_in_their_body(boss, body, now, today):
    somebody = PersonFactory()
    office = body.offices.get()

    made = mandates.grant_mandate(
        person=somebody, office=office, role="author", starts_on=today, actor=boss, now=now
    )

    assert roles(somebody, today) == ["author"]
    line = TrailLine.objects.get(act="registry.mandate.granted")
    assert (line.person_id, line.body, line.subject_key) == (
        boss.id,
        body,
        f"registry:mandate:{made.pk}",
    )
    assert line.details["role"] == "author"


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_others_of_the_body_give_no_mandate(person, body, now, today, role):
    with pytest.raises(Refused):
        mandates.grant_mandate(
            person=PersonFactory(),
            office=body.offices.get(),
            role="reader",
            starts_on=today,
            actor=person(role, body),
            now=now,
        )
    assert not TrailLine.objects.exists()


def test_an_administrator_elsewhere_gives_no_mandate_and_a_network_manager_does(
    person, body, now, today
):
    wanted = {
        "person": PersonFactory(),
        "office": body.offices.get(),
        "role": "administrator",
        "starts_on": today,
        "now": now,
    }

    with pytest.raises(Refused):
        mandates.grant_mandate(**wanted, actor=person("administrator"))
    mandates.grant_mandate(**wanted, actor=person(network="manager"))

    assert roles(wanted["person"], today) == ["administrator"]


def test_nobody_raises_themselves(person, body, now, today):
    manager = person("author", body, network="manager")
    mandate = own(manager, body)

    with pytest.raises(Refused, match="sé stesso"):
        mandates.change_role(
            mandate=mandate, role="administrator", office=mandate.office, actor=manager, now=now
        )
    with pytest.raises(Refused, match="sé stesso"):
        mandates.grant_mandate(
            person=mandate.person,
            office=mandate.office,
            role="reviewer",
            starts_on=today,
            actor=manager,
            now=now,
        )


def test_the_same_role_is_not_given_twice(boss, body, now, today):
    held = MandateFactory(body=body, role="author")

    with pytest.raises(Refused, match="ha già il ruolo «Redazione» per il Comune di Prova"):
        mandates.grant_mandate(
            person=held.person,
            office=held.office,
            role="author",
            starts_on=today + DAY,
            actor=boss,
            now=now,
        )


def test_a_mandate_neither_begins_in_the_past_nor_ends_before_it_begins(boss, body, now, today):
    wanted = {
        "person": PersonFactory(),
        "office": body.offices.get(),
        "role": "author",
        "actor": boss,
        "now": now,
    }

    with pytest.raises(Refused, match="passato"):
        mandates.grant_mandate(**wanted, starts_on=today - DAY)
    with pytest.raises(Refused, match="prima del primo"):
        mandates.grant_mandate(**wanted, starts_on=today + DAY, ends_on=today)


def test_ending_takes_the_rights_at_once(boss, body, now, today):
    old = MandateFactory(body=body, role="author")
    fresh = MandateFactory(body=body, role="author", starts_on=today)

    for mandate in (old, fresh):
        mandates.end_mandate(mandate=mandate, actor=boss, now=now)
        assert roles(mandate.person, today) == []
        assert roles(mandate.person, today + DAY) == []


def test_ending_later_keeps_the_rights_until_that_day(boss, body, now, today):
    mandate = MandateFactory(body=body, role="author")

    mandates.end_mandate(mandate=mandate, actor=boss, now=now, on=today + DAY)

    assert roles(mandate.person, today + DAY) == ["author"]
    assert roles(mandate.person, today + 2 * DAY) == []


def test_ending_twice_leaves_one_line(boss, body, now):
    mandate = MandateFactory(body=body, role="author")

    mandates.end_mandate(mandate=mandate, actor=boss, now=now)
    mandates.end_mandate(mandate=mandate, actor=boss, now=now)

    assert TrailLine.objects.filter(act="registry.mandate.ended").count() == 1


def test_suspended_rights_come_back_when_resumed(boss, body, now, today):
    mandate = MandateFactory(body=body, role="reviewer")

    mandates.suspend_mandate(mandate=mandate, actor=boss, now=now)
    assert roles(mandate.person, today) == []
    mandates.resume_mandate(mandate=mandate, actor=boss, now=now)

    assert roles(mandate.person, today) == ["reviewer"]
    acts = TrailLine.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["registry.mandate.suspended", "registry.mandate.resumed"]


def test_changing_the_role_ends_the_old_mandate_and_starts_another(boss, body, now, today):
    old = MandateFactory(body=body, role="author")

    new = mandates.change_role(mandate=old, role="reviewer", office=old.office, actor=boss, now=now)

    old.refresh_from_db()
    assert (old.ends_on, new.starts_on, new.ends_on) == (today - DAY, today, None)
    assert roles(old.person, today) == ["reviewer"]
    line = TrailLine.objects.get(act="registry.mandate.changed")
    assert (line.details["before"]["role"], line.details["role"]) == ("author", "reviewer")


def test_a_role_changed_to_and_fro_in_one_day_is_held_once(boss, body, now, today):
    mandate = MandateFactory(body=body, role="author", starts_on=today)

    for role in ("reviewer", "author", "reviewer"):
        mandate = mandates.change_role(
            mandate=mandate, role=role, office=mandate.office, actor=boss, now=now
        )

    assert roles(mandate.person, today) == ["reviewer"]


def test_moving_to_another_office_keeps_the_role(boss, body, now, today):
    mandate = MandateFactory(body=body, role="author")
    office = OfficeFactory(body=body)

    moved = mandates.change_role(mandate=mandate, role="author", office=office, actor=boss, now=now)

    assert (moved.office, roles(mandate.person, today)) == (office, ["author"])


@pytest.mark.parametrize("who", ["themselves", "a network manager"])
def test_the_last_administrator_stays(person, boss, body, now, today, who):
    actor = boss if who == "themselves" else person(network="manager")
    last = own(boss, body)
    MandateFactory(body=body, role="administrator", person__is_active=False)
    MandateFactory(body=body, role="administrator", ends_on=today)
    MandateFactory(body=body, role="administrator", starts_on=today + 2 * DAY)

    with pytest.raises(Refused, match="unica persona"):
        mandates.end_mandate(mandate=last, actor=actor, now=now)
    with pytest.raises(Refused, match="unica persona"):
        mandates.suspend_mandate(mandate=last, actor=actor, now=now)
    with pytest.raises(Refused, match="unica persona"):
        mandates.change_role(mandate=last, role="author", office=last.office, actor=actor, now=now)
    assert roles(last.person, today) == ["administrator"]


def test_one_of_two_administrators_may_leave(boss, body, now, today):
    MandateFactory(body=body, role="administrator")
    mine = own(boss, body)

    mandates.change_role(mandate=mine, role="author", office=mine.office, actor=boss, now=now)

    assert roles(mine.person, today) == ["author"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_both_leave_at_the_same_moment(body, now, today):
    """Each ends the other's mandate; the lock on the body lets only one of them through."""
    pair = [MandateFactory(body=body, role="administrator") for _ in range(2)]
    ready, refused = Barrier(2), []

    def end(mandate, by):
        actor = actor_for(by.person, on=today)
        ready.wait(timeout=10)
        try:
            mandates.end_mandate(mandate=mandate, actor=actor, now=now)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=end, args=both) for both in (pair, reversed(pair))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    left = Mandate.objects.in_force(on=today).filter(body=body, role="administrator")
    assert (left.count(), len(refused)) == (1, 1)


def test_two_dated_endings_do_not_leave_the_body_alone(boss, person, body, now, today):
    other = MandateFactory(body=body, role="administrator")
    mandates.end_mandate(mandate=own(boss, body), actor=boss, now=now, on=today + 30 * DAY)

    for last_day in (today + 20 * DAY, today + 30 * DAY, today + 40 * DAY):
        with pytest.raises(Refused, match="senza una data di fine"):
            mandates.end_mandate(mandate=other, actor=boss, now=now, on=last_day)
    assert roles(other.person, today + 50 * DAY) == ["administrator"]


@pytest.mark.parametrize(("gap", "allowed"), [(0, True), (1, False)])
def test_whoever_follows_follows_without_a_gap(boss, body, now, today, gap, allowed):
    last_day = today + 30 * DAY
    MandateFactory(body=body, role="administrator", starts_on=last_day + DAY + gap * DAY)
    mine = own(boss, body)

    if allowed:
        mandates.end_mandate(mandate=mine, actor=boss, now=now, on=last_day)
    else:
        with pytest.raises(Refused, match="unica persona"):
            mandates.end_mandate(mandate=mine, actor=boss, now=now, on=last_day)

    assert (roles(mine.person, last_day + DAY) == []) is allowed


def test_who_leaves_before_a_date_needs_others_only_until_then(boss, body, now, today):
    mine = own(boss, body)
    mine.ends_on = today + 10 * DAY
    mine.save()
    MandateFactory(body=body, role="administrator", ends_on=today + 5 * DAY)
    with pytest.raises(Refused, match="unica persona"):
        mandates.end_mandate(mandate=mine, actor=boss, now=now)

    MandateFactory(body=body, role="administrator", starts_on=today, ends_on=today + 10 * DAY)
    mandates.end_mandate(mandate=mine, actor=boss, now=now)

    assert roles(mine.person, today) == []
