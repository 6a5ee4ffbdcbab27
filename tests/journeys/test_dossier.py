"""A RUP of a small Comune writes what is needed; the SUA sees the same list; both move their steps."""

import re

import pytest
from playwright.sync_api import Page, expect

from casa.dossier.models import Dossier
from tests.factories import BodyFactory
from tests.guide.makers import load_the_rules
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bodies():
    province = BodyFactory(kind="province", name="Provincia di prova")
    return BodyFactory(name="Comune di prova", province_body=province), province


def test_a_need_becomes_a_tender_that_two_bodies_see_alike(page, phone, enter, person, bodies):
    comune, province = bodies
    load_the_rules()
    write_need(enter(page, person("author", comune)))
    look(page)
    update(page, "Nominare il responsabile unico del progetto", "Fatto")

    enter(phone, person("author", province))
    phone.goto("/fascicoli/")
    phone.get_by_role("link", name="Refezione scolastica 2027").click()
    expect(phone.get_by_role("heading", name="Refezione scolastica 2027")).to_be_visible()
    look(phone)
    expect(phone.get_by_text("1/3")).to_be_visible()
    phone.get_by_role("link", name="Segna la pubblicazione").click()
    expect(phone.get_by_role("heading", name="Pubblicazione")).to_be_visible()
    look(phone)
    made = Dossier.objects.get()
    assert (made.procedure, made.case.supporter) == ("social_light_regime", province)


def write_need(page: Page) -> None:
    page.goto("/fascicoli/")
    page.get_by_role("link", name="Nuovo fascicolo").first.click()
    page.get_by_label("Oggetto").fill("Refezione scolastica 2027")
    page.get_by_label("Servizi", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("Importo senza IVA").fill("800.000,00")
    page.get_by_label("Codice CPV").fill("55523100")
    page.get_by_label("Chi conduce la gara").select_option(label="Provincia di prova")
    page.get_by_role("button", name="Apri il fascicolo").click()
    expect(page.get_by_text("Fascicolo aperto")).to_be_visible()


def look(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)
    assert_targets(page)


def update(page: Page, step: str, state: str) -> None:
    page.get_by_role("link", name=re.compile(f"^Aggiorna.*{step}")).click()
    expect(page.get_by_role("heading", name=step)).to_be_visible()
    look(page)
    page.get_by_label(state, exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("Passo aggiornato")).to_be_visible()
