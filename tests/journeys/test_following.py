"""A person follows a body with the keyboard, gets one mail, pauses from it without a log-in."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from casa.library.services.announcing import announce
from casa.notices import services
from casa.notices.models import Follow, News
from casa.search.models import SavedSearch
from casa.search.services import save_search
from tests.factories import BodyFactory
from tests.guide.makers import NormFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.journeys.browsing import tab_to
from tests.library.makers import published

STOP = re.compile("Smetti di seguire ?: Comune di prova")
pytestmark = pytest.mark.django_db(transaction=True)


def look(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


def happens(version):
    """The library publishes; the worker tells and mails."""
    now = timezone.now()
    announce(version_id=version.pk, now=now)
    for news in News.objects.filter(spread_at=None):
        services.spread(news_id=news.pk, now=now)
    services.mail_at_once(now=now)


def way_out(letter):
    """The first way out that stands in the letter: that of its first line."""
    return next(word for word in letter.body.split() if "/avvisi/basta/" in word)


def test_following_being_told_pausing_and_going_on(plain, page, phone, person, enter):
    body = BodyFactory(name="Comune di prova")
    reader = person("reader")
    enter(plain, reader)
    plain.goto(body.get_absolute_url())
    tab_to(plain, "Segui questo ente")
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("heading", name="Novità: Comune di prova")).to_be_visible()
    plain.get_by_label("Quando avvisarti").select_option("at_once")
    tab_to(plain, "Segui «Comune di prova»")
    plain.keyboard.press("Enter")
    expect(plain.get_by_text("Ora segui «Comune di prova»")).to_be_visible()

    happens(published(person, body=body, title="Patto per il verde"))
    (letter,) = mail.outbox

    path = way_out(letter)
    path = path[path.index("/avvisi/") :]
    phone.goto(path)
    look(phone)
    phone.get_by_role("button", name="Non scrivermi più").click()
    expect(phone.get_by_role("button", name="Ricomincia a seguire")).to_be_visible()
    look(phone)
    assert not Follow.objects.awake().exists()
    phone.get_by_role("button", name="Ricomincia a seguire").click()
    expect(phone.get_by_role("heading", name="Ricominciamo ad avvisarti")).to_be_visible()
    look(phone)
    assert Follow.objects.awake().exists()

    norm = NormFactory(act="d.lgs. 1/2001", article="36")
    save_search(
        actor=reader, words="verde", filters={}, name="Il verde", frequency="weekly",
        now=timezone.now(),
    )  # fmt: skip
    enter(phone, reader)
    for address in ("/avvisi/seguiti/", f"/avvisi/ente/{body.slug}/", norm.get_absolute_url()):
        assert phone.goto(address).status == 200
        look(phone)

    enter(page, reader)
    page.goto("/avvisi/seguiti/")
    look(page)
    page.get_by_label("Quando avvisarti di Il verde").select_option("here")
    page.get_by_role("button", name="Cambia quando avvisarti di Il verde").click()
    expect(page.get_by_text("Cambiato quando ti avvisiamo di «Il verde»")).to_be_visible()
    assert SavedSearch.objects.get().frequency == "never"
    page.get_by_role("button", name=STOP).click()
    expect(page.get_by_text("Non segui più «Comune di prova»")).to_be_visible()
    assert not Follow.objects.exists()
