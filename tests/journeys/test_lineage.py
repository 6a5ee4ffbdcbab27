"""A Comune adapts a Province's model, the Province changes it, the Comune takes the news."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casa.foundation.jail import Jail, jail_in_force
from casa.library import services
from casa.library.models import Basis, Entry
from tests.factories import BodyFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import NOON, TODAY, PillarFactory, published
from tests.library.test_taking import BASE, made, publish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail on this machine"),
]
OURS = ["La mensa serve anche i nidi.", *BASE[1:]]
NEWS = ["La mensa serve le scuole e gli anziani.", "I pasti sono locali.", BASE[2]]


@pytest.fixture
def place(person, tmp_path):
    PillarFactory()
    province = BodyFactory(kind="province", name="Provincia di prova")
    comune = BodyFactory(name="Comune di prova", province_body=province)
    writer = person("author", province)
    first = published(person, body=province, audience="network", title="Patto per la mensa")
    source = first.entry
    share(person, source, writer, made(tmp_path, BASE, province))
    return source, writer, person("author", comune), comune


def share(person, source, writer, upload):
    """The Province's next version, reviewed by a colleague."""
    proposal = services.Proposal(
        changes="Cambia la mensa.",
        why="Lo chiedono i Comuni.",
        effective_on=TODAY,
        audience="network",
        uploads=[upload],
    )
    version = services.open_version(entry=source, proposal=proposal, actor=writer, now=NOON)
    services.propose_version(version=version, actor=writer, now=NOON)
    reviewer = person("reviewer", source.body)
    return services.publish_version(
        version=version, checklist=[], waivers=[], note="", actor=reviewer, now=NOON
    )


def check(page):
    assert_accessible(page)
    assert_fits(page)
    assert_targets(page)


@pytest.mark.parametrize("kind", ["page", "plain"])
def test_derive_be_told_take(request, enter, person, tmp_path, place, kind):
    source, writer, author, comune = place
    page = enter(request.getfixturevalue(kind), author)
    look = check if kind == "page" else lambda _page: None  # axe is a script

    page.goto(source.get_absolute_url())
    page.get_by_role("link", name="Adatta per il mio ente").click()
    look(page)
    page.get_by_label("Titolo della vostra scheda").fill("La nostra mensa")
    page.get_by_role("button", name="Adatta per il mio ente").click()
    look(page)
    page.get_by_role("button", name="Pubblica per il mio ente").click()
    copy = Entry.objects.get(body=comune)
    upload = made(tmp_path, OURS, comune)
    publish(copy, author, upload, changes="Anche i nidi.", effective_on=timezone.localdate())
    share(person, source, writer, made(tmp_path, NEWS, source.body))

    page.goto("/avvisi/ufficio/")
    look(page)
    expect(page.get_by_text("Tocca: Art. 1")).to_be_visible()
    page.get_by_role("link", name="Guarda le novità").first.click()
    look(page)
    expect(page.get_by_text("cambiata da tutti e due", exact=True)).to_be_visible()
    page.get_by_text("Tieni il vostro", exact=True).first.click()
    page.get_by_role("button", name="Salva come nostra nuova versione").click()
    page.goto(copy.get_absolute_url())

    expect(page.get_by_text("basata sulla versione 3", exact=False).first).to_be_visible()
    expect(page.get_by_text("anche i nidi", exact=False).first).to_be_visible()
    expect(page.get_by_text("I pasti sono locali", exact=False).first).to_be_visible()
    copy.refresh_from_db()
    assert Basis.objects.get(version=copy.current).source_version.number == 3

    page.goto(f"{source.get_absolute_url()}famiglia/")
    look(page)
    expect(page.get_by_role("row", name="Comune di prova")).to_contain_text("in pari")
    page.goto("/avvisi/ufficio/")
    expect(page.get_by_text("Niente da fare")).to_be_visible()


def test_the_pages_of_notices_and_campaigns(page, phone, enter, person, place):
    source, _writer, author, _comune = place
    for window in (page, phone):
        enter(window, author)
        window.goto(source.get_absolute_url())
        if window is page:
            window.get_by_role("button", name="Segui").click()
        for address in ("/avvisi/", "/avvisi/seguiti/", "/biblioteca/norme-cambiate/"):
            assert window.goto(address).status == 200, address
            check(window)
