"""An office confirms its text; another says that it uses it and how it went; an expert vouches."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casa.library import services
from casa.library.models import Adoption, Endorsement, Entry, Experience
from tests.factories import BodyFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import published

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


def check(page):
    assert_accessible(page)
    assert_fits(page)
    assert_targets(page)


@pytest.fixture
def entry(person):
    body = BodyFactory(kind="province", name="Provincia di prova")
    made = published(person, body=body, audience="public", title="Patto per la mensa").entry
    Entry.objects.filter(pk=made.pk).update(review_by=TODAY - timedelta(days=2))
    services.ask_to_confirm(now=timezone.now())
    return made


@pytest.mark.parametrize("kind", ["page", "phone", "plain"])
def test_confirm_use_tell_answer_vouch(request, enter, person, entry, kind):  # noqa: PLR0915 -- one way, walked whole
    look = (lambda _page: None) if kind == "plain" else check  # axe is a script

    def come(who):
        return enter(request.getfixturevalue(kind), who)

    author = person("author", entry.body)
    page = come(author)
    page.goto(entry.get_absolute_url())
    look(page)
    expect(page.get_by_text("Da riconfermare.")).to_be_visible()
    page.goto("/avvisi/ufficio/")
    look(page)
    page.get_by_role("link", name="Controlla il testo").click()
    look(page)
    page.get_by_role("button", name="Confermo, è ancora valido").click()
    expect(page.get_by_text("è valido fino al")).to_be_visible()

    user = person("author", BodyFactory(name="Comune di prova"))
    page = come(user)
    page.goto(entry.get_absolute_url())
    page.get_by_role("link", name="Lo usa il mio ente").click()
    look(page)
    page.get_by_text("Non più in uso", exact=True).click()
    page.get_by_role("button", name="Salva").click()
    look(page)
    page.get_by_text("In uso", exact=True).click()
    page.get_by_label("Una prova, se c'è").fill("det. 41/2026")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("1 ente lo usa.").first).to_be_visible()
    page.get_by_role("link", name="Chi lo usa").click()
    look(page)
    expect(page.get_by_text("det. 41/2026")).to_be_visible()
    page.goto(entry.get_absolute_url())
    page.get_by_role("link", name="Racconta com'è andata").click()
    look(page)
    page.get_by_text("Sì, con modifiche", exact=True).click()
    page.get_by_label("Com'è andata?").fill("Abbiamo tolto le penali.")
    page.get_by_role("button", name="Salva").click()
    look(page)
    assert Adoption.objects.get().state == "in_use"

    page = come(author)
    page.goto("/avvisi/ufficio/")
    page.get_by_role("link", name="Rispondi").click()
    look(page)
    page.get_by_label("La vostra risposta").fill("Le rendiamo facoltative.")
    page.get_by_role("button", name="Rispondi").click()
    expect(page.get_by_text("Le rendiamo facoltative.")).to_be_visible()
    look(page)
    assert Experience.objects.get().answer

    page = come(person("reviewer", BodyFactory(name="Comune esperto")))
    page.goto(entry.get_absolute_url())
    page.get_by_role("link", name="Valida per la rete").click()
    look(page)
    page.get_by_label("Che cosa hai controllato?").fill("Le norme e gli importi.")
    page.get_by_role("button", name="Valida").click()
    expect(page.get_by_text("Validata da Comune esperto")).to_be_visible()
    look(page)
    assert Endorsement.objects.get().criteria == "Le norme e gli importi."
