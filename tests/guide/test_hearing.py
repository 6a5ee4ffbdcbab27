"""A need in plain words: amount, object and CPV are understood, whatever the spelling."""

from decimal import Decimal

import pytest
from django.core.cache import cache

from casa.dossier import proposing
from casa.guide import codes
from casa.guide.choosing.heard import heard, kind_of_code
from casa.guide.choosing.typed import need_of
from casa.search.cpv import guessing
from casa.search.models import CpvCode, SynonymGroup
from casa.search.synonyms import forget
from tests.guide.asking import LAW, TODAY, ask
from tests.guide.asking import codes as answered
from tests.guide.makers import load_the_rules

MENSA = ["refezione scolastica", "mensa scolastica"]
CODES = {
    "55524000": "Servizi di ristorazione scolastica",
    "55523100": "Servizi di mensa scolastica",
}


@pytest.fixture
def rules(db):
    cache.clear()
    load_the_rules()
    CpvCode.objects.bulk_create(CpvCode(code=code, label=label) for code, label in CODES.items())
    SynonymGroup.objects.create(words=MENSA, cpv_codes=list(CODES))
    forget()
    guessing.forget()
    codes.offer(proposing.codes_for)
    yield
    forget()
    guessing.forget()


@pytest.mark.parametrize(
    "words",
    [
        "120.000 € di refezione scolastica", "120.000 euro di refezione scolastica",
        "120mila euro refezione scolastica", "refezione scolastica 120000",
        "€ 120.000,00 per refezione scolastica", "0,12 milioni di euro, refezione scolastica",
        "refezione scolastica, 120.000,00 euro oltre IVA", "120 mila € + IVA, refezione scolastica",
    ],
)  # fmt: skip
def test_amount_and_object_are_taken_apart(words):
    need = heard(words)
    assert need.amount == Decimal(120000)
    assert need.object == "refezione scolastica"


def test_kind_code_and_cases_are_heard_and_nothing_is_guessed():
    need = heard("Lavori urgenti sulla scuola, 1,2 milioni, PNRR, CPV 45214200-2")
    assert (need.kind, need.cpv, need.urgent, need.pnrr) == ("works", "45214200", True, True)
    assert need.amount == Decimal(1200000)
    several = heard("due lotti da 60.000 € e 240.000 €")
    assert several.amount is None
    assert several.amounts == (60000, 240000)
    assert heard("146.400 euro IVA compresa di mensa").amount is None
    assert heard("mensa").amounts == ()


@pytest.mark.parametrize(
    ("cpv", "kind"),
    [
        ("45233141", "works"), ("55524000", "services"), ("15894210", "supplies"),
        ("48000000", "supplies"), ("98390000", "services"), ("00000000", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_first_two_figures_of_a_code_say_what_it_buys(cpv, kind):
    assert kind_of_code(cpv, LAW.row("procedures", "cpv_divisions", TODAY)) == kind


def test_a_code_of_no_branch_or_of_another_kind_is_told():
    assert "nessun ramo" in ask("services", "120000", cpv="00000000").unknown[0].text
    other = ask("services", "120000", cpv="45233141")
    assert "è di lavori" in other.unknown[0].text
    assert answered(other) == ("direct_award", "self")
    assert ask("works", "120000", cpv="45233141").unknown == ()


def test_an_amount_of_the_form_and_of_the_command_may_be_spelt_so_too():
    for text in ("120mila euro", "€ 120.000,00", "0,12 milioni", "120.000 euro"):
        assert need_of({"kind": "services", "amount": text}, today=TODAY).amount == 120000
    lots = need_of({"kind": "services", "lots": "60mila;240mila"}, today=TODAY).lots
    assert lots == (60000, 240000)


def test_a_rup_writes_one_line_and_reads_which_procedure(client, rules):
    home = client.get("/guida/").content.decode()
    assert 'name="bisogno"' in home
    page = client.get("/guida/procedura/?bisogno=120.000 € di refezione scolastica")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Quale: Affidamento diretto" in text
    assert "Ho capito così" in text
    assert "CPV 55524000 Servizi di ristorazione scolastica" in text
    assert "cpv=55523100" in text  # the other code is offered
    assert 'value="120.000,00"' in text


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("refezione scolastica", "Non ho letto l&#x27;importo"),
        ("120.000 euro IVA inclusa di refezione scolastica", "senza IVA"),
        ("refezione scolastica, 60.000 € e 240.000 €", "più importi"),
        ("120.000 € di cose varie", "Scegli se sono lavori"),
    ],
)
def test_what_is_missing_is_asked_with_the_rest_filled_in(client, rules, words, asked):
    page = client.get("/guida/procedura/", {"bisogno": words})
    text = page.content.decode().replace("&#39;", "&#x27;")
    assert page.status_code == 200
    assert asked in text
    assert "Quale:" not in text
    assert "Manca ancora qualcosa" in text


def test_without_a_search_words_are_understood_without_codes(client, rules, monkeypatch):
    monkeypatch.setattr(codes, "_proposers", [])
    text = client.get("/guida/procedura/?bisogno=servizio mensa 120mila euro").content.decode()
    assert "Quale: Affidamento diretto" in text
    assert "CPV" in text


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("145.000 € di direzione lavori", "services"),
        ("145.000 € di servizio di direzione dei lavori", "services"),
        ("145.000 € di lavori stradali", "works"),
        ("145.000 € di fornitura e servizi di posa", ""),
        ("145.000 € di concessione del servizio bar", "concession"),
    ],
)
def test_services_about_works_are_services_and_two_kinds_are_none(words, kind):
    assert heard(words).kind == kind
