"""Searching as people do it: by keyboard, on the phone, without JavaScript; measured by axe."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from casa.search import follower, services
from casa.search.models import EmptySearch, SavedSearch
from tests.factories import BodyFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.journeys.browsing import tab_to
from tests.search.makers import card

pytestmark = pytest.mark.django_db(transaction=True)
BOX = "Cerca modelli, articoli, procedure"
LONG = "Disciplinare di gara per il servizio di refezione scolastica e dei pasti a domicilio"


@pytest.fixture
def cards(settings, tmp_path):
    """Cards in an index of their own; `#contenuto` is where they lead, so that every link is a page."""
    settings.SEARCH_DIR = tmp_path / "index"
    cache.clear()
    body = BodyFactory(name="Unione dei Comuni di Prova Bassa e Borgo Prova")
    card(
        key="a", title=LONG, text="La refezione degli alunni. " * 20, body=body,
        dated_on=date(2026, 3, 3), facets={"region": ["Veneto"]}, url="/privacy/",
    )  # fmt: skip
    card(key="b", title="Refezione: clausole sociali", url="/accessibilita/", body=body)
    card(key="c", title="Sfalcio dei cigli", url="/stato/")
    follower.catch_up()
    return follower.catch_up


def measure(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


def listed(page):
    return page.locator("[role=option]").all_text_contents()


def test_suggestions_are_reached_by_keyboard_alone(page, cards):
    page.goto("/")
    tab_to(page, BOX)
    page.keyboard.type("refez", delay=20)
    page.wait_for_selector("[role=option]")
    assert len(listed(page)) == 2
    box = page.get_by_role("combobox", name=BOX)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".casa-search [role=status]")).to_contain_text("2 suggerimenti")
    measure(page)

    page.keyboard.press("ArrowDown")
    first = page.locator("[role=option][aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    page.keyboard.press("ArrowUp")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    wanted = page.locator("[role=option][aria-selected=true]").get_attribute("data-url")
    measure(page)
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("refez")

    page.keyboard.type("i")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowUp")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(str(wanted))


def test_enter_without_a_choice_searches_as_ever(page, cards):
    page.goto("/")
    page.get_by_label(BOX).fill("refez")
    page.wait_for_selector("[role=option]")
    with page.expect_navigation():
        page.get_by_label(BOX).press("Enter")
    expect(page).to_have_url(re.compile(r"/cerca/\?q=refez"))


def test_suggestions_fit_on_the_phone_and_open_by_finger(phone, cards):
    for address, label in (("/privacy/", BOX), ("/cerca/", "Parole da cercare")):
        phone.goto(address)
        phone.get_by_label(label).fill("refezione")
        phone.wait_for_selector("[role=option]")
        measure(phone)
    with phone.expect_navigation():
        phone.locator("[role=option]", has_text="clausole sociali").tap()
    expect(phone).to_have_url("/accessibilita/")


def test_nothing_that_was_withdrawn_is_suggested(page, cards):
    page.goto("/cerca/")
    services.withdraw_card(key="b")
    page.get_by_label("Parole da cercare").fill("refezione")
    page.wait_for_selector("[role=option]")
    assert len(listed(page)) == 1


def test_the_page_works_without_javascript(plain, cards, person, enter):
    enter(plain, person("author", BodyFactory()))
    plain.goto("/cerca/")
    plain.get_by_label("Parole da cercare").fill("refezione")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Cerca").last.click()
    expect(plain.get_by_role("status").first).to_have_text("2 schede")
    assert_fits(plain)
    plain.get_by_role("link", name="per titolo").click()
    expect(plain.locator("ol h2").first).to_contain_text("Disciplinare")
    plain.get_by_text("Filtra").first.click()
    plain.get_by_role("link", name="Veneto").click()
    expect(plain.get_by_role("link", name="Togli il filtro Regione: Veneto")).to_be_visible()

    plain.get_by_role("link", name="Salva questa ricerca").click()
    assert_fits(plain)
    plain.get_by_text("Niente mail: la ritrovo solo qui").click()
    plain.get_by_role("button", name="Salva la ricerca").click()
    expect(plain.get_by_text("La ricerca è salvata")).to_be_visible()
    assert_fits(plain)
    plain.get_by_text("Feed Atom").click()
    plain.get_by_role("button", name="Apri il feed").click()
    plain.get_by_text("Feed Atom").first.click()
    assert_fits(plain)
    plain.get_by_role("link", name="Elimina").click()
    assert_fits(plain)
    plain.get_by_role("button", name="Elimina la ricerca").click()
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_pages_of_search_are_accessible_and_fit(request, cards, person, enter, kind):
    window = request.getfixturevalue(kind)
    who = person(network="manager")
    enter(window, who)
    saved = services.save_search(
        actor=who, words="refezione", filters={}, name=LONG, frequency="weekly",
        now=timezone.now(),
    )  # fmt: skip
    services.open_feed(search=saved, actor=who)
    for number, words in enumerate(("canile sanitario intercomunale", "gattile")):
        row = services.count_empty(actor=who, words=words, partial=bool(number), now=timezone.now())
    services.answer(search=row, card_key="a", actor=who)
    stop = services.alerts.stop_link([saved]).partition("/cerca/")[2]
    for address in (
        "?q=refezione", "?q=gattile", "?q=zzz", "?q=refezione&ordine=titolo&regione=Veneto",
        "mie/", f"mie/{saved.pk}/", f"mie/{saved.pk}/elimina/", "salva/?q=sfalcio", "mancano/",
        "mancano/?stato=ignored", f"mancano/{row.pk}/", f"mancano/{row.pk}/?scheda=refezione",
        stop,
    ):  # fmt: skip
        assert window.goto(f"/cerca/{address}").status == 200, address
        measure(window)


def test_what_is_missing_finds_its_answer_and_the_next_one_sees_it(
    page, plain, cards, person, enter
):
    plain.goto("/cerca/?q=vitto+alunni")
    assert EmptySearch.objects.get().words == "vitto alunni"
    enter(page, person(network="reviewer"))
    page.goto("/cerca/")
    page.get_by_role("link", name="Che cosa manca").click()
    page.get_by_role("link", name="vitto alunni").click()
    page.get_by_label("Cerca con altre parole").fill("clausole sociali")
    page.get_by_role("button", name="Cerca").last.click()
    page.get_by_role("button", name=re.compile("Questa risponde.*clausole sociali")).click()
    expect(page.get_by_text("Chi cerca queste parole ora vede la risposta")).to_be_visible()
    plain.goto("/cerca/?q=vitto+per+gli+alunni")
    expect(plain.get_by_text("C'è una risposta:")).to_be_visible()
    assert_fits(plain)
