"""Every component in a real browser: axe, width, targets, keyboard, focus."""

import pytest
from playwright.sync_api import expect

from tests.factories import BodyFactory
from tests.foundation import styleguide
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.journeys.browsing import tab_to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _styleguide(settings):
    settings.ROOT_URLCONF = "tests.foundation.styleguide_urls"
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], styleguide.TEMPLATES]}
    ]


COMPONENTS = "/guida-di-stile/?kind=model"
FORM = "/guida-di-stile/modulo/"
CONFIRM = "/guida-di-stile/conferma/"


@pytest.mark.parametrize("address", [COMPONENTS, f"{COMPONENTS}&pagina=9", FORM, CONFIRM])
def test_components_are_accessible_and_fit(page, phone, address):
    for window in (page, phone):
        window.goto(address)
        assert_accessible(window)
        assert_fits(window)
        assert_targets(window)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_a_form_with_mistakes_is_accessible_and_takes_the_focus_to_them(request, kind):
    page = request.getfixturevalue(kind)
    page.goto(FORM)
    page.get_by_label("Titolo").fill("Segnaletica")
    page.get_by_role("button", name="Invia in revisione").click()
    page.wait_for_selector(".casa-mistakes")
    assert page.evaluate("document.activeElement.className").endswith("casa-mistakes")
    assert page.title().startswith("Da correggere: ")
    expect(page.get_by_label("Titolo")).to_have_value("Segnaletica")
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_kind"


def test_the_filters_are_one_sheet_on_the_phone_and_a_column_on_a_wide_window(page, phone):
    page.goto(COMPONENTS)
    expect(page.get_by_text("Stazione Unica Appaltante")).to_be_visible()
    expect(page.locator("summary", has_text="Filtra")).not_to_be_visible()
    phone.goto(COMPONENTS)
    expect(phone.get_by_text("Stazione Unica Appaltante")).not_to_be_visible()
    phone.locator("summary", has_text="Filtra").tap()
    expect(phone.get_by_text("Stazione Unica Appaltante")).to_be_visible()


def test_filters_chips_and_pages_are_reached_by_keyboard(page):
    page.goto(COMPONENTS)
    for words in (
        "Vai al contenuto",
        "Vai alla ricerca",
        "Stazione Unica",
        "Modello",
        "Successiva",
    ):
        tab_to(page, words)


def test_the_menu_opens_on_the_phone_without_javascript(plain):
    plain.goto(COMPONENTS)
    menu = plain.locator(".casa-menu")
    expect(menu.get_by_role("link", name="Biblioteca")).not_to_be_visible()
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Biblioteca")).to_be_visible()


def test_a_broken_page_is_accessible_too(page, phone):
    for window in (page, phone):
        assert window.goto("/guida-di-stile/rotta/").status == 500
        assert_accessible(window)
        assert_fits(window)


def test_a_member_sees_for_whom_they_act_and_leaves_with_one_press(phone, enter, person):
    body = BodyFactory(name="Unione dei Comuni di Prova e di Borgo Prova")
    enter(phone, person("author", body)).goto(COMPONENTS)
    expect(
        phone.get_by_text("Stai operando per Unione dei Comuni di Prova e di Borgo Prova")
    ).to_be_visible()
    assert_accessible(phone)
    assert_fits(phone)
    assert_targets(phone)
    phone.get_by_role("button", name="Esci").click()
    expect(phone.get_by_role("link", name="Accedi").first).to_be_visible()
