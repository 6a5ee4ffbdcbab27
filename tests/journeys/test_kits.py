"""One case from its question to its files: which model, the kit around it, the whole in one ZIP; and
an archive that comes in by a manifest. By mouse and keyboard, narrow, and without JavaScript.
"""

import zipfile

import pytest
from playwright.sync_api import Page, expect

from casa.library.models import Kit
from tests.factories import BodyFactory
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.journeys.browsing import tab_to
from tests.library.makers import PillarFactory, UploadFactory, published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def body():
    PillarFactory()
    return BodyFactory(name="Comune di prova")


@pytest.fixture
def models(person, body):
    services = {"contract_type": "services", "title": "Capitolato per il verde"}
    return [
        published(person, body=body, amount_band="up_to_40k", **services).entry,
        published(person, contract_type="works", title="Capitolato per le strade").entry,
    ]


def look(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)
    assert_targets(page)


@pytest.mark.parametrize("kind", ["page", "plain"])
def test_a_few_questions_lead_to_a_model_and_say_why(request, models, kind):
    window = request.getfixturevalue(kind)
    measured = kind == "page"
    window.goto("/biblioteca/")
    window.get_by_role("link", name="Quale modello mi serve?").click()
    if measured:
        look(window)
    window.get_by_role("button", name="Continua").click()
    expect(window.get_by_text("se non la sai").first).to_be_visible()
    choose(window, "Servizi")
    expect(window.get_by_role("heading", name="Capitolato per il verde")).to_be_visible()
    expect(window.get_by_text("vale per «Lavori», hai risposto «Servizi»")).to_be_visible()
    if measured:
        look(window)


def test_the_questions_can_be_answered_by_keyboard(page, models):
    page.goto("/biblioteca/quale/")
    tab_to(page, "Lavori")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Perché questo")).to_be_visible()


def test_a_kit_is_composed_reviewed_and_taken_away_whole(
    page, phone, plain, enter, person, body, models
):
    compose(enter(page, person("author", body)), models)
    page.context.clear_cookies()
    approve(enter(page, person("reviewer", body)))

    phone.goto("/biblioteca/kit/")
    look(phone)
    phone.get_by_role("link", name="Affidare il verde").click()
    look(phone)
    plain.goto(phone.url)
    with plain.expect_download() as taken:
        plain.get_by_role("link", name="Scarica tutto").click()
    names = zipfile.ZipFile(taken.value.path()).namelist()
    assert names[:2] == ["01-capitolato-per-le-strade-v1.txt", "02-capitolato-per-il-verde-v1.txt"]
    assert names[2:] == ["00-indice.html", "manifest.json"]


def compose(page: Page, models) -> None:
    page.goto("/biblioteca/kit/")
    page.get_by_role("link", name="Nuovo kit").click()
    look(page)
    page.get_by_label("Titolo").fill("Affidare il verde")
    page.get_by_label("Per quale caso").fill("Dal capitolato al contratto.")
    page.get_by_label("Pilastro").select_option(index=1)
    page.get_by_role("button", name="Salva").click()
    for model in models:
        page.get_by_label("Indirizzo della pagina").fill(model.get_absolute_url())
        page.get_by_label("A che cosa serve").fill("È il testo di base.")
        page.get_by_role("button", name="Aggiungi al kit").click()
        expect(page.get_by_text("Elemento aggiunto")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Sposta su").click()
    expect(page.get_by_role("heading", name="1. Capitolato per le strade")).to_be_visible()
    page.get_by_role("link", name="Ho finito").click()
    look(page)
    page.get_by_role("button", name="Invia in revisione").click()
    expect(page.get_by_text("Inviato in revisione.")).to_be_visible()


def approve(page: Page) -> None:
    page.goto(f"/biblioteca/kit/{Kit.objects.get().slug}/")
    page.get_by_role("link", name="Rivedi e decidi").click()
    look(page)
    page.get_by_role("button", name="Approva e pubblica").click()
    expect(page.get_by_text("Kit pubblicato.")).to_be_visible()
    look(page)


def test_an_archive_comes_in_by_a_manifest(page, plain, enter, person, body, tmp_path):
    UploadFactory(body=body, name="verde.txt", sha256="1" * 64)
    manifest = tmp_path / "archivio.csv"
    head = "titolo;tipo;oggetto;pilastro;file\n"
    who = person("author", body)
    enter(page, who).goto("/biblioteca/importa/")
    look(page)

    manifest.write_text(f"{head}Verde;Romanzo;Serve.;sua;verde.txt\n")
    send(page, manifest, "Prova senza importare")
    expect(page.get_by_text("«Romanzo» non si conosce")).to_be_visible()
    look(page)
    manifest.write_text(f"{head}Verde;Modello;Serve.;sua;verde.txt\n")
    send(page, manifest, "Prova senza importare")
    expect(page.get_by_text("Schede nuove: 1.")).to_be_visible()
    enter(plain, who).goto("/biblioteca/importa/")
    assert_fits(plain)
    send(plain, manifest, "Importa")
    expect(plain.get_by_text("1 righe su 1.")).to_be_visible()
    assert_fits(plain)
    page.goto(plain.url)
    look(page)


def send(page: Page, manifest, verb: str) -> None:
    page.get_by_label("File CSV").set_input_files(manifest)
    page.get_by_role("button", name=verb, exact=True).click()


def choose(page: Page, label: str) -> None:
    """As by keyboard: Bootstrap Italia draws the box on the label, over the input."""
    box = page.get_by_label(label, exact=True)
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Continua").click()
