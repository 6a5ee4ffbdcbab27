"""Lineage by keyboard alone, and the pages of campaigns, families and bundles, wide and narrow."""

import pytest
from playwright.sync_api import expect

from casa.foundation.jail import Jail, jail_in_force
from casa.library import services
from casa.library.models import Bundle, Entry, Suggestion
from casa.library.services import exchanging
from casa.library.services.campaign_duties import ask_offices
from tests.journeys.browsing import tab_to
from tests.journeys.test_lineage import NEWS, OURS, check, place, share
from tests.library.exchange_makers import export, houses, trusting
from tests.library.makers import NOON, published
from tests.library.test_campaigns import CITING, changed
from tests.library.test_deriving import adapt
from tests.library.test_suggesting import place as pair
from tests.library.test_taking import made, publish

__all__ = ["houses", "pair", "place"]  # fixtures
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail on this machine"),
]


def press(page, words, key="Enter"):
    """Go to it with Tab, and press."""
    tab_to(page, words)
    page.keyboard.press(key)


def test_news_are_taken_without_a_mouse(page, enter, person, tmp_path, place):
    source, writer, author, comune = place
    source.refresh_from_db()
    draft = adapt(source, author)
    copy = services.propose_version(version=draft, actor=author, now=NOON).entry
    publish(copy, author, made(tmp_path, OURS, comune))
    share(person, source, writer, made(tmp_path, NEWS, source.body))

    enter(page, author).goto(f"{copy.get_absolute_url()}novita/")
    tab_to(page, "Prendi il testo della fonte")
    page.keyboard.press("ArrowDown")
    five = page.get_by_role("group", name="Art. 5")
    expect(five.get_by_label("Tieni il vostro")).to_be_checked()
    press(page, "Salva e continua dopo")
    expect(page.get_by_text("Scelte salvate")).to_be_visible()
    expect(five.get_by_label("Tieni il vostro")).to_be_checked()
    press(page, "Salva come nostra nuova versione")
    expect(page.get_by_role("button", name="Salva come nostra nuova versione")).to_have_count(0)
    copy.refresh_from_db()
    assert copy.current.basis.source_version.number == 4


def test_a_clause_is_proposed_and_marked_without_a_mouse(page, enter, pair):
    source, writer, copy, author = pair
    enter(page, author).goto(f"{copy.get_absolute_url()}proponi/")
    press(page, "Proponi questa")
    expect(page.get_by_label("Testo proposto")).to_be_visible()
    tab_to(page, "Perché serve anche agli altri")
    page.keyboard.type("Due anni non bastano.")
    press(page, "Invia la proposta")
    expect(page.get_by_text("Proposta inviata")).to_be_visible()

    enter(page, writer).goto(f"{source.get_absolute_url()}proposte/")
    press(page, "Art. 2")
    expect(page.get_by_role("button", name="La prendiamo", exact=True)).to_be_visible()
    press(page, "La prendiamo")
    expect(page.get_by_text("Presa").first).to_be_visible()
    assert Suggestion.objects.get().state == "accepted"

    page.goto(f"{source.get_absolute_url()}clausole-obbligatorie/")
    tab_to(page, "Art. 2 – Durata")  # the table, which scrolls by keyboard
    press(page, "Art. 2 – Durata", "Space")
    tab_to(page, "Norma o motivo")
    page.keyboard.type("Lo chiede la legge.")
    press(page, "Segna le clausole scelte")
    expect(page.get_by_text("Lo chiede la legge.").first).to_be_visible()


def test_the_pages_of_campaigns_families_and_bundles(
    page,
    phone,
    enter,
    person,
    tmp_path,
    houses,
    pair,
):
    source, *_others = pair
    published(person, text=CITING, audience="public")
    Entry.objects.filter(pk=published(person, text=CITING, audience="public").entry_id).update(
        is_received=True
    )
    manager = person(network="manager")
    campaign = services.open_campaign(norm=changed(), actor=manager, now=NOON)
    ask_offices(campaign_id=campaign.pk, now=NOON)
    with houses("A"):
        export(tmp_path / "a.zip", source.slug)
        key = exchanging.own_key()
    with houses("B"):
        trusting("Casa A", key)
        bundle = exchanging.receive_bundle(
            tmp_path / "a.zip", name="a.zip", actor=manager, now=NOON
        )
        addresses = [
            f"/biblioteca/scambio/pacchetti/{bundle.pk}/",
            f"/biblioteca/norme-cambiate/{campaign.pk}/",
            f"{source.get_absolute_url()}famiglia/",
        ]
        for window in (page, phone):
            enter(window, manager)
            for address in addresses:
                assert window.goto(address).status == 200, address
                check(window)
        exchanging.bring_now(bundle=bundle, publishes=True, actor=manager, now=NOON)
        assert page.goto(addresses[0]).status == 200
        check(page)
    assert Bundle.objects.get().lines.exists()
