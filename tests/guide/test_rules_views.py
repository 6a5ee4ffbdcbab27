"""The page of the rules of a day, and the same rules as open data."""

import pytest

from casa.foundation.sheets import read_csv
from casa.guide.law import FIELDS
from casa.guide.models import Rule
from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db
PAGE = "/guida/soglie/"


def text(response):
    return " ".join(response.content.decode().split())


def make(**values):
    given = {"topic": "thresholds", "text": "Prova", "valid_from": "2020-01-01"}
    return Rule.objects.create(**given | {"citation": "art. 1", "source": "prova"} | values)


def test_the_page_says_what_held_on_a_day_what_before_and_who_says_so(client):
    load_the_rules()
    page = text(client.get(PAGE, {"giorno": "2025-12-31"}))

    assert "Soglie e termini in vigore il 31 dicembre 2025</h1>" in page
    assert "<strong>meno di 5.538.000 euro</strong>" in page
    assert "Dal 1 gennaio 2026 al 31 dicembre 2027 · meno di 5.404.000 euro" in page
    assert "Lo dice: art. 14, c. 1, d.lgs. 36/2023" in page
    assert "da verificare</span>" in page
    assert "verificata il 25 novembre 2026" in page


def test_a_day_without_rules_leads_back_to_today(client):
    make(code="a", valid_from="2020-01-01")
    page = text(client.get(PAGE, {"giorno": "2019-12-31"}))
    assert "la guida non ha regole" in page
    assert "Prova" not in page
    assert "Prova" in text(client.get(PAGE))


def test_a_day_that_is_none_is_told_and_stays_typed(client):
    response = client.get(PAGE, {"giorno": "31/02/2025"})
    assert response.status_code == 422
    assert 'value="31/02/2025"' in response.content.decode()
    assert client.get(f"{PAGE}regole.csv", {"giorno": "31/02/2025"}).status_code == 400


@pytest.mark.parametrize("number", [1, 5])
def test_the_page_takes_one_query_for_one_rule_as_for_five(
    client, number, django_assert_num_queries
):
    for count in range(number):
        make(code=f"prova-{count}")
    for address in (PAGE, f"{PAGE}regole.csv", f"{PAGE}regole.json"):
        with django_assert_num_queries(1):
            assert client.get(address).status_code == 200


def test_open_data_hold_every_field_of_the_rows_of_a_day_or_of_all(client):
    make(code="a", value="12.50", unit="EUR", op="<", valid_to="2026-01-01", details={"from": 1})
    make(code="a", value="13", unit="EUR", op="<", valid_from="2026-01-01")
    everything = client.get(f"{PAGE}regole.json").json()["rules"]
    (one,) = client.get(f"{PAGE}regole.json", {"giorno": "2025-12-31"}).json()["rules"]
    lines = [row for _line, row in read_csv(client.get(f"{PAGE}regole.csv").content)]

    assert len(everything) == 2
    assert (one["value"], one["valid_to"], one["details"]) == ("12.50", "2026-01-01", {"from": 1})
    assert lines[0] == list(FIELDS)
    assert dict(zip(FIELDS, lines[1], strict=True))["details"] == '{"from": 1}'


def test_network_managers_correct_a_rule_that_is_brought_but_do_not_remove_it(
    client, login, person
):
    load_the_rules()
    rule = Rule.objects.get(code="da_works")
    assert "/redazione/guide/rule/" not in text(client.get(PAGE))
    login(client, person(network="manager"))
    assert "/redazione/guide/rule/" in text(client.get(PAGE))
    assert client.get(f"/redazione/guide/rule/{rule.pk}/change/").status_code == 200
    assert client.post(f"/redazione/guide/rule/{rule.pk}/delete/").status_code == 403


def test_a_rule_of_one_place_stands_beside_the_national_one_and_says_so(client):
    make(code="a", text="Regola di tutti", valid_from="2024-01-01")
    make(code="a", text="Regola di un luogo", jurisdiction="IT-32")

    page = text(client.get(PAGE))

    assert "Regola di tutti" in page
    assert "Regola di un luogo" in page
    assert page.count("solo per IT-32") == 1
    assert "Negli altri periodi" not in page
