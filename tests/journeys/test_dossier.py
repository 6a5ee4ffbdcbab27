"""A RUP of a small Comune writes what is needed; the SUA sees the same list; both move their steps."""

import re
from dataclasses import dataclass
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from casa.dossier import services
from casa.dossier.models import Dossier, Paper
from casa.library.models import StarterText
from tests.dossier.test_filling import model  # noqa: F401
from tests.dossier.test_starter import built
from tests.factories import BodyFactory
from tests.guide.makers import load_the_rules
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import NOON

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


MOST = 30
"""Clicks and fields from the need to the first complete document."""


@dataclass
class Counted:
    """A window in which each click, each typed field and each choice counts one."""

    page: Page
    count: int = 0

    def press(self, role: str, words: str) -> None:
        self.count += 1
        self.page.get_by_role(role, name=re.compile(words)).first.click()

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        field = self.page.get_by_label(label).first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)

    def choose(self, label: str) -> None:
        self.count += 1
        self.page.get_by_label(label, exact=True).focus()
        self.page.keyboard.press("Space")


APPOINTMENT = {
    "Qual è il numero dell'atto che nomina": "12",
    "Qual è la data dell'atto che nomina": "26/11/2026",
    "Qual è il numero del decreto": "3",
    "Qual è la data del decreto": "02/01/2026",
    "Chi firma l'atto": "Maria Esempio",
    "Con quale qualifica firma": "Responsabile del servizio",
    "A quale bisogno risponde": "assicurare i pasti nelle scuole",
    "Il RUP è la stessa persona": "Sì",
    "Chi è il responsabile unico": "Maria Esempio",
    "Qual è la qualifica del RUP": "Istruttrice direttiva",
    "Quale titolo di studio": "laurea in giurisprudenza",
    "Quale esperienza": "tre affidamenti di ristorazione",
    "Al RUP manca": "No",
    "ha firmato la dichiarazione": "25/11/2026",
    "Si nominano responsabili di fase": "No",
}


@pytest.fixture
def appointment(model, tmp_path):  # noqa: F811
    """The newsroom's own appointment of the RUP, in the library."""
    version = model("Nomina del RUP", data=built(tmp_path, "nomina-rup").read_bytes())
    StarterText.objects.create(
        slug="nomina-rup", number=1, entry=version.entry, version=version, sha256="0" * 64,
        checked_on=NOON.date(), loaded_at=NOON,
    )  # fmt: skip


def test_from_a_need_to_the_first_document_in_thirty_clicks(page, enter, person, appointment):
    load_the_rules()
    comune = BodyFactory(name="Comune di Borgo Esempio")
    enter(page, person("author", comune)).goto("/guida/procedura/")
    way = Counted(page)

    way.choose("Servizi")
    way.fill("Importo senza IVA", "120.000,00")
    way.fill("Codice CPV", "55523100")
    way.count += 1
    page.get_by_label("Codice CPV").press("Enter")
    expect(page.get_by_text("Affidamento diretto").first).to_be_visible()
    way.press("link", "Apri un fascicolo con questo bisogno")
    way.fill("Oggetto", "Refezione scolastica 2027")
    way.press("button", "Apri il fascicolo")
    way.press("link", "Modelli per questa gara")
    way.press("button", "Metti")
    expect(page.get_by_text("messo nel suo passo")).to_be_visible()
    services.read_models(Paper.objects.all())
    page.reload()
    way.press("link", "^Rispondi ?: Nomina del RUP")
    expect(page.get_by_text("Solo ciò che serve a «Nomina del RUP».")).to_be_visible()
    look(page)
    for label, text in APPOINTMENT.items():
        way.fill(label, text)
    way.press("button", "Salva le risposte")
    way.press("button", "^Produci.*Nomina del RUP")
    with page.expect_download() as taken:
        way.press("link", "^DOCX.*Nomina del RUP")

    assert way.count <= MOST
    with ZipFile(taken.value.path()) as document:
        assert "Borgo Esempio" in document.read("word/document.xml").decode()
