"""The page of the archive, the page that takes one back, and the two commands."""

import io
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casa.dossier import services
from casa.dossier.commands import dossier as command
from casa.dossier.models import Dossier, Paper, Participant
from casa.intake import services as intake
from casa.registry.models import Person, TrailLine
from tests.dossier.test_archive import packed
from tests.intake.makers import inspected

pytestmark = pytest.mark.django_db
IMPORT = "/fascicoli/importa/"


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TEMP_DIR = tmp_path / "tmp"


def sent(data, **more):
    return {"archivio": SimpleUploadedFile("a.zip", data), **more}


def test_the_page_says_what_is_inside_and_the_button_gives_it(client, login, dossier, author):
    login(client, author)
    address = f"/fascicoli/{dossier.pk}/archivio/"
    text = client.get(address).content.decode()
    assert "Documenti prodotti" in text
    assert "Fino alla scadenza delle offerte" in text
    answer = client.post(address)
    assert answer["Content-Disposition"] == (
        'attachment; filename="fascicolo-pulizia-degli-uffici.zip"'
    )
    assert "indice.html" in ZipFile(io.BytesIO(b"".join(answer))).namelist()
    assert TrailLine.objects.filter(act="dossier.dossier.archived").count() == 1


def test_others_find_no_archive(client, login, dossier, person):
    address = f"/fascicoli/{dossier.pk}/archivio/"
    login(client, person("author"))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not TrailLine.objects.filter(act="dossier.dossier.archived").exists()


@pytest.mark.parametrize("count", [1, 5])
def test_packing_asks_as_much_for_five_as_for_one(
    dossier, officer, django_assert_max_num_queries, count
):
    for number in range(count):
        Participant.objects.create(dossier=dossier, role="invited", name=f"Alfa {number}")
    again = Dossier.objects.select_related("case__office__body", "case__supporter")
    dossier = again.get(pk=dossier.pk)
    with django_assert_max_num_queries(26):
        packed(dossier, officer)


def test_an_archive_is_looked_at_then_taken_in(client, login, dossier, author):
    data = packed(dossier, author)
    dossier.case.delete()
    login(client, author)
    assert "Controlla soltanto" in client.get(IMPORT).content.decode()
    tried = client.post(IMPORT, sent(data, prova="1")).content.decode()
    assert "importandolo nasce il fascicolo «Pulizia degli uffici»" in tried
    assert not Dossier.objects.exists()
    done = client.post(IMPORT, sent(data), follow=True).content.decode()
    assert "Fascicolo importato" in done
    assert "Nell&#x27;archivio mancava: Elenco degli operatori" in done
    again = client.post(IMPORT, sent(data), follow=True).content.decode()
    assert "Questo fascicolo c&#x27;è già" in again
    assert Dossier.objects.count() == 1


def test_a_file_that_comes_back_is_not_given_out_before_it_was_checked(
    client, login, dossier, author
):
    upload = inspected(author, "nota.txt")
    step = dossier.case.steps.get(code="rup")
    services.lay(
        dossier.pk, step.pk, services.Sheet(upload=upload), actor=author, now=timezone.now()
    )
    data = packed(dossier, author)
    dossier.case.delete()
    login(client, author)
    client.post(IMPORT, sent(data))
    paper = Paper.objects.get()
    assert paper.upload != upload
    address = f"/fascicoli/{Dossier.objects.get().pk}/documenti/{paper.pk}/"
    assert client.get(address).status_code == 403
    intake.inspect(upload_id=paper.upload_id, now=timezone.now())
    assert client.get(address).status_code == 200


def test_what_is_no_archive_is_told_at_the_field(client, login, author):
    login(client, author)
    for given, sentence in (
        (sent(b"niente"), "archivio è danneggiato o incompleto"),
        ({}, "Scegli il file ZIP"),
    ):
        answer = client.post(IMPORT, given)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_readers_import_nothing(client, login, person, comune):
    login(client, person("reader", comune))
    assert client.get(IMPORT).status_code == 403


def test_the_commands_archive_and_restore(dossier, author, tmp_path):
    run, file = CliRunner(), str(tmp_path / "f.zip")
    email = Person.objects.get(pk=author.id).email
    written = run.invoke(command, ["archive", str(dossier.pk), file, "--as", email])
    assert "Archivio scritto" in written.output
    assert "art. 35" in written.output
    assert "c'è già" in run.invoke(command, ["restore", file]).output
    dossier.case.delete()
    assert "nascerebbe il fascicolo" in run.invoke(command, ["restore", file, "--dry-run"]).output
    assert "Importato il fascicolo" in run.invoke(command, ["restore", file]).output
    for wrong in (["archive", "999999", file], ["archive", str(dossier.pk), file]):
        assert run.invoke(command, wrong).exception is not None
