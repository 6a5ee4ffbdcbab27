"""The page that compares two versions of an entry."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from lxml import etree

from casa import drafting
from casa.intake.models import Upload
from tests.drafting.makers import ARTICLES, make_docx, make_html, make_odt
from tests.library.makers import published

pytestmark = pytest.mark.django_db
FIRST = (
    "Art. 1 - Oggetto\nIl servizio dura dodici mesi.\n\nArt. 2 - Penali\nLa penale è di cento euro."
)
OLD_TERM = ("Durata", ["Il contratto dura dodici mesi dalla consegna."])
SECOND = "Art. 1 - Oggetto\nIl servizio dura ventiquattro mesi.\n\nArt. 2 - Penali\nLa penale è di cento euro."


@pytest.fixture
def entry(person):
    first = published(person, text=FIRST)
    published(person, entry=first.entry, text=SECOND)
    return first.entry


def page(client, entry, query=""):
    return client.get(f"/biblioteca/{entry.slug}/confronta/{query}")


def test_what_changed_is_told_by_signs_and_words(client, entry):
    text = page(client, entry).content.decode()
    assert "Dalla versione 1 alla versione 2." in text
    assert '<span class="heard">tolto: </span>dodici</del>' in text
    assert '<span class="heard">aggiunto: </span>ventiquattro</ins>' in text
    assert "1 clausola cambiata" in text


def test_the_older_version_comes_first_whichever_was_chosen_first(client, entry):
    assert page(client, entry, "?da=2&a=1").context["pair"].before.number == 1
    in_line = page(client, entry, "?da=1&a=2&vista=in-riga").content.decode()
    assert "<table" not in in_line
    assert "<ins>" in in_line


@pytest.mark.parametrize("query", ["?da=1", "?da=1&a=7", "?da=x&a=y"])
def test_versions_that_cannot_be_read_cannot_be_compared(client, entry, query):
    assert page(client, entry, query).status_code == 404


def test_an_entry_with_one_version_has_nothing_to_compare(client, person):
    version = published(person)
    assert page(client, version.entry).status_code == 404
    shown = client.get(version.entry.get_absolute_url()).content.decode()
    assert "Confronta due versioni" not in shown


def test_the_page_asks_the_same_queries_however_many_versions_there_are(
    client, person, entry, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        page(client, entry, "?da=1&a=2")
    for _ in range(3):
        published(person, entry=entry, text=SECOND)
    with django_assert_num_queries(QUERIES):
        page(client, entry, "?da=1&a=2")


QUERIES = 10


def test_plain_text_has_no_revisions_and_says_what_to_do(client, login, person, entry):
    login(client, person("author", entry.body))
    answer = client.get(f"/biblioteca/{entry.slug}/confronta/revisioni/?da=1&a=2")
    assert answer.status_code == 403
    assert "Usa il confronto sulla pagina" in answer.content.decode()


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def keep(version, path: Path, *, kind: str) -> None:
    """Give the version this file instead of its own, read as the intake reads it."""
    upload = version.files.get().upload
    upload.format = kind
    upload.file.save(path.name, ContentFile(path.read_bytes()))
    upload.save()
    upload.reading.draft = drafting.to_json(drafting.read(path))
    upload.reading.save()


@pytest.fixture
def word(entry, tmp_path):
    later = [*ARTICLES[:2], ("Durata", ["Il contratto dura trentasei mesi dalla consegna."])]
    for number, articles in ((1, ARTICLES), (2, later)):
        path = make_docx(tmp_path / f"{number}.docx", articles=articles)
        keep(entry.versions.get(number=number), path, kind="docx")
    return entry


def test_two_word_files_give_one_with_revisions_by_the_body(client, word):
    answer = client.get(f"/biblioteca/{word.slug}/confronta/revisioni/?da=1&a=2")
    assert answer.status_code == 200
    assert f'filename="{word.slug}-v1-v2.docx"' in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    added = "".join(text.text for mark in body.iter(f"{W}ins") for text in mark.iter(f"{W}t"))
    gone = "".join(text.text for mark in body.iter(f"{W}del") for text in mark.iter(f"{W}delText"))
    assert "trentasei" in added
    assert "dodici" in gone
    marks = [*body.iter(f"{W}ins"), *body.iter(f"{W}del")]
    assert {mark.get(f"{W}author") for mark in marks} == {str(word.body)}
    assert {mark.get(f"{W}date")[:10] for mark in marks} == {"2026-05-04"}


def test_two_odt_files_give_an_odt_with_revisions_by_the_body(client, entry, tmp_path):
    for number, articles in ((1, ARTICLES), (2, ARTICLES[:2])):
        path = make_odt(tmp_path / f"{number}.odt", articles=articles)
        keep(entry.versions.get(number=number), path, kind="odt")
    answer = client.get(f"/biblioteca/{entry.slug}/confronta/revisioni/?da=1&a=2")
    assert f'filename="{entry.slug}-v1-v2.odt"' in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.text"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        content = etree.fromstring(package.read("content.xml"))
    assert {one.text for one in content.iter("{*}creator")} == {str(entry.body)}
    assert "dodici" in "".join(next(content.iter("{*}deletion")).itertext())


def test_two_formats_have_no_revisions_to_download(client, login, person, word, tmp_path):
    login(client, person("author", word.body))
    keep(word.versions.get(number=2), make_odt(tmp_path / "2.odt"), kind="odt")
    answer = client.get(f"/biblioteca/{word.slug}/confronta/revisioni/?da=1&a=2")
    assert answer.status_code == 403
    assert "il primo è DOCX e il secondo ODT" in answer.content.decode()


@pytest.mark.parametrize(("kind", "make"), [("odt", make_odt), ("html", make_html)])
def test_two_formats_are_compared_on_the_page_which_says_why_there_is_no_more(
    client, word, tmp_path, kind, make
):
    later = [*ARTICLES[:2], ("Durata", ["Il contratto dura trentasei mesi dalla consegna."])]
    earlier = word.versions.get(number=1)
    keep(earlier, make_docx(tmp_path / "1.docx", articles=[*later[:2], OLD_TERM]), kind="docx")
    keep(word.versions.get(number=2), make(tmp_path / f"2.{kind}", articles=later), kind=kind)
    text = page(client, word, "?da=1&a=2").content.decode()
    assert f"il primo è DOCX e il secondo {kind.upper()}" in text
    assert "Scarica con le revisioni" not in text
    assert '<span class="heard">aggiunto: </span>trentasei' in text
    assert "1 clausola cambiata" in text


@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_other_formats_have_no_revisions_to_download(client, login, person, word, kind):
    login(client, person("author", word.body))
    for version in word.versions.all():
        Upload.objects.filter(version_file__version=version).update(format=kind)
    answer = client.get(f"/biblioteca/{word.slug}/confronta/revisioni/?da=1&a=2")
    assert answer.status_code == 403
    assert "solo fra due file Word (DOCX)" in answer.content.decode()


def test_a_word_file_that_cannot_be_opened_is_refused_in_words(client, login, person, word):
    login(client, person("author", word.body))
    upload = word.versions.get(number=2).files.get().upload
    upload.file.save("rotto.docx", ContentFile(b"PK not a package"))
    upload.save()
    answer = client.get(f"/biblioteca/{word.slug}/confronta/revisioni/?da=1&a=2")
    assert answer.status_code == 403
    assert "non si possono scrivere" in answer.content.decode()
