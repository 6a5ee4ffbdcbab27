"""A RUP counts a tender back from the wanted contract, moves one day, and takes it to a calendar."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from casa.dossier.models import Dossier
from tests.dossier.makers import opened
from tests.factories import BodyFactory
from tests.guide.makers import load_the_rules
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_day_moves_the_rest_and_the_page_says_why(page, phone, enter, person):
    load_the_rules()
    author = person("author", BodyFactory(name="Comune di prova"))
    made = opened(author)
    Dossier.objects.update(procedure="open_procedure", needed_by=date(2035, 9, 3))

    enter(page, author)
    page.goto(f"/fascicoli/{made.pk}/")
    page.get_by_role("link", name="Tempi", exact=True).click()
    expect(page.get_by_role("heading", name="Tempi", exact=True)).to_be_visible()
    look(page)
    page.get_by_role("link", name="Cambia: Termine per le offerte").click()
    expect(page.get_by_text("La legge ne vuole almeno 30")).to_be_visible()
    page.get_by_label("Quanti giorni").fill("29")
    page.get_by_role("button", name="Conta di nuovo").click()
    expect(page.get_by_text("servono almeno 30 giorni (art. 71").first).to_be_visible()
    page.get_by_label("Quanti giorni").fill("45")
    page.get_by_role("button", name="Conta di nuovo").click()
    expect(page.get_by_role("heading", name="L'ultimo cambiamento")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Decisione di contrarre")).to_be_visible()

    enter(phone, author)
    for path in (f"/fascicoli/{made.pk}/tempi/", f"/fascicoli/{made.pk}/tempi/conta/"):
        phone.goto(path)
        look(phone)
    phone.goto("/fascicoli/calendario/")
    phone.get_by_role("button", name="Apri il mio calendario").click()
    expect(phone.get_by_text("L'indirizzo, solo adesso")).to_be_visible()
    look(phone)


def look(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)
    assert_targets(page)
