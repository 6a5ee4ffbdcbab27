"""The page «Quale procedura»: the answer with its why, the form that keeps what was typed."""

import pytest

from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db
PAGE = "/guida/procedura/"
CATERING = {
    "tipo": "services", "importo": "120.000,00", "cpv": "55523100", "giorno": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def rules():
    load_the_rules()


def text(response):
    return " ".join(response.content.decode().split())


def test_the_page_begins_with_examples_and_the_form(client):
    page = text(client.get(PAGE))

    assert "Per provare" in page
    assert "120.000 € di refezione scolastica" in page
    assert 'name="importo"' in page
    assert "Quale:" not in page


def test_school_catering_is_answered_with_the_norm_that_says_so(client, rules):
    page = text(client.get(PAGE, CATERING))

    assert "Servizi, 120.000,00 € senza IVA, con bando o inviti del 1 novembre 2026." in page
    assert "Quale: Affidamento diretto</h2>" in page
    assert "(art. 50, c. 1, lett. b), d.lgs. 36/2023; art. 128, c. 8, d.lgs. 36/2023)" in page
    assert "Chi: L&#x27;ente fa da solo</h2>" in page
    assert "Perché non le altre" in page
    assert "Procedura negoziata senza bando con almeno dieci operatori</h3>" in page
    assert "da verificare</span>" in page
    assert "Che cosa non so" not in page
    assert "/biblioteca/?tipo=model&amp;procedura=direct_award&amp;contratto=services" in page
    assert 'value="120.000,00"' in page


def test_what_is_not_known_is_said_instead_of_a_procedure(client, rules):
    page = text(client.get(PAGE, CATERING | {"giorno": "2023-06-30"}))

    assert "Quale: non so</h2>" in page
    assert "prima del 1 luglio 2023 valevano altre regole" in page
    assert "Chi:" not in page
    assert "Cerca i modelli" not in page


@pytest.mark.parametrize(
    ("changes", "complaint", "target"),
    [
        ({"importo": "tanto"}, "L&#x27;importo: «tanto» non è un importo", "id_importo"),
        ({"importo": ""}, "Scrivi l&#x27;importo senza IVA", "id_importo"),
        ({"lotti": "1\n2"}, "I lotti fanno in tutto 3,00 euro", "id_lotti"),
        ({"tipo": "works", "sociale": "on"}, "Solo i servizi possono", "id_sociale"),
        ({"giorno": "31/02/2026"}, "data valida", "id_giorno"),
        ({"tipo": ""}, "obbligatorio", "id_tipo_0"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    client, rules, changes, complaint, target
):
    response = client.get(PAGE, CATERING | changes)
    page = text(response)

    assert response.status_code == 422
    assert complaint in page
    assert f'href="#{target}"' in page
    assert 'value="55523100"' in page
    assert "Quale:" not in page


def test_the_lots_alone_are_enough(client, rules):
    page = text(client.get(PAGE, {"tipo": "supplies", "lotti": "90.000,00\n150.000,00"}))
    assert "Forniture, 240.000,00 € senza IVA" in page
    assert "Quale: Procedura aperta</h2>" in page


def test_the_page_takes_no_query_to_ask_and_one_to_answer(client, rules, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(PAGE)
    for asked in (CATERING, CATERING | {"lotti": "\n".join(["24000"] * 5)}):
        with django_assert_num_queries(1):
            assert client.get(PAGE, asked).status_code == 200


def test_without_any_rule_the_page_says_that_it_does_not_know(client):
    page = text(client.get(PAGE, CATERING))
    assert "Quale: non so</h2>" in page
