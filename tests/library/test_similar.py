"""«Documenti simili» beside the text of an entry: rights applied, nothing that was withdrawn."""

import pytest
from django.core.cache import cache

from casa.registry.trail import key_of
from casa.search import follower
from casa.search.services import withdraw_card
from tests.library.makers import published

pytestmark = pytest.mark.django_db
MENSA = "Art. 1 – Refezione\n1. La refezione scolastica degli alunni della mensa comunale.\n"
STRADE = "Art. 1 – Asfalto\n1. Il manto stradale bituminoso delle carreggiate.\n"


@pytest.fixture
def index(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "index"
    cache.clear()
    return follower.catch_up


def similar(client, entry):
    page = client.get(entry.get_absolute_url())
    return [link.title for link in page.context["similar"]]


def test_what_is_about_the_same_things_stands_beside_the_text(client, person, index):
    one = published(person, title="Mensa uno", text=MENSA).entry
    published(person, title="Mensa due", text=MENSA)
    published(person, title="Strade", text=STRADE)
    index()
    assert similar(client, one)[0] == "Mensa due"
    assert "Documenti simili" in client.get(one.get_absolute_url()).text


def test_what_one_may_not_read_is_not_similar(client, person, index, login):
    one = published(person, title="Mensa uno", text=MENSA).entry
    published(person, title="Mensa due", text=MENSA, audience="network")
    index()
    assert similar(client, one) == []
    assert "Documenti simili" not in client.get(one.get_absolute_url()).text
    login(client, person("reader"))
    assert similar(client, one) == ["Mensa due"]


def test_what_was_withdrawn_since_is_not_similar(client, person, index):
    one = published(person, title="Mensa uno", text=MENSA).entry
    other = published(person, title="Mensa due", text=MENSA).entry
    index()
    assert similar(client, one) == ["Mensa due"]
    withdraw_card(key=key_of(other))
    assert similar(client, one) == []


def test_without_an_index_the_page_is_there_all_the_same_and_fills_later(client, person, index):
    one = published(person, title="Mensa uno", text=MENSA).entry
    published(person, title="Mensa due", text=MENSA)
    assert similar(client, one) == []
    index()
    assert similar(client, one) == ["Mensa due"]


@pytest.mark.parametrize("others", [1, 4])
def test_similar_documents_are_two_queries_however_many(
    client, person, index, others, django_assert_max_num_queries
):
    one = published(person, title="Mensa", text=MENSA).entry
    for number in range(others):
        published(person, title=f"Mensa {number}", text=MENSA)
    index()
    client.get(one.get_absolute_url())
    with django_assert_max_num_queries(26):
        assert len(similar(client, one)) == others
