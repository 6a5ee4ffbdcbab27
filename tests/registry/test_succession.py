"""Hand-overs: who takes over what a mandate held, and what is left open when nobody did it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.actor import SYSTEM, actor_for
from casa.registry.models import HandOver, Mandate, Person, TrailLine
from casa.registry.queries import succession as queries
from casa.registry.services import closing
from casa.registry.services.handing_over import hand_over, keep_hand_over
from casa.registry.services.mandates import change_role, end_mandate
from casa.registry.services.settling import settle_expired
from tests.factories import BodyFactory, MandateFactory, OfficeFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def boss(person, body):
    """The only administrator of the body."""
    return person("administrator", body)


def mandate_of(actor, body):
    return Mandate.objects.select_related("person", "body", "office").get(
        person_id=actor.person_id, body=body
    )


def choose(mandate, actor, now, choices=(), on=None):
    return hand_over(mandate=mandate, choices=dict(choices), on=on, actor=actor, now=now)


# The last administrator
def test_the_last_administrator_does_not_go_without_a_choice(body, boss, now):
    with pytest.raises(Refused, match="unica persona con il ruolo di amministrazione"):
        choose(mandate_of(boss, body), boss, now)

    assert mandate_of(boss, body).ends_on is None
    assert not HandOver.objects.exists()


def test_a_colleague_takes_the_administration_over(person, body, boss, now, today):
    author = person("author", body)
    mandate = mandate_of(boss, body)

    done = choose(mandate, boss, now, {queries.ADMINISTRATION: f"person:{author.person_id}"})

    colleague = actor_for(Person.objects.get(pk=author.person_id), on=today)
    assert access.may_manage_people(colleague, body)
    assert (done.cause, [line.heir for line in done.lines.all()]) == ("left", [author.name])
    assert queries.ownerless(on=today) == []
    passed = TrailLine.objects.get(act="registry.hand_over.done")
    assert passed.details == {"passed": [f"Ruolo di amministrazione: 1, {author.name}"]}


def test_the_network_takes_a_body_that_is_given_to_it_and_knows(person, body, boss, now, today):
    person("reader", body)
    choose(mandate_of(boss, body), boss, now, {queries.ADMINISTRATION: "network"})

    assert queries.ownerless(on=today) == []
    manager = person(network="manager")
    assert list(queries.orphans_for(manager, on=today)) == [body]
    assert not queries.orphans_for(person("administrator"), on=today)


def test_a_stranger_is_nobodys_heir(person, body, boss, now):
    elsewhere = person("author")

    with pytest.raises(Refused):
        choose(
            mandate_of(boss, body), boss, now,
            {queries.ADMINISTRATION: f"person:{elsewhere.person_id}"},
        )  # fmt: skip
    assert mandate_of(boss, body).ends_on is None


def test_one_of_two_administrators_goes_at_once(person, body, boss, now, today):
    person("administrator", body)

    done = choose(mandate_of(boss, body), boss, now)

    assert list(done.lines.all()) == []
    assert mandate_of(boss, body).ends_on == today - DAY


def test_the_last_who_works_for_a_body_without_administrator_says_who_keeps_it(
    person, body, now, today
):
    author = person("author", body)
    OfficeFactory(body=body)
    mandate = mandate_of(author, body)
    with pytest.raises(Refused, match="niente resta senza qualcuno"):
        choose(mandate, author, now)
    assert mandate_of(author, body).ends_on is None

    choose(mandate, author, now, {queries.ADMINISTRATION: "network"})

    assert queries.ownerless(on=today) == []
    assert list(queries.entrusted_bodies()) == [body]
    assert list(queries.orphans_for(person(network="manager"), on=today)) == [body]

    person("administrator", body)
    assert not queries.entrusted_bodies()


def test_while_somebody_works_for_the_body_an_author_goes_at_once(person, body, now):
    author = person("author", body)
    person("reviewer", body)
    assert list(choose(mandate_of(author, body), author, now).lines.all()) == []


# Half-way, twice, other people's
def test_half_way_nothing_happens_and_the_choices_are_kept(person, body, boss, now):
    author = person("author", body)
    mandate, code = mandate_of(boss, body), f"person:{author.person_id}"

    for _twice in range(2):
        kept = keep_hand_over(
            mandate=mandate, choices={queries.ADMINISTRATION: code}, on=None, actor=boss, now=now
        )

    assert queries.open_hand_over(mandate) == kept
    assert kept.choices == {queries.ADMINISTRATION: code, "on": ""}
    assert mandate_of(boss, body).ends_on is None
    assert choose(mandate, boss, now, kept.choices) == kept


def test_done_twice_it_gives_the_same_receipt(person, body, boss, now):
    author = person("author", body)
    mandate = mandate_of(author, body)
    first, second = (choose(mandate, boss, now) for _twice in range(2))

    assert first == second
    assert TrailLine.objects.filter(act="registry.mandate.ended").count() == 1


def test_others_do_not_hand_over_nor_read_the_receipt(person, body, boss, now):
    leaver, other = person("author", body), person("author", body)
    mandate = mandate_of(leaver, body)
    with pytest.raises(Refused):
        choose(mandate, other, now)
    done = choose(mandate, leaver, now)

    assert access.may_read_receipt(leaver, done)
    assert access.may_read_receipt(boss, done)
    assert not access.may_read_receipt(other, done)
    assert not access.may_read_receipt(person("administrator"), done)


# Ends that nobody guided
def test_a_mandate_that_comes_to_its_end_leaves_an_open_act(person, body, boss, now, today):
    mandate = mandate_of(boss, body)
    Mandate.objects.filter(pk=mandate.pk).update(ends_on=today - DAY)
    MandateFactory(body=body, ends_on=today - DAY)  # a reader holds nothing

    assert (settle_expired(now=now), settle_expired(now=now)) == (1, 0)

    manager = person(network="manager")
    left = queries.left_open(manager, on=today).get()
    assert (left.mandate, left.cause) == (mandate, "expired")
    assert not queries.left_open(person("administrator"), on=today)
    assert [label for label, _things in queries.ownerless(on=today)] == ["Ruolo di amministrazione"]

    choose(mandate_of(boss, body), manager, now, {queries.ADMINISTRATION: "network"})
    assert not queries.left_open(manager, on=today)
    assert queries.ownerless(on=today) == []


def test_who_is_closed_or_moved_leaves_a_closed_hand_over_where_nothing_was_held(
    person, body, boss, now
):
    closed, moved = person("author", body), person("author", body)
    end_mandate(mandate=mandate_of(person("reader", body), body), actor=boss, now=now)
    closing.close_login(
        person=Person.objects.get(pk=closed.person_id), actor=person(network="manager"), now=now
    )
    office = OfficeFactory(body=body)
    change_role(mandate=mandate_of(moved, body), role="author", office=office, actor=boss, now=now)

    assert [row.done_at is None for row in HandOver.objects.all()] == [False, False, False]
    assert not HandOver.objects.open()


def test_what_is_ended_on_a_day_to_come_is_settled_when_it_comes(person, body, boss, now, today):
    author = mandate_of(person("author", body), body)
    end_mandate(mandate=author, actor=boss, now=now, on=today)
    assert not HandOver.objects.exists()

    settle_expired(now=now + DAY)

    assert HandOver.objects.get().mandate == author


def test_the_plan_costs_the_same_with_one_colleague_and_with_five(person, body, boss):
    mandate, today = mandate_of(boss, body), timezone.localdate()
    counts = []
    for more in (1, 4):
        for _each in range(more):
            person("author", body)
        with CaptureQueriesContext(connection) as seen:
            queries.plan_of(mandate, SYSTEM, on=today)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 8
