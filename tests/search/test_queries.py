"""Finding: rights, rows, help when there is nothing, a missing index."""

import shutil
from datetime import date

import pytest
from django.utils import timezone

from casa.registry.actor import ANONYMOUS, body_token
from casa.registry.models import Pillar
from casa.search import engine, labels
from casa.search.engine.seam import Sort
from casa.search.models import IndexCard, IndexState
from casa.search.prepare import prepare
from casa.search.queries import find, health, similar, suggest
from casa.search.services import withdraw_card
from tests.factories import BodyFactory
from tests.search.makers import card

TEXT = """Art. 1 – Oggetto. Il servizio di refezione scolastica per gli alunni.
Art. 2 – Garanzia. La garanzia provvisoria è pari al due per cento."""
CLAUSES = [
    {"key": "art-1", "label": "Art. 1", "heading": "Oggetto", "start": 0, "end": 73},
    {"key": "art-2", "label": "Art. 2", "heading": "Garanzia", "start": 73, "end": 200},
]


def titles(actor, words, **how):
    return [hit.title for hit in find(actor, words=words, **how).hits]


def test_a_row_says_why_it_was_found_and_where(index):
    body = BodyFactory(name="Provincia di prova")
    card(
        title="Disciplinare mensa", text=TEXT, clauses=CLAUSES, body=body, dated_on=date(2026, 3, 3)
    )
    index()
    (hit,) = find(ANONYMOUS, words="garanzia provvisoria").hits
    assert (hit.title, hit.body, hit.dated_on) == (
        "Disciplinare mensa",
        "Provincia di prova",
        date(2026, 3, 3),
    )
    assert "La <mark>garanzia</mark> <mark>provvisoria</mark> è pari" in hit.passage
    assert (hit.clause.name, hit.clause.url) == (
        "Art. 2 – Garanzia",
        "/biblioteca/disciplinare/#art-2",
    )
    (hit,) = find(ANONYMOUS, words="disciplinare").hits
    assert (hit.title_html, hit.clause) == ("<mark>Disciplinare</mark> mensa", None)


def test_everybody_finds_what_is_theirs_to_read(index, person):
    body = BodyFactory()
    card(key="a", title="Pubblica")
    card(key="b", title="Della rete", audience=["net", body_token(body.pk)])
    card(key="c", title="Dell'ente", audience=[body_token(body.pk)])
    index()
    assert titles(ANONYMOUS, "") == ["Pubblica"]
    assert set(titles(person("reader"), "")) == {"Pubblica", "Della rete"}
    assert set(titles(person("reader", body), "")) == {"Pubblica", "Della rete", "Dell'ente"}
    assert titles(person(), "") == ["Pubblica"]
    readers = {hit.title: hit.readers for hit in find(person("reader", body), words="").hits}
    assert readers == {
        "Pubblica": "", "Della rete": "Solo la rete degli enti", "Dell'ente": "Solo il tuo ente",
    }  # fmt: skip


def test_what_is_revoked_is_gone_before_the_follower_runs(index):
    card(key="a", title="Mensa uno", text="refezione scolastica")
    card(key="b", title="Mensa due", text="refezione scolastica")
    index()
    card(key="a", title="Mensa uno", audience=["body:77"])
    withdraw_card(key="b")
    result = find(ANONYMOUS, words="mensa")
    assert (result.hits, result.total) == ((), 0)
    assert suggest(ANONYMOUS, "men") == ()
    card(key="c", title="Mensa tre", text="refezione scolastica")
    assert similar(ANONYMOUS, "c") == ()
    index()
    assert titles(ANONYMOUS, "mensa") == ["Mensa tre"]


def test_what_is_new_is_found_when_the_follower_ran(index):
    card(key="a", title="Mensa")
    index()
    card(key="a", title="Piano neve")
    index()
    assert titles(ANONYMOUS, "mensa") == []
    assert titles(ANONYMOUS, "neve") == ["Piano neve"]


