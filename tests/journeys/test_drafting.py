"""Norms in the text, two versions compared, a signed file: looked at in the browser, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.drafting.makers_signed import signed
from tests.intake.makers import inspected
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import published

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = (
    "Art. 1 - Oggetto\nSi procede ai sensi dell'art. 36 del d.lgs. 50/2016. Il servizio dura dodici mesi.\n\n"
    "Art. 2 - Penali\nLa penale è di cento euro al giorno."
)
SECOND = (
    "Art. 1 - Oggetto\nSi procede ai sensi dell'art. 50 del d.lgs. 36/2023. Il servizio dura due anni.\n\n"
    "Art. 2 - Penali\nLa penale è di cento euro al giorno.\n\nArt. 3 - Recesso\nSi recede con preavviso."
)


def check(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_norms_and_two_versions_side_by_side(request, person, kind):
    window = request.getfixturevalue(kind)
    first = published(person, text=FIRST)
    published(person, entry=first.entry, text=SECOND)
    window.goto(first.entry.get_absolute_url())
    assert (
        window.locator("a.casa-norm")
        .first.get_attribute("href")
        .startswith("https://www.normattiva.it/")
    )
    expect(window.get_by_role("heading", name="Norme citate")).to_be_visible()
    check(window)
    window.get_by_role("link", name="Confronta due versioni").click()
    window.wait_for_url("**/confronta/")
    expect(window.get_by_text("1 clausola aggiunta")).to_be_visible()
    expect(window.locator("ins").first).to_be_visible()
    check(window)
    window.get_by_label("Come").select_option("in-riga")
    window.get_by_role("button", name="Confronta", exact=True).click()
    window.wait_for_url("**vista=in-riga**")
    expect(window.locator(".casa-compare table")).to_have_count(0)
    check(window)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_a_signed_file_says_who_signed(request, person, enter, kind):
    author = person("author")
    upload = inspected(author, "contratto.txt.p7m", signed(FIRST.encode()))
    window = enter(request.getfixturevalue(kind), author)
    window.goto(f"/carica/file/{upload.token}/")
    expect(window.get_by_role("heading", name="Firme")).to_be_visible()
    expect(window.get_by_text("integra", exact=True)).to_be_visible()
    check(window)
