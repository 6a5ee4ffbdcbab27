"""«Prima di condividere» in a browser: wide, narrow, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import expect

from casa.foundation import jail
from casa.intake import services
from casa.intake.models import CleanedCopy
from tests.factories import BodyFactory
from tests.intake.makers import FISCAL_CODE, NOON, docx, inspected
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        jail.jail_in_force() is jail.Jail.NONE, reason="no jail on this machine: install bubblewrap"
    ),
]
TEXT = f"Codice fiscale {FISCAL_CODE}. Scrivere a protocollo@comune.prova.example."


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    """Files of its own, and nobody who works by himself: see `work_off`."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def author(person):
    return person("author", BodyFactory())


@pytest.fixture
def upload(author, tmp_path):
    return inspected(author, "domanda.docx", docx(tmp_path, articles=[("Oggetto", [TEXT])]))


def check(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


def work_off():
    """What the worker does."""
    cleaned = CleanedCopy.objects.waiting().get()
    services.clean(copy_id=cleaned.pk, now=NOON)
    cleaned.refresh_from_db()
    services.inspect(upload_id=cleaned.copy_id, now=NOON)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_from_the_file_to_its_cleaned_copy(request, enter, author, upload, kind):
    window = enter(request.getfixturevalue(kind), author)
    window.goto(f"/carica/file/{upload.token}/")
    window.get_by_role("link", name="Prima di condividere").click()
    window.get_by_role("heading", name="Prima di condividere", exact=True).wait_for()
    check(window)
    datum = window.get_by_role("group", name=f"Codice fiscale: {FISCAL_CODE}")
    datum.get_by_label("Togli").focus()
    window.keyboard.press("ArrowDown")
    expect(datum.get_by_label("Tieni")).to_be_checked()
    window.get_by_role("button", name="Prepara la copia ripulita").press("Enter")
    mistake = window.get_by_role("link", name="scegli perché, oppure toglilo")
    mistake.wait_for()
    check(window)
    mistake.press("Enter")
    expect(datum.get_by_label("Perché resta")).to_be_visible()
    datum.get_by_label("Tieni").focus()
    window.keyboard.press("ArrowUp")
    window.get_by_role("button", name="Prepara la copia ripulita").press("Enter")
    window.get_by_text("si sta preparando").wait_for()
    check(window)
    work_off()
    window.get_by_text("La copia ripulita c'è:").wait_for()  # the page asks by itself
    check(window)
    window.get_by_role("link", name="(copia ripulita).docx").click()
    window.get_by_role("heading", name="Che cosa è stato ripulito").wait_for()
    expect(window.get_by_text(FISCAL_CODE)).to_have_count(0)
    check(window)


def test_without_javascript_the_copy_is_made_too(plain, enter, author, upload):
    window = enter(plain, author)
    window.goto(f"/carica/file/{upload.token}/prima-di-condividere/")
    window.get_by_role("button", name="Prepara la copia ripulita").click()
    window.get_by_text("si sta preparando").wait_for()
    work_off()
    window.get_by_role("link", name="Aggiorna").click()
    window.get_by_role("link", name="(copia ripulita).docx").click()
    expect(window.get_by_text("Codice fiscale: 1 dato, in un punto")).to_be_visible()


def test_a_file_without_personal_data_says_so(phone, enter, author, tmp_path):
    upload = inspected(author, "a.docx", docx(tmp_path))
    window = enter(phone, author)
    window.goto(f"/carica/file/{upload.token}/prima-di-condividere/")
    expect(window.get_by_text("Non abbiamo trovato dati personali")).to_be_visible()
    check(window)
