"""A Comune adapts a Province's model, the Province changes it, the Comune takes the news."""

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from casa.foundation.jail import Jail, jail_in_force
from casa.library import services
from casa.library.models import Basis, Entry
from casa.notices.models import Duty
from casa.notices.services import mail_offices
from tests.factories import BodyFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import NOON, TODAY, PillarFactory, published
from tests.library.test_deriving import adapt
from tests.library.test_taking import BASE, made, publish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail on this machine"),
]
SERVED = "I pasti del punto {} si servono ogni giorno alle scuole del territorio"
TEN = [*BASE, *(f"{SERVED.format(n)}." for n in range(4, 11))]
MOST_CLICKS = 6


def with_lines(**lines):
    """The ten articles with other words: `with_lines(art_5="…")`."""
    return [lines.get(f"art_{n}", line) for n, line in enumerate(TEN, start=1)]


OURS = with_lines(art_5=f"{SERVED.format(5)} e ai nidi.")
NEWS = with_lines(
    art_5=f"{SERVED.format(5)} e agli anziani.", art_9=f"{SERVED.format(9)}, con cibi locali."
)


@pytest.fixture
def place(person, tmp_path):
    PillarFactory()
    province = BodyFactory(kind="province", name="Provincia di prova")
    comune = BodyFactory(name="Comune di prova", province_body=province)
    writer = person("author", province)
    first = published(person, body=province, audience="network", title="Patto per la mensa")
    source = first.entry
    for _ in ("second", "third"):
        share(person, source, writer, made(tmp_path, TEN, province))
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


class Clicks:
    """A person who clicks, and how often."""

    def __init__(self):
        self.made = 0

    def __call__(self, place):
        self.made += 1
        place.click()


@pytest.mark.parametrize("kind", ["page", "plain"])
def test_derive_be_told_take(request, enter, person, tmp_path, place, kind):
    source, writer, author, comune = place
    page, click = enter(request.getfixturevalue(kind), author), Clicks()
    look = check if kind == "page" else lambda _page: None  # axe is a script

    page.goto(source.get_absolute_url())
    click(page.get_by_role("link", name="Adatta per il mio ente"))
    look(page)
    page.get_by_label("Titolo della vostra scheda").fill("La nostra mensa")
    click(page.get_by_role("button", name="Adatta per il mio ente"))
    look(page)
    click(page.get_by_role("button", name="Pubblica per il mio ente"))
    expect(page.get_by_text("basata sulla versione 3", exact=False).first).to_be_visible()
    copy = Entry.objects.get(body=comune)
    upload = made(tmp_path, OURS, comune)
    publish(copy, author, upload, changes="Anche i nidi.", effective_on=timezone.localdate())
    share(person, source, writer, made(tmp_path, NEWS, source.body))

    assert mail_offices(now=timezone.now()) == 1
    (letter,) = mail.outbox
    assert len(letter.body.split("La fonte di «La nostra mensa» è alla versione 4")) == 2
    assert Duty.objects.open().get().notes[1:] == [
        "Tocca: Art. 5, c. 1",
        "Tocca: Art. 9, c. 1",
    ]

    page.goto("/avvisi/ufficio/")
    look(page)
    expect(page.get_by_text("Tocca: Art. 5")).to_be_visible()
    click(page.get_by_role("link", name="Guarda le novità").first)
    look(page)
    five, nine = (page.get_by_role("group", name=f"Art. {n}") for n in (5, 9))
    expect(five).to_contain_text("cambiata da tutti e due")
    expect(five.get_by_role("radio", checked=True)).to_have_count(0)
    expect(nine.get_by_label("Prendi il testo della fonte")).to_be_checked()
    click(five.get_by_text("Tieni il vostro", exact=True))
    click(page.get_by_role("button", name="Salva come nostra nuova versione"))
    assert click.made <= MOST_CLICKS
    page.goto(copy.get_absolute_url())

    expect(page.get_by_text("basata sulla versione 4", exact=False).first).to_be_visible()
    expect(page.get_by_text("e ai nidi", exact=False).first).to_be_visible()
    expect(page.get_by_text("con cibi locali", exact=False).first).to_be_visible()
    copy.refresh_from_db()
    assert Basis.objects.get(version=copy.current).source_version.number == 4

    page.goto(f"{source.get_absolute_url()}famiglia/")
    look(page)
    row = page.get_by_role("row", name="Comune di prova")
    expect(row).to_contain_text("versione 4 della fonte")
    expect(row).to_contain_text("in pari")
    page.get_by_role("link", name="Art. 5").last.click()
    expect(page.get_by_role("heading", name="Come la scrivono gli enti")).to_be_visible()
    look(page)
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


def test_the_pages_where_clauses_are_chosen_and_explained(page, phone, enter, tmp_path, place):
    source, writer, author, comune = place
    source.refresh_from_db()
    draft = adapt(source, author)
    copy = services.propose_version(version=draft, actor=author, now=NOON).entry
    five = source.current.clauses.get(heading__endswith="Punto 5").key
    services.mark_clauses(
        entry=source, keys=[five], kind="law", reason="Una legge", actor=writer, now=NOON
    )
    proposal = services.Proposal(
        changes="Anche i nidi.",
        why="Servono.",
        effective_on=TODAY,
        audience="body",
        uploads=[made(tmp_path, OURS, comune)],
    )
    draft = services.open_version(entry=copy, proposal=proposal, actor=author, now=NOON)
    above, below = source.get_absolute_url(), copy.get_absolute_url()
    for window in (page, phone):
        for who, address, words in (
            (writer, f"{above}clausole-obbligatorie/", "Segna le clausole scelte"),
            (author, f"{draft.get_absolute_url()}motivi/", "Una legge"),
            (author, f"{below}scrivi/", "Cambia: Art. 5"),
            (author, f"{below}scrivi/?clausola={five}", "Salva nella bozza"),
            (author, f"{below}proponi/", "Proponi alla fonte"),
            (author, f"{below}proposte/", "Nessuna proposta"),
        ):
            enter(window, who).goto(address)
            expect(window.get_by_text(words, exact=False).first).to_be_attached()
            check(window)
