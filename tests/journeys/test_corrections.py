"""Headings that were read wrongly, corrected by their author in the browser, wide, narrow and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.factories import BodyFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.journeys.browsing import tab_to
from tests.library.makers import EntryFactory, published
from tests.library.test_corrections import TEXT

pytestmark = pytest.mark.django_db(transaction=True)


def check(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def entry(person, body):
    return published(person, entry=EntryFactory(body=body), text=TEXT).entry


@pytest.mark.parametrize("kind", ["page", "phone", "plain"])
def test_an_author_adds_a_heading_looks_at_the_index_and_takes_it_back(
    request, person, enter, body, entry, kind
):
    window = enter(request.getfixturevalue(kind), person("author", body))
    scripted = kind != "plain"
    window.goto(entry.get_absolute_url())
    window.get_by_text("Altre azioni").click()
    window.get_by_role("link", name="Correggi i titoli").click()
    expect(window.get_by_label("Art. 1 – Oggetto")).to_have_value("1")
    if scripted:
        check(window)

    window.get_by_role("link", name="Aggiungi un titolo che manca").click()
    window.get_by_label("Parole della riga").fill("clausole")
    window.get_by_role("button", name="Trova").click()
    window.get_by_label("Clausole particolari").select_option("È un titolo di livello 2")
    window.get_by_role("button", name="Guarda come diventa l'indice").click()
    expect(window.get_by_role("heading", name="Anteprima dell'indice")).to_be_visible()
    expect(window.locator(".casa-index li")).to_have_text(
        ["Art. 1 Oggetto", "Clausole particolari", "Art. 2 Durata"]
    )
    expect(window.get_by_label("Clausole particolari")).to_have_value("2")
    if scripted:
        check(window)

    window.get_by_role("button", name="Salva le correzioni").click()
    expect(window.get_by_text("1 riga corretta.")).to_be_visible()
    window.get_by_role("link", name="1 correzione fatta").click()
    expect(window.get_by_role("heading", name="Clausole particolari")).to_be_visible()
    if scripted:
        check(window)
    window.get_by_role("link", name="Ho finito: torna al testo").click()
    expect(window.locator("#clausole-particolari")).to_be_visible()

    window.go_back()
    window.get_by_role("button", name="Togli la correzione").click()
    expect(window.get_by_text("Correzione tolta")).to_be_visible()
    expect(window.locator(".casa-index li")).to_have_count(2)


def test_by_keyboard_a_choice_that_changes_nothing_is_told_at_the_top(
    page, person, enter, body, entry
):
    window = enter(page, person("author", body))
    window.goto(f"{entry.get_absolute_url()}titoli/")
    tab_to(window, "Salva le correzioni")
    window.keyboard.press("Enter")
    window.wait_for_selector(".casa-mistakes")

    expect(window.locator(".casa-mistakes")).to_contain_text("Non hai cambiato nessuna riga")
    check(window)
