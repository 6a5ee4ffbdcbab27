"""Whoever alone keeps an office leaves: half-way, then all passes on; the others are confirmed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from casa.registry.queries.succession import ownerless
from tests.factories import BodyFactory, MandateFactory, OfficeFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import EntryFactory, VersionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def look(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


@pytest.fixture
def leaver():
    """The only author of an office with seven texts and a draft, in a body to be confirmed."""
    body = BodyFactory(name="Comune di Prova", attest_by=timezone.localdate() - timedelta(days=1))
    office = OfficeFactory(body=body, name="Ufficio gare")
    mandate = MandateFactory(body=body, office=office, role="author")
    entries = EntryFactory.create_batch(7, body=body, office=office)
    VersionFactory(entry=entries[0], author=mandate.person)
    return mandate


def test_a_mandate_ends_and_nothing_stays_behind(page, phone, enter, person, leaver):
    body = leaver.body
    boss, heir = person("administrator", body), person("author", body)
    enter(page, boss)
    page.goto(reverse("entrance:end", args=[body.slug, leaver.pk]))
    look(page)
    page.get_by_label("Passa tutto a una persona").select_option(f"person:{heir.person_id}")
    page.get_by_role("button", name="Salva e continua dopo").click()
    expect(page.get_by_text("Niente è ancora passato")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Consegna e concludi il mandato").click()
    expect(page.get_by_role("heading", name="Ricevuta delle consegne")).to_be_visible()
    expect(page.get_by_role("row", name="Modelli, schede e kit")).to_contain_text(heir.name)
    look(page)
    assert ownerless(on=timezone.localdate()) == []

    enter(phone, boss)
    phone.goto(reverse("registry:hand_overs"))
    look(phone)
    phone.get_by_role("link", name=body.name).click()
    expect(phone.get_by_text("Aspettano 2 mandati")).to_be_visible()
    look(phone)
    phone.get_by_role("button", name="Sì, serve ancora").first.click()
    expect(phone.get_by_text("Riconfermato:")).to_be_visible()
    phone.goto(reverse("entrance:mine"))
    phone.get_by_role("link", name="Lascia").click()
    expect(phone.get_by_role("button", name="Consegna e concludi il mandato")).to_be_visible()
    look(phone)
