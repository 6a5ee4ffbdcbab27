"""The outcome the house stands for: a Province brings a tender file in, a colleague approves it,
a Comune finds it by the words of one of its articles and reads it in the browser.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from casa.library.models import Version
from casa.search.follower import catch_up
from tests.drafting.makers import make_docx, make_pdf
from tests.factories import BodyFactory
from tests.journeys.axe import assert_accessible, assert_fits
from tests.journeys.browsing import tab_to
from tests.library.makers import PillarFactory, UploadFactory, published

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "certificazione di qualità aziendale"


@pytest.fixture
def bodies():
    PillarFactory()
    province = BodyFactory(kind="province", name="Provincia di prova")
    return province, BodyFactory(name="Comune di prova", province_body=province)


@pytest.fixture
def documents(tmp_path):
    """What an office really has: a Word file with automatic numbers, and a PDF of the annex."""
    return [
        make_docx(tmp_path / "disciplinare-pulizie.docx"),
        make_pdf(tmp_path / "allegato-A.pdf", title="Modello di dichiarazione"),
    ]


def test_a_tender_file_is_brought_in_reviewed_published_found_and_read(
    page, phone, plain, enter, person, bodies, documents
):
    province, comune = bodies
    marta, bruno = person("author", province), person("reviewer", province)

    bring_in(enter(page, marta), documents)
    write_card(page)
    page.context.clear_cookies()
    approve(enter(page, bruno))
    catch_up()

    find_and_read(enter(phone, person("reader", comune)))
    find_and_read(plain)  # nobody in particular, without JavaScript
    version = Version.objects.get()
    assert (version.state, version.reviewer_id) == ("published", bruno.person_id)


def bring_in(page: Page, documents) -> None:
    page.goto("/carica/")
    assert_accessible(page)
    page.get_by_label("File", exact=False).first.set_input_files(documents)
    page.get_by_role("button", name="Carica i file").click()
    page.wait_for_url("**/carica/file/")
    expect(page.get_by_text("Pronto", exact=False)).to_have_count(len(documents) + 1)
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("nuova scheda.*disciplinare")).click()
    page.wait_for_url("**/biblioteca/nuova/**")


def write_card(page: Page) -> None:
    assert_accessible(page)
    page.get_by_label("Titolo").fill("Disciplinare per la pulizia degli uffici")
    page.get_by_label("Tipo", exact=False).first.select_option("model")
    page.get_by_label("A che cosa serve").fill("Gara aperta per pulire gli edifici comunali.")
    page.get_by_label("Pilastro").select_option(index=1)
    tick(page.get_by_label("allegato-A.pdf", exact=False).last)
    page.get_by_label("Che cosa cambia").fill("Prima stesura comune.")
    page.get_by_label("Perché").fill("Ogni Comune ne usava una diversa.")
    tick(page.get_by_role("radio").first)
    page.get_by_role("button", name="Salva la bozza").click()
    expect(page.get_by_text("Bozza salvata")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Invia in revisione").click()
    expect(page.get_by_text("Inviata in revisione")).to_be_visible()


def tick(box: Locator) -> None:
    """As by keyboard: Bootstrap Italia draws the box on the label, over the input."""
    box.focus()
    box.page.keyboard.press("Space")
    expect(box).to_be_checked()


def approve(page: Page) -> None:
    page.goto("/biblioteca/lavori/")
    assert_accessible(page)
    page.get_by_role("link", name="Disciplinare per la pulizia degli uffici").click()
    page.get_by_role("link", name="Rivedi e decidi").click()
    expect(page.get_by_role("button", name="Approva e pubblica")).to_be_visible()
    assert_accessible(page)
    for box in page.get_by_role("checkbox").all():
        tick(box)
    page.get_by_role("button", name="Approva e pubblica").click()
    expect(page.get_by_text("Pubblicata: fra un istante")).to_be_visible()


def find_and_read(page: Page) -> None:
    page.goto("/")
    page.get_by_role("search").first.locator("input[name=q]").fill(WORDS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cerca/?q=*")
    expect(page.get_by_role("heading", name="Disciplinare per la pulizia")).to_be_visible()
    assert_fits(page)
    page.get_by_role("link", name="Art. 2", exact=False).first.click()
    page.wait_for_url("**/#art-2-c-2")
    expect(page.locator("#art-2-c-2")).to_contain_text(WORDS)
    assert_fits(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Scarica", exact=False).first.click()
    assert taken.value.suggested_filename == "disciplinare-pulizie.docx"


def test_the_reading_page_can_be_walked_by_keyboard(page, person, bodies):
    entry = published(person, body=bodies[0]).entry
    page.goto(entry.get_absolute_url())

    tab_to(page, "Vai al contenuto")
    tab_to(page, "Scarica")
    tab_to(page, "Art. 2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#art-2$"))
    assert_accessible(page)


def test_what_is_typed_survives_a_closed_window_until_the_form_is_sent(page, enter, person, bodies):
    UploadFactory(body=bodies[0])
    enter(page, person("author", bodies[0]))
    page.goto("/biblioteca/nuova/")

    page.get_by_label("Titolo").fill("Capitolato a metà")
    expect(page.get_by_text("Salvato alle")).to_be_visible()
    page.goto("/biblioteca/")
    page.goto("/biblioteca/nuova/")

    expect(page.get_by_label("Titolo")).to_have_value("Capitolato a metà")
    expect(page.get_by_text("Abbiamo ripreso quello che avevi scritto")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Ricomincia da capo").click()
    expect(page.get_by_label("Titolo")).to_have_value("")
