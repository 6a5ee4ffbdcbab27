"""One question after another without JavaScript, then what to look at before producing."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casa.dossier import services
from tests.dossier.makers import need, opened
from tests.dossier.test_filling import LETTER, NOTE, model  # noqa: F401
from tests.factories import BodyFactory
from tests.guide.makers import load_the_rules
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tender(person, model):  # noqa: F811
    load_the_rules()
    body = BodyFactory(name="Comune di prova")
    author = person("author", body)
    dossier = opened(author, asked=need("120000", cpv="55523100"), title="Refezione scolastica")
    papers = [
        services.lay(
            dossier.pk,
            dossier.case.steps.get(code=code).pk,
            services.Sheet(version=model(title, *lines)),
            actor=author,
            now=timezone.now(),
        )
        for code, title, lines in (("award", "Lettera", LETTER), ("communications", "Nota", NOTE))
    ]
    services.read_models(papers)
    return dossier, author


def test_questions_one_by_one_then_what_to_check(plain, page, phone, enter, tender):
    dossier, author = tender
    home = f"/fascicoli/{dossier.pk}/"
    enter(plain, author).goto(f"{home}da-compilare/")
    expect(plain.get_by_text("A «Nota» mancano 2 risposte").first).to_be_visible()
    plain.get_by_role("link", name="Una domanda per volta").click()
    walk(plain)
    for window in (page, phone):
        enter(window, author)
        for address in ("da-compilare/", "domande/una/oggetto/"):
            window.goto(f"{home}{address}")
            look(window)
    page.goto(f"{home}da-compilare/")
    expect(page.get_by_text("Il valore stimato è 130.000,00 euro").first).to_be_visible()
    page.get_by_role("link", name="Correggi la risposta").first.click()
    expect(page.get_by_label("Qual è il valore stimato")).to_have_value("130.000,00")


def walk(plain: Page) -> None:
    expect(plain.get_by_role("heading", name=re.compile("Domanda 1 di "))).to_be_visible()
    for number, (label, text) in enumerate(
        (
            ("Come si chiama l'ente che adotta l'atto?", "Comune di prova"),
            ("Qual è l'oggetto dell'appalto", "la refezione"),
            ("Qual è il valore stimato", "130.000,00"),
        ),
        start=2,
    ):
        plain.get_by_label(label).fill(text)
        plain.get_by_role("button", name="Salva e vai avanti").click()
        expect(
            plain.get_by_role("heading", name=re.compile(f"Domanda {number} di "))
        ).to_be_visible()


def look(window: Page) -> None:
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)