def test_filters_narrow_and_facets_count(index):
    Pillar.objects.create(code="prova", name="Pilastro di prova")
    labels.register("kind", label="Tipo", values={"model": "Modello", "clause": "Clausola"})
    card(key="a", title="Mensa uno", facets={"pillar": ["prova"]}, dated_on=date(2025, 1, 1))
    card(key="b", title="Mensa due", kind="clause", dated_on=date(2026, 1, 1))
    index()
    result = find(ANONYMOUS, words="mensa", filters={"kind": ["clause"], "nope": ["x"]})
    assert [hit.title for hit in result.hits] == ["Mensa due"]
    facets = {facet.name: facet for facet in result.facets}
    assert facets["kind"].counts == {"model": 1, "clause": 1}
    assert facets["year"].counts == {"2026": 1}
    assert (facets["kind"].word, facets["kind"].labels["clause"]) == ("tipo", "Clausola")
    everything = {facet.name: facet for facet in find(ANONYMOUS, words="mensa").facets}
    assert everything["pillar"].labels == {"prova": "Pilastro di prova"}
    assert titles(ANONYMOUS, "tipo:Clausola") == ["Mensa due"]
    assert titles(ANONYMOUS, "-tipo:clausola mensa") == ["Mensa uno"]
    assert titles(ANONYMOUS, "tipo:nulla") == []


def test_a_body_is_named_in_a_query(index):
    body = BodyFactory(name="Provincia di Collefiorito")
    card(key="a", title="Mensa uno", body=body)
    card(key="b", title="Mensa due", body=BodyFactory(name="Comune di Montebello"))
    index()
    assert titles(ANONYMOUS, "ente:collefiorito") == ["Mensa uno"]
    assert titles(ANONYMOUS, f"mensa ente:{body.pk}") == ["Mensa uno"]


def test_synonyms_find_more_and_never_first(index):
    prepare(lambda _words: None)
    card(key="a", title="Refezione scolastica")
    card(key="b", title="Servizi vari", text="anche la mensa scolastica")
    card(key="c", title="Pasti", facets={"cpv": ["15894210"]})
    index()
    found = titles(ANONYMOUS, "mensa scolastica")
    assert found[0] == "Servizi vari"
    assert set(found) == {"Servizi vari", "Refezione scolastica", "Pasti"}


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("refezzione scolastica", "refezione scolastica"),
        ("Refezoine", "refezione"),
        ("qualta", "qualità"),
        ("l'ofertta", "l'offerta"),
    ],
)
def test_one_wrong_letter_is_put_right(index, typed, better):
    card(title="Refezione scolastica di qualità", text="L'offerta tecnica")
    index()
    result = find(ANONYMOUS, words=typed)
    if typed == "l'ofertta":  # two letters away: no guess
        assert (result.hits, result.did_you_mean) == ((), "")
        return
    assert (len(result.hits), result.did_you_mean) == (1, better)


def test_a_wrong_letter_is_put_right_by_a_word_far_down_in_a_long_text(index):
    card(title="Disciplinare di pulizia", text="Il servizio di gara. " * 5000 + "Degli uffici.")
    index()
    assert find(ANONYMOUS, words="pulizia ufici").did_you_mean == "pulizia uffici"


def test_no_word_of_a_closed_card_is_offered(index):
    card(title="Refezione", audience=["body:1"])
    index()
    result = find(ANONYMOUS, words="refezzione")
    assert (result.did_you_mean, result.hits) == ("", ())


def test_some_words_are_better_than_none(index):
    card(key="a", title="Mensa scolastica")
    card(key="b", title="Mensa")
    index()
    result = find(ANONYMOUS, words="mensa scolastica biologica")
    assert [hit.title for hit in result.hits] == ["Mensa scolastica", "Mensa"]
    assert result.partial
    assert not find(ANONYMOUS, words="mensa scolastica").partial
    assert find(ANONYMOUS, words="biologica").hits == ()


