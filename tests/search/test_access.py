"""The permission table of search, row by row. It is also its documentation."""

import pytest
from django.http import Http404
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.actor import ANONYMOUS, weakened
from casa.search import access
from casa.search.models import EmptySearch, SavedSearch
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db

RIGHTS = ("save_searches", "tend_what_is_missing")
#   who                              save  tend
TABLE = [
    ("author of a body", True, False),
    ("reviewer of a body", True, False),
    ("administrator of a body", True, False),
    ("reader of a body", True, False),
    ("network reviewer", True, True),
    ("network manager", True, True),
    ("network manager before the second factor", False, False),
    ("somebody without a mandate", False, False),
    ("visitor", False, False),
]


@pytest.fixture
def people(person):
    body = BodyFactory()
    manager = person(network="manager")
    return {
        "author of a body": person("author", body),
        "reviewer of a body": person("reviewer", body),
        "administrator of a body": person("administrator", body),
        "reader of a body": person("reader", body),
        "network reviewer": person(network="reviewer"),
        "network manager": manager,
        "network manager before the second factor": weakened(manager),
        "somebody without a mandate": person(),
        "visitor": ANONYMOUS,
    }


@pytest.mark.parametrize(("who", *RIGHTS), TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(people, who, save_searches, tend_what_is_missing):
    actor = people[who]
    assert access.may_save(actor) is save_searches
    assert access.may_tend_missing(actor) is tend_what_is_missing


def test_rules_never_query(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        for actor in people.values():
            access.may_save(actor)
            access.may_tend_missing(actor)


def test_a_saved_search_exists_for_its_owner_alone(person):
    owner = person("reader")
    saved = SavedSearch.objects.create(
        person_id=owner.person_id, name="Mense", words="mensa", created_at=timezone.now()
    )
    assert access.saved_for(owner, saved.pk) == saved
    for other in (person("administrator"), person(network="manager"), ANONYMOUS):
        with pytest.raises(Http404):
            access.saved_for(other, saved.pk)


def test_what_is_missing_is_refused_to_members_and_visitors(person):
    today = timezone.localdate()
    row = EmptySearch.objects.create(
        key="canil", words="canile", first_seen_on=today, last_seen_on=today
    )
    assert access.missing_for(person(network="reviewer"), row.pk) == row
    for other in (person("reviewer"), ANONYMOUS):
        with pytest.raises(Refused, match="Che cosa manca"):
            access.missing_for(other, row.pk)
