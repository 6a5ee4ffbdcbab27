"""Bringing files in with a browser: with the script, without it, and what moves by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casa.intake import services
from casa.intake.models import Upload
from tests.factories import BodyFactory
from tests.intake.makers import docx, inspected, receive
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.INTAKE_MAX_BYTES = 1 << 20


@pytest.fixture
def author(person):
    return person("author", BodyFactory())


def chosen(name, content=b"Art. 1 - Oggetto\n\nTesto.", kind="text/plain"):
    return {"name": name, "mimeType": kind, "buffer": content}


def test_the_script_sends_each_file_and_says_what_happened_to_it(page, enter, author):
    enter(page, author).goto("/carica/")
    page.get_by_label("File").set_input_files(
        [chosen("grande.txt", bytes(2 << 20)), chosen("buono.txt")]
    )
    page.get_by_role("button", name="Carica i file").click()
    transfer = page.locator("#trasferimento")
    transfer.get_by_text("supera il limite di 1 MB").wait_for()
    transfer.get_by_text("ricevuto", exact=True).wait_for()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Vai ai file dell'ente").click()
    page.get_by_role("link", name="buono.txt", exact=True).wait_for()
    assert Upload.objects.get().name == "buono.txt"


def test_the_script_leads_to_the_list_when_all_came_in(page, enter, author):
    enter(page, author).goto("/carica/")
    page.get_by_label("File").set_input_files([chosen("uno.txt"), chosen("due.txt", b"altro")])
    page.get_by_role("button", name="Carica i file").click()
    page.wait_for_url("**/carica/file/")
    expect(page.locator(".casa-rows > li")).to_have_count(2)


def test_without_javascript_a_file_comes_in_and_goes_out_again(plain, enter, author, tmp_path):
    content = docx(tmp_path)
    enter(plain, author).goto("/carica/")
    plain.get_by_label("File").set_input_files([chosen("disciplinare.docx", content, WORD)])
    plain.get_by_role("button", name="Carica i file").click()
    plain.get_by_role("link", name="disciplinare.docx", exact=True).click()
    assert_fits(plain)
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Scarica l'originale").click()
    assert download.value.suggested_filename == "disciplinare.docx"
    assert download.value.path().read_bytes() == content


def test_without_javascript_a_mistake_is_said_at_the_top(plain, enter, author):
    enter(plain, author).goto("/carica/")
    plain.get_by_label("File").set_input_files([chosen("grande.txt", bytes(2 << 20))])
    plain.get_by_role("button", name="Carica i file").click()
    expect(plain.get_by_role("link", name="«grande.txt» supera il limite di 1 MB")).to_be_visible()


def test_the_list_moves_by_itself_while_a_file_waits(page, enter, author, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    upload = receive(author, now=timezone.now() - timedelta(minutes=1))
    enter(page, author).goto("/carica/file/")
    expect(page.get_by_text("In controllo", exact=True).first).to_be_visible()
    services.inspect(upload_id=upload.pk, now=timezone.now())
    page.locator(".casa-rows").get_by_text("Pronto").wait_for()
    expect(page.locator("#file-ente:not([hx-trigger])")).to_have_count(1)
    expect(page.locator(".casa-option", has_text="Pronto")).to_be_visible()


def test_the_pages_of_files_are_accessible_and_fit(page, phone, enter, author, tmp_path):
    good = inspected(author, "disciplinare.docx", docx(tmp_path, author="Maria Bianchi"))
    bad = inspected(
        author, "un-nome-molto-lungo-senza-spazi-che-non-va-mai-a-capo-da-solo.pdf", b""
    )
    addresses = ["/carica/", "/carica/file/"]
    addresses += [f"/carica/file/{upload.token}/" for upload in (good, bad)]
    for window in (enter(page, author), enter(phone, author)):
        for address in addresses:
            window.goto(address)
            assert_accessible(window)
            assert_fits(window)
            assert_targets(window)
