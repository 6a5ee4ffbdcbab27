"""Suggestions while typing: rights applied, nothing that was closed, nothing kept."""

import re

import pytest

from casa.registry.actor import NETWORK_TOKEN, body_token
from casa.search.services import withdraw_card
from tests.factories import BodyFactory
from tests.search.makers import card

ADDRESS = "/cerca/suggerimenti/"


def suggested(client, words):
    answer = client.get(ADDRESS, {"q": words})
    assert answer.status_code == 200
    return re.findall(r'casa-suggestion">(.*?)</span>', answer.content.decode())


def test_titles_with_the_words_typed_so_far_are_suggested(client, index):
    card(key="a", title="Capitolato mensa")
    card(key="b", title="Capitolato verde")
    index()
    assert suggested(client, "capitolato me") == ["Capitolato mensa"]
    assert suggested(client, "strade") == []
    assert suggested(client, "") == []


def test_only_what_the_reader_may_open_is_suggested(client, index, person, login):
    body = BodyFactory()
    card(key="a", title="Mensa aperta")
    card(key="b", title="Mensa della rete", audience=[NETWORK_TOKEN])
    card(key="c", title="Mensa nostra", audience=[body_token(body.pk)])
    card(key="d", title="Mensa d'altri", audience=[body_token(BodyFactory().pk)])
    index()
    assert suggested(client, "mensa") == ["Mensa aperta"]
    login(client, person("reader", body))
    assert set(suggested(client, "mensa")) == {"Mensa aperta", "Mensa della rete", "Mensa nostra"}


def test_what_was_withdrawn_is_not_suggested_though_the_index_still_holds_it(client, index):
    card(key="a", title="Mensa ritirata")
    card(key="b", title="Mensa rimasta")
    index()
    assert len(suggested(client, "mensa")) == 2
    withdraw_card(key="a")
    assert suggested(client, "mensa") == ["Mensa rimasta"]


def test_what_was_closed_to_others_is_not_suggested_to_them(client, index):
    card(key="a", title="Mensa riservata")
    index()
    assert suggested(client, "mensa") == ["Mensa riservata"]
    card(key="a", title="Mensa riservata", audience=[NETWORK_TOKEN])
    assert suggested(client, "mensa") == []


def test_nobody_keeps_an_answer(client, index):
    index()
    assert "no-store" in client.get(ADDRESS, {"q": "mensa"})["Cache-Control"]


def test_a_title_is_never_html(client, index):
    card(title="<script>alert(1)</script> mensa")
    index()
    html = client.get(ADDRESS, {"q": "mensa"}).content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("typed", ["%00", "%22", "-", "*", "a" * 5000, "dell%27", "mensa:"])
def test_whatever_is_typed_has_an_answer(client, index, typed):
    card(title="Mensa")
    index()
    assert client.get(f"{ADDRESS}?q={typed}").status_code == 200


def test_a_missing_index_suggests_nothing(client, db):
    card(title="Mensa")
    assert suggested(client, "mensa") == []


def test_asking_too_often_is_answered_with_patience(client, index, counters_stand_still):
    index()
    counters_stand_still("suggestions", 239, per_minute=240)
    answers = [client.get(ADDRESS, {"q": "mensa"}).status_code for _ in range(2)]
    assert answers == [200, 429]


def test_nothing_is_written_by_suggesting(client, index):
    index()
    assert client.post(ADDRESS, {"q": "mensa"}).status_code == 405


@pytest.mark.parametrize("rows", [1, 5])
def test_the_number_of_queries_is_the_same_for_one_line_and_five(
    client, index, rows, django_assert_num_queries
):
    for number in range(rows):
        card(key=f"k{number}", title=f"Mensa {number}", body=BodyFactory())
    index()
    suggested(client, "mensa")
    with django_assert_num_queries(4):  # the limit (three), the cards
        assert len(suggested(client, "mensa")) == rows


def test_the_box_of_every_page_knows_where_to_ask(client, db):
    html = client.get("/").content.decode()
    assert f'data-suggestions="{ADDRESS}"' in html
    assert "search/suggestions.js" in html
