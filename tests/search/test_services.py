"""Filing and withdrawing cards."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from casa.search.models import IndexCard
from casa.search.services import withdraw_card
from tests.factories import BodyFactory
from tests.search.makers import card


@pytest.mark.django_db
def test_a_filed_card_says_what_every_card_says():
    body = BodyFactory()
    filed = card(body=body, dated_on=date(2026, 3, 3), facets={"pillar": ["sua"]})
    assert filed.facets == {
        "kind": ["model"],
        "pillar": ["sua"],
        "body": [str(body.pk)],
        "year": ["2026"],
    }
    assert filed.audience == ["pub"]


@pytest.mark.django_db
def test_a_card_that_says_the_same_keeps_its_number():
    first = card(title="Disciplinare")
    assert card(title="Disciplinare").sequence == first.sequence
    assert card(title="Disciplinare mensa").sequence > first.sequence
    assert IndexCard.objects.count() == 1


@pytest.mark.django_db
def test_a_withdrawn_card_forgets_its_words_and_takes_a_number():
    first = card(text="parole", body=BodyFactory())
    withdraw_card(key=first.key)
    tombstone = IndexCard.objects.get(key=first.key)
    assert (tombstone.removed, tombstone.title, tombstone.text) == (True, "", "")
    assert (tombstone.audience, tombstone.body_id) == ([], None)
    assert tombstone.sequence > first.sequence
    withdraw_card(key=first.key)
    assert IndexCard.objects.get(key=first.key).sequence == tombstone.sequence


@pytest.mark.django_db
def test_withdrawing_what_was_never_filed_changes_nothing():
    withdraw_card(key="library:entry:404")
    assert not IndexCard.objects.exists()


@pytest.mark.django_db
def test_a_withdrawn_card_can_be_filed_again():
    card()
    withdraw_card(key="library:entry:1")
    assert card().removed is False


@pytest.mark.django_db
def test_an_unknown_facet_is_a_mistake_that_surfaces():
    with pytest.raises(ValueError, match="colour"):
        card(facets={"colour": ["blue"]})


@pytest.mark.django_db
def test_a_null_character_does_no_harm():
    assert card(text="a\x00b").text == "a b"


@pytest.mark.django_db
def test_the_card_goes_back_with_the_transaction_of_the_caller():
    def file_and_fail():
        with transaction.atomic():
            card()
            raise KeyError

    with pytest.raises(KeyError):
        file_and_fail()
    assert not IndexCard.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_numbers_become_visible_in_the_order_of_commits():
    """A slow transaction that numbered first holds back the quick one that comes second."""
    numbered, may_commit, seen = threading.Event(), threading.Event(), []

    def slow():
        with transaction.atomic():
            card(key="library:entry:1")
            numbered.set()
            may_commit.wait(5)
        connection.close()

    def quick():
        card(key="library:entry:2")
        seen.append(set(IndexCard.objects.values_list("key", flat=True)))
        connection.close()

    first = threading.Thread(target=slow)
    first.start()
    assert numbered.wait(5)
    second = threading.Thread(target=quick)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    assert not IndexCard.objects.exists()
    may_commit.set()
    first.join(5)
    second.join(5)
    assert seen == [{"library:entry:1", "library:entry:2"}]
    numbers = dict(IndexCard.objects.values_list("key", "sequence"))
    assert numbers["library:entry:1"] < numbers["library:entry:2"]
