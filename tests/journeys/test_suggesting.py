"""A Comune proposes a clause to its Province; the Province takes it on a phone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.test_suggesting import place  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def look(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


def test_a_clause_is_proposed_and_taken(page, phone, enter, place):  # noqa: F811
    source, writer, copy, author = place
    enter(page, author)
    page.goto(f"{copy.get_absolute_url()}famiglia/")
    page.get_by_role("link", name="Proponi una modifica alla fonte").click()
    expect(page.get_by_role("heading", name="Proponi alla fonte")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Proponi questa").click()
    expect(page.get_by_label("Testo proposto")).to_be_visible()
    look(page)
    page.get_by_label("Perché serve anche agli altri").fill("Due anni non bastano a nessuno.")
    page.get_by_role("button", name="Invia la proposta").click()
    expect(page.get_by_text("Proposta inviata")).to_be_visible()
    look(page)

    enter(phone, writer)
    phone.goto(f"{source.get_absolute_url()}proposte/")
    look(phone)
    phone.locator("main li a").first.click()
    expect(phone.get_by_role("button", name="Non la prendiamo")).to_be_visible()
    look(phone)
    phone.get_by_role("button", name="La prendiamo", exact=True).click()
    expect(phone.get_by_text("Presa")).to_be_visible()
