"""What the worker packs for one person: a big archive, all the documents in another format."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Parcel, Product
from casa.dossier.services import packing, parcels
from casa.registry.models import TrailLine
from tests.dossier.test_filling import LETTER, NOTE, answer, model, ready  # noqa: F401
from tests.drafting.helped import with_office
from tests.factories import MandateFactory

pytestmark = pytest.mark.django_db
ARCHIVED = "dossier.dossier.archived"


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    """Files of its own, and nobody who works by himself."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TEMP_DIR = tmp_path / "tmp"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def archive(dossier, author, client, login, monkeypatch):
    """A big archive that the author asked for on the page; gives the page's address."""
    monkeypatch.setattr(parcels, "AT_ONCE", 10)
    monkeypatch.setattr("casa.dossier.views.archive.weight_of", lambda _found: 11)
    login(client, author)
    address = f"/fascicoli/{dossier.pk}/archivio/"
    assert client.post(address, follow=True).redirect_chain == [(address, 302)]
    return address


def pack() -> Parcel:
    row = Parcel.objects.get()
    packing.carry_out_parcel(parcel_id=row.pk, now=timezone.now())
    row.refresh_from_db()
    return row


def link(parcel) -> str:
    return f"/fascicoli/{parcel.dossier_id}/pacchi/{parcel.pk}/"


def test_a_big_archive_is_prepared_then_downloaded_and_the_trail_says_so(client, archive):
    client.post(archive)
    waiting = client.get(archive).content.decode()
    assert "in preparazione" in waiting
    assert "htmx-2.min.js" in waiting
    made = pack()
    assert (made.state, made.problem) == ("ready", "")
    assert not TrailLine.objects.filter(act=ARCHIVED).exists()
    page = client.get(archive).content.decode()
    assert link(made) in page
    assert "in preparazione" not in page

    given = client.get(link(made))

    assert 'filename="fascicolo-pulizia-degli-uffici.zip"' in given["Content-Disposition"]
    assert "manifest.json" in ZipFile(io.BytesIO(b"".join(given))).namelist()
    assert TrailLine.objects.filter(act=ARCHIVED).count() == 1


def test_it_is_for_who_asked_and_only_with_the_rights_it_was_packed_with(
    client, login, archive, author, person, comune
):
    made = pack()
    for other in (person("author", comune), person("author")):
        client.logout()
        login(client, other)
        assert client.get(link(made)).status_code == 404
    client.logout()
    login(client, author)
    MandateFactory(person_id=author.id, body=comune.province_body, role="author")
    told = client.get(link(made), follow=True).content.decode()
    assert "I tuoi incarichi o i termini della gara sono cambiati" in told
    Parcel.objects.update(rights=packing.rights_of(person("reader", comune)), secret=True)
    assert client.get(link(made)).status_code == 302
    assert not TrailLine.objects.filter(act=ARCHIVED).exists()


def test_after_two_days_it_is_gone_with_its_file(client, archive):
    made = pack()
    assert default_storage.exists(made.file.name)
    later = timezone.now() + timedelta(days=2, minutes=10)
    assert parcels.sweep_parcels(now=timezone.now()) == 0
    assert default_storage.exists(made.file.name)
    assert parcels.sweep_parcels(now=later) == 1
    assert not default_storage.exists(made.file.name)
    assert client.get(link(made)).status_code == 404


def test_asked_again_it_is_made_anew_and_a_lost_file_is_told(client, archive):
    old = pack()
    default_storage.delete(old.file.name)
    told = client.get(link(old), follow=True).content.decode()
    assert "Il file non c&#x27;è più: preparalo di nuovo." in told
    client.post(archive)
    new = pack()
    assert (new.pk, new.state) == (old.pk, "ready")
    assert new.file.name != old.file.name


def test_what_goes_wrong_is_told_on_the_page(client, archive, monkeypatch):
    def broken(*_given, **_more):
        raise OSError

    monkeypatch.setattr("casa.dossier.services.archiving.pack", broken)
    with pytest.raises(OSError):
        pack()
    assert "Non si è potuto preparare" in client.get(archive).content.decode()


@pytest.fixture
def documents(dossier, author, client, login, model):  # noqa: F811
    """Two documents that were produced; gives the address that collects them."""
    papers = [
        services.lay(
            dossier.pk,
            dossier.case.steps.get(code="rup").pk,
            services.Sheet(version=model(title, *lines)),
            actor=author,
            now=timezone.now(),
        )
        for title, lines in (("Lettera", LETTER), ("Nota", NOTE))
    ]
    services.read_models(papers)
    ready(dossier, author)
    made = services.produce_all(dossier.pk, actor=author, now=timezone.now())
    assert len(made.products) == 2, made.refused
    login(client, author)
    return f"/fascicoli/{dossier.pk}/da-compilare/scarica/"


def test_all_documents_come_at_once_as_they_were_produced(client, documents, person):
    given = client.post(documents, {"formato": "docx"})
    assert given.status_code == 200, given
    names = ZipFile(io.BytesIO(b"".join(given))).namelist()
    assert names == ["01-lettera.docx", "02-nota.docx"]
    told = client.post(documents, {"formato": "exe"}, follow=True).content.decode()
    assert "Scegli in quale formato" in told
    assert not Parcel.objects.exists()


class TestWithLibreOffice:
    pytestmark = with_office

    def test_all_documents_become_tagged_pdfs_and_one_alone_the_same(
        self, client, documents, dossier
    ):
        page = client.post(documents, {"formato": "pdf"}, follow=True).content.decode()
        assert "Tutti i documenti prodotti (PDF): in preparazione." in page
        made = pack()
        assert (made.state, made.problem) == ("ready", "")
        given = client.get(link(made))
        assert "fascicolo-pulizia-degli-uffici-pdf.zip" in given["Content-Disposition"]
        archive = ZipFile(io.BytesIO(b"".join(given)))
        assert archive.namelist() == ["01-lettera.pdf", "02-nota.pdf"]
        product = Product.objects.order_by("pk").first()
        alone = client.get(f"/fascicoli/{dossier.pk}/prodotti/{product.pk}/?formato=pdf")
        for data in (*map(archive.read, archive.namelist()), alone.content):
            with pikepdf.open(io.BytesIO(data)) as pdf:
                assert bool(pdf.Root.MarkInfo.Marked) is True
                assert f"fascicolo {dossier.pk}" in [str(one) for one in pdf.docinfo.values()]
