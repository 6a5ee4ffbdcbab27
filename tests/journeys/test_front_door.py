"""The portal's pages as a visitor meets them."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.journeys.browsing import tab_to, transferred

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = ["/", "/accessibilita/", "/privacy/", "/stato/", "/non-esiste/proprio/"]
MOST = 300 * 1000


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_front_door_is_accessible_and_fits(page, phone, address):
    for window in (page, phone):
        window.goto(address)
        assert_accessible(window)
        assert_fits(window)
        assert_targets(window)


def test_the_first_page_is_light(browser, packed_server):
    page = browser.new_page()
    traffic = transferred(page)
    page.goto(packed_server, wait_until="networkidle")
    assert page.evaluate("document.fonts.check('1rem \"Titillium Web\"')")
    assert 20_000 < traffic.total < MOST, traffic.by_url()
    page.close()


def test_a_visitor_searches_and_votes_without_javascript(plain):
    plain.goto("/privacy/")
    plain.get_by_role("button", name="Sì, è stata utile").click()
    expect(plain.get_by_text("è stata contata")).to_be_visible()
    plain.get_by_label("Cerca modelli, articoli, procedure").fill("strade")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Cerca").first.click()
    expect(plain).to_have_url(re.compile(r"/cerca/\?q=strade"))


def test_a_visitor_gets_everywhere_by_keyboard(page):
    page.goto("/")
    for words in ("Vai al contenuto", "Accedi", "Cerca", "Che cosa ti serve", "Privacy"):
        tab_to(page, words)


def test_the_skip_link_leads_past_the_header(page):
    page.goto("/privacy/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenuto"