def test_pages_and_order(index):
    for number in range(12):
        card(key=f"k{number}", title=f"Mensa {number}", dated_on=date(2026, 1, number + 1))
    index()
    assert titles(ANONYMOUS, "mensa", sort=Sort.NEWEST)[:2] == ["Mensa 11", "Mensa 10"]
    assert titles(ANONYMOUS, "", page=2) == ["Mensa 1", "Mensa 0"]
    assert find(ANONYMOUS, words="mensa", page=3).total == 12
    assert find(ANONYMOUS, words="mensa", page=-5).page == 1


@pytest.mark.parametrize("harm", ["never made", "removed", "cut"])
def test_without_an_index_titles_are_searched_and_rights_hold(index, own_index, harm, person):
    card(key="a", title="Qualità della mensa", dated_on=date(2026, 1, 1))
    card(key="b", title="Mensa riservata", audience=["net"])
    if harm != "never made":
        index()
    if harm == "removed":
        shutil.rmtree(own_index)
    if harm == "cut":
        for path in own_index.glob("*/g-*/meta.json"):
            path.write_text("{")
    result = find(ANONYMOUS, words="MENSA qualita")
    assert [hit.title for hit in result.hits] == ["Qualità della mensa"]
    assert "<mark>mensa</mark>" in result.hits[0].title_html
    assert result.problem
    assert titles(ANONYMOUS, "riservata") == []
    assert titles(person("reader"), "riservata") == ["Mensa riservata"]
    assert find(ANONYMOUS, words="mensa", filters={"year": ["2026"]}).total == 1
    assert find(ANONYMOUS, words="mensa", filters={"year": ["2025"]}).total == 0
    assert suggest(ANONYMOUS, "men") == ()
    assert similar(ANONYMOUS, "a") == ()
    assert engine.current().is_reported_damaged()
    index()
    assert find(ANONYMOUS, words="mensa").problem == ""


def test_suggestions_are_titles(index):
    card(key="a", title="Disciplinare per la mensa")
    card(key="b", title="Disciplina", audience=["net"])
    index()
    assert [link.title for link in suggest(ANONYMOUS, "disc")] == ["Disciplinare per la mensa"]
    assert suggest(ANONYMOUS, "") == ()


def test_similar_cards_are_for_who_may_read_them(index):
    text = "refezione scolastica pasti diete alunni"
    card(key="a", title="Mensa", text=text)
    card(key="b", title="Mense", text=text)
    card(key="c", title="Mense chiuse", text=text, audience=["net"])
    index()
    assert [link.key for link in similar(ANONYMOUS, "a")] == ["b"]
    assert similar(ANONYMOUS, "c") == ()
    assert similar(ANONYMOUS, "nope") == ()


def test_health_tells_how_far_the_index_is(index):
    assert health(now=timezone.now()).problem
    filed = card()
    index()
    fine = health(now=timezone.now())
    assert (fine.documents, fine.applied, fine.wanted) == (1, filed.sequence, filed.sequence)
    assert (fine.problem, fine.lag.total_seconds()) == ("", 0)
    card(title="Altro")
    behind = health(now=timezone.now())
    assert behind.wanted > behind.applied
    assert behind.lag.total_seconds() > 0
    IndexState.objects.update(beat_at=None)
    assert health(now=timezone.now()).problem


def test_number_of_queries_does_not_grow_with_rows(index, django_assert_max_num_queries):
    body = BodyFactory()
    card(key="k0", title="Mensa", text=TEXT, clauses=CLAUSES, body=body)
    index()
    find(ANONYMOUS, words="mensa")  # the table of synonyms is read now
    with django_assert_max_num_queries(3) as one:
        assert find(ANONYMOUS, words="mensa").total == 1
    for number in range(1, 5):
        card(key=f"k{number}", title="Mensa", text=TEXT, clauses=CLAUSES, body=BodyFactory())
    index()
    with django_assert_max_num_queries(3) as five:
        assert find(ANONYMOUS, words="mensa").total == 5
    assert len(one) == len(five)


def test_tombstones_are_never_shown(index):
    card()
    withdraw_card(key="library:entry:1")
    index()
    assert find(ANONYMOUS, words="").total == 0
    assert IndexCard.objects.count() == 1
