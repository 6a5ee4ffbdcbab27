"""The permission table of notices, row by row. It is also its documentation."""

import pytest
from django.http import Http404
from django.utils import timezone

from casa.notices import access, services
from casa.notices.models import Duty, Follow
from casa.notices.services import Owed
from casa.notices.things import Thing
from casa.registry.actor import ANONYMOUS, weakened
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db

RIGHTS = ("follow_things", "do_what_the_office_owes")
#   who                                    follow  do
TABLE = [
    ("author of the body", True, True),
    ("reviewer of the body", True, True),
    ("administrator of the body", True, True),
    ("reader of the body", True, False),
    ("author of another body", True, False),
    ("network manager", True, False),
    ("administrator before the second factor", True, False),
    ("somebody without a mandate", False, False),
    ("visitor", False, False),
]


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def duty(body):
    owed = Owed(
        office_id=body.offices.get().pk,
        kind="library.source",
        key="library:entry:1",
        title="La fonte è avanti",
        url="/biblioteca/prova/",
        action="Guarda le novità",
    )
    services.owe(owed, now=timezone.now())
    return Duty.objects.select_related("office__body").get()


@pytest.fixture
def people(person, body):
    administrator = person("administrator", body)
    return {
        "author of the body": person("author", body),
        "reviewer of the body": person("reviewer", body),
        "administrator of the body": administrator,
        "reader of the body": person("reader", body),
        "author of another body": person("author"),
        "network manager": person(network="manager"),
        "administrator before the second factor": weakened(administrator),
        "somebody without a mandate": person(),
        "visitor": ANONYMOUS,
    }


@pytest.mark.parametrize(("who", *RIGHTS), TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(people, duty, who, follow_things, do_what_the_office_owes):
    actor = people[who]
    assert access.may_follow(actor) is follow_things
    assert access.may_settle(actor, duty) is do_what_the_office_owes


@pytest.mark.parametrize(("who", *RIGHTS), TABLE, ids=[row[0] for row in TABLE])
def test_duties_of_others_do_not_exist(people, duty, who, follow_things, do_what_the_office_owes):
    if do_what_the_office_owes:
        assert access.duty_for(people[who], duty.pk) == duty
    else:
        with pytest.raises(Http404):
            access.duty_for(people[who], duty.pk)


def test_rules_never_query(people, duty, django_assert_num_queries):
    with django_assert_num_queries(0):
        for actor in people.values():
            access.may_follow(actor)
            access.may_settle(actor, duty)


def test_what_others_follow_does_not_exist(person):
    one, another = person("author"), person("author")
    thing = Thing("library:entry:1", "Prova", "/biblioteca/prova/")
    kept = services.follow(thing=thing, cadence="weekly", actor=one, now=timezone.now())

    assert access.follow_for(one, kept.pk) == kept
    assert not Follow.objects.of(ANONYMOUS).exists()
    with pytest.raises(Http404):
        access.follow_for(another, kept.pk)
