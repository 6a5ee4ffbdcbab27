"""The page /cerca/."""

import html
from datetime import date

import pytest

from casa.registry.actor import body_token
from casa.search import queries
from casa.search.cpv import guessing
from casa.search.models import CpvCode, SynonymGroup
from tests.factories import BodyFactory
from tests.search.makers import card

CLAUSE = {"key": "art-1", "label": "Art. 1", "heading": "Oggetto", "start": 0, "end": 100}


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_rows_with_their_reason(client, index):
    body = BodyFactory(name="Provincia di prova")
    card(
        title="Disciplinare mensa", text="La refezione degli alunni", clauses=[CLAUSE],
        body=body, dated_on=date(2026, 3, 3),
    )  # fmt: skip
    index()
    html = page(client, "/cerca/?q=refezione")
    assert "La <mark>refezione</mark> degli alunni" in html
    assert '<a href="/biblioteca/disciplinare/#art-1">Art. 1 – Oggetto</a>' in html
    assert "Provincia di prova" in html
    assert "3 marzo 2026" in html
    assert "Rivista" in html
    assert "1 scheda" in html


def test_what_is_typed_is_never_html(client, index):
    card(title="<script>alert(1)</script> mensa")
    index()
    html = page(client, "/cerca/?q=<script>mensa")
    assert "<script>alert" not in html
    assert "&lt;<mark>script</mark>&gt;alert" in html
    assert 'value="&lt;script&gt;mensa"' in html


def test_an_amount_lifts_a_card_and_keeps_out_none(client, index):
    card(key="a", title="Refezione scolastica", text="Pasti per le scuole.")
    card(key="b", title="Refezione scolastica piccola", text="Importo di euro 120.000,00.")
    index()
    found = page(client, "/cerca/?q=120.000 euro di refezione scolastica")
    assert "2 schede" in found
    assert found.index("piccola") < found.index("Pasti per le scuole")
    assert "queste ne contengono alcune" not in found
    assert "/guida/procedura/?bisogno=120.000%20euro%20di%20refezione%20scolastica" in found
    quoted = page(client, "/cerca/?q=%22120.000%22 refezione")
    assert "1 scheda" in quoted
    assert "/guida/procedura/?bisogno" not in page(client, "/cerca/?q=refezione")


def test_filters_are_links_and_chips(client, index):
    card(key="a", title="Mensa uno", dated_on=date(2025, 1, 1))
    card(key="b", title="Mensa due", dated_on=date(2026, 1, 1))
    index()
    assert "?q=mensa&amp;anno=2026" in page(client, "/cerca/?q=mensa")
    chosen = page(client, "/cerca/?q=mensa&anno=2026")
    assert "Mensa due" in chosen or "<mark>Mensa</mark> due" in chosen
    assert "uno" not in chosen
    assert "Togli il filtro" in chosen
    assert '<input type="hidden" name="anno" value="2026">' in chosen


def test_an_empty_answer_helps(client, index):
    index()
    html = page(client, "/cerca/?q=zzz&anno=1999")
    assert "Nessuna scheda per «zzz»" in html
    assert "togliere tutti i filtri" in html
    assert "refezione scolastica" in html
    assert "accedere" in html


def test_a_slip_of_the_pen_is_told(client, index):
    card(title="Refezione scolastica")
    index()
    html = page(client, "/cerca/?q=refezzione")
    assert "Forse cercavi" in html
    assert "?q=refezione" in html


def test_a_missing_index_is_one_sentence_and_titles(client, db):
    card(title="Mensa scolastica")
    html = page(client, "/cerca/?q=mensa&anno=1999")
    assert "si sta ricostruendo" in html
    assert "Togli il filtro" in html
    html = page(client, "/cerca/?q=mensa")
    assert "<mark>Mensa</mark> scolastica" in html


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=%22", "q=%00", "pagina=0", "pagina=x", "pagina=-1", "pagina=99999999999999999999",
     "pagina=³", "ordine=nulla", "anno=", "tipo=%27", "ente=x&ente=y", "q=dell%27&anno=2026", "q=-a"],
)  # fmt: skip
def test_every_address_has_a_page(client, index, query):
    card(title="Mensa")
    index()
    page(client, f"/cerca/?{query}")


def test_pages_go_on_and_past_the_end_is_the_last(client, index):
    for number in range(12):
        card(key=f"k{number}", title=f"Mensa {number}")
    index()
    assert page(client, "/cerca/?q=mensa").count('<li>\n  <h2 class="h5">') == 10
    assert page(client, "/cerca/?q=mensa&pagina=9").count('<li>\n  <h2 class="h5">') == 2


