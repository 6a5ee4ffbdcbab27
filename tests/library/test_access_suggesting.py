"""The permission table of proposals to a source. It is also its documentation."""

import pytest
from django.http import Http404

from casa.library import access
from casa.library.models import Suggestion
from casa.registry.actor import ANONYMOUS, weakened
from tests.library.makers import NOON
from tests.library.test_suggesting import place, send  # noqa: F401 -- place is a fixture

pytestmark = pytest.mark.django_db

RIGHTS = ("propose_to_the_source", "read_the_proposal", "answer_it", "take_it_back")
#   who                                        propose read   answer back
TABLE = [
    ("author of the copy's body", True, True, False, True),
    ("reader of the copy's body", False, False, False, False),
    ("author of the source's body", False, True, True, False),
    ("author of the source's body before the second factor", False, False, False, False),
    ("author of another body", False, False, False, False),
    ("network manager", False, False, False, False),
    ("visitor", False, False, False, False),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(row, place, person):  # noqa: F811
    _source, writer, copy, author = place
    suggestion = send(place)
    people = {
        "author of the copy's body": author,
        "reader of the copy's body": person("reader", copy.body),
        "author of the source's body": writer,
        "author of the source's body before the second factor": weakened(writer),
        "author of another body": person("author"),
        "network manager": person(network="manager"),
        "visitor": ANONYMOUS,
    }
    who, *expected = row
    actor = people[who]
    assert [
        access.may_suggest(actor, copy),
        reads(actor, suggestion),
        access.may_answer(actor, suggestion),
        access.may_withdraw_suggestion(actor, suggestion),
    ] == expected


def reads(actor, suggestion) -> bool:
    try:
        access.suggestion_for(actor, suggestion.pk)
    except Http404:
        return False
    return True


def test_nobody_answers_or_takes_back_what_has_an_answer(place):  # noqa: F811
    _source, writer, _copy, author = place
    suggestion = send(place)
    Suggestion.objects.update(state="declined", answer="No", answered_at=NOON)
    suggestion.refresh_from_db()
    assert not access.may_answer(writer, suggestion)
    assert not access.may_withdraw_suggestion(author, suggestion)
