"""A tender ends: it is closed, shared without names, and helps whoever makes the next."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casa.dossier.models import Sharing
from casa.foundation import jail
from casa.library import services as library
from tests.dossier.endings import carried_out, cleaned, lay, signed
from tests.dossier.makers import need, opened
from tests.factories import BodyFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import UploadFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        jail.jail_in_force() is jail.Jail.NONE, reason="no jail on this machine: install bubblewrap"
    ),
]


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    """Files of its own, and nobody who works by himself."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def look(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


def test_from_the_contract_to_the_next_similar_tender(page, phone, enter, person):
    comune = BodyFactory(name="Comune di prova")
    author = person("author", comune)
    tender, upload, raw = signed(author), UploadFactory(body=comune), UploadFactory(body=comune)
    for file in (upload, raw):
        lay(tender, author, upload=file)
    cleaned(upload, author)

    enter(page, author)
    page.goto(f"/fascicoli/{tender.pk}/")
    page.get_by_role("link", name="Chiudi il fascicolo").click()
    page.get_by_label("Quante offerte").fill("3")
    look(page)
    page.get_by_role("button", name="Chiudi il fascicolo").click()
    expect(page.get_by_text("Fascicolo chiuso")).to_be_visible()
    expect(page.get_by_role("link", name="Prima di condividere")).to_be_visible()
    page.get_by_label("copia ripulita").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Manda in revisione").click()
    expect(page.get_by_text("Guarda le copie ripulite e conferma").first).to_be_visible()
    expect(page.get_by_label("copia ripulita").first).to_be_checked()
    look(page)
    page.get_by_label("Ho guardato le copie").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Manda in revisione").click()
    expect(page.get_by_text("si sta preparando").first).to_be_visible()
    carried_out(Sharing.objects.get())
    expect(page.get_by_text("In revisione, la legge un'altra persona")).to_be_visible()

    library.publish_version(
        version=Sharing.objects.get().version, checklist=[], waivers=[], note="",
        actor=person("reviewer", comune), now=timezone.now(),
    )  # fmt: skip
    following = opened(author, asked=need("130000", cpv="55524000"), title="Pasti del nido")
    enter(phone, author)
    phone.goto(f"/fascicoli/{following.pk}/gare-simili/")
    expect(phone.get_by_role("link", name="Refezione scolastica")).to_be_visible()
    look(phone)