def test_htmx_gets_the_results_alone(client, index):
    index()
    response = client.get("/cerca/?q=mensa", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_members_see_what_is_theirs_and_who_else_may(client, index, person, login):
    body = BodyFactory()
    card(key="a", title="Mensa riservata", audience=[body_token(body.pk)])
    index()
    assert "<mark>Mensa</mark>" not in page(client, "/cerca/?q=mensa")
    login(client, person("reader", body))
    html = page(client, "/cerca/?q=mensa")
    assert "riservata" in html
    assert "Solo il tuo ente" in html


def test_searching_too_often_is_answered_with_patience(client, index, counters_stand_still):
    index()
    counters_stand_still("search", 59, per_minute=60)
    assert [client.get("/cerca/?q=mensa").status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize("rows", [1, 5])
def test_the_number_of_queries_is_the_same_for_one_row_and_five(
    client, index, rows, django_assert_num_queries
):
    for number in range(rows):
        card(key=f"k{number}", title="Mensa", text="mensa", body=BodyFactory(), clauses=[CLAUSE])
    index()
    client.get("/cerca/?q=mensa")
    with django_assert_num_queries(QUERIES):
        client.get("/cerca/?q=mensa")


QUERIES = 7
"""The limit of searches (three), the cards, the names of bodies, an editor's answer, and the cards
that say by what they buy what else may fill the page."""


@pytest.mark.parametrize("rows", [1, 5])
def test_codes_of_the_procurement_vocabulary_are_one_query_more(
    client, index, rows, django_assert_num_queries
):
    SynonymGroup.objects.create(
        words=["mensa", "refezione"], cpv_codes=[f"5552400{code}" for code in range(rows)]
    )
    card(title="Mensa", body=BodyFactory())
    index()
    client.get("/cerca/?q=mensa")
    with django_assert_num_queries(QUERIES + 1):
        client.get("/cerca/?q=mensa")


def test_words_that_stand_for_a_cpv_code_suggest_it(client, index):
    CpvCode.objects.update_or_create(
        code="55524000", defaults={"label": "Servizi di ristorazione scolastica"}
    )
    SynonymGroup.objects.create(words=["mensa scolastica", "refezione"], cpv_codes=["55524000"])
    card(key="a", title="Mensa scolastica", facets={"cpv": ["55524000"]})
    card(key="b", title="Mensa scolastica senza codice")
    index()
    html = page(client, "/cerca/?q=mensa+scolastica")
    assert "CPV suggeriti:" in html
    assert (
        '<a href="?q=mensa+scolastica&amp;cpv=55524000" rel="nofollow">'
        "55524000 Servizi di ristorazione scolastica</a>"
    ) in html

    narrowed = page(client, "/cerca/?q=mensa+scolastica&cpv=55524000")
    assert "senza codice" not in narrowed
    assert "CPV: 55524000 Servizi di ristorazione scolastica" in narrowed
    assert "CPV suggeriti" not in narrowed


def test_codes_are_suggested_from_the_whole_nomenclature(client, index):
    for code, label in (
        ("77211500", "Servizi di potatura di alberi"),
        ("77341000", "Potatura di alberi"),
        ("77342000", "Potatura di siepi"),
    ):
        CpvCode.objects.update_or_create(code=code, defaults={"label": label})
    others = [CpvCode(code=f"99{number:06}", label=f"Voce{number}") for number in range(150)]
    CpvCode.objects.bulk_create(others)
    guessing.forget()
    html = page(client, "/cerca/?q=potature+alberi")
    assert html.index("77341000 Potatura di alberi") < html.index("77211500 Servizi di potatura")
    assert "77342000" not in html
    assert "CPV suggeriti" not in page(client, "/cerca/?q=%22potatura+alberi%22")
    assert "CPV suggeriti" not in page(client, "/cerca/?q=potatura+astronavi")
    guessing.forget()


@pytest.mark.parametrize("words", ["", "q=strade", "q=%22mensa+dei+grandi%22"])
def test_other_words_suggest_no_code(client, index, words):
    SynonymGroup.objects.create(words=["mensa scolastica"], cpv_codes=["55524000"])
    index()
    assert "CPV suggeriti" not in page(client, f"/cerca/?{words}")


def test_the_list_may_stand_in_the_order_of_titles(client, index):
    for number, title in enumerate(["Zona mensa", "èlenco mensa", "Avviso mensa", "dati mensa"]):
        card(key=f"k{number}", title=title)
    index()
    answer = client.get("/cerca/?q=mensa&ordine=titolo")
    assert [hit.title for hit in answer.context["result"].hits] == [
        "Avviso mensa", "dati mensa", "èlenco mensa", "Zona mensa",
    ]  # fmt: skip


def test_the_order_of_titles_goes_on_over_the_pages(client, index):
    for number in range(12):
        card(key=f"k{number}", title=f"Mensa {chr(65 + (number * 5) % 12)}")
    index()
    seen = []
    for number in (1, 2):
        answer = client.get(f"/cerca/?q=mensa&ordine=titolo&pagina={number}")
        seen += [hit.title for hit in answer.context["result"].hits]
    assert seen == [f"Mensa {chr(65 + number)}" for number in range(12)]


def test_a_long_list_is_not_put_in_the_order_of_titles(client, index, monkeypatch):
    monkeypatch.setattr(queries, "MOST_BY_TITLE", 1)
    card(key="a", title="Mensa A")
    card(key="b", title="Mensa B")
    index()
    html = page(client, "/cerca/?q=mensa")
    assert "ordine=titolo" not in html
    assert "per titolo quando restano" in html


@pytest.mark.parametrize("q", ["🏛️", "((((", "'"])
def test_what_holds_no_word_says_so_instead_of_pretending(client, index, q):
    card(key="a", title="Mensa")
    index()

    assert "non c'è una parola da cercare" in html.unescape(client.get("/cerca/", {"q": q}).text)
    assert "non c'è una parola" not in html.unescape(client.get("/cerca/", {"q": "mensa"}).text)
