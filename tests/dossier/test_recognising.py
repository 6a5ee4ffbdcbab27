"""A produced document that comes back: told to who reads its dossier, linked with one press."""

import io
from datetime import timedelta

import docx
import pytest
from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Dossier, Paper, Product
from casa.dossier.services import archiving, recognising
from casa.foundation.errors import Refused
from casa.library.models import Adoption
from tests.dossier.test_filling import NOTE, model, word  # noqa: F401 -- a fixture
from tests.intake.makers import inspected
from tests.intake.makers import receive as received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def product(dossier, author, model):  # noqa: F811
    step = dossier.case.steps.filter(side="owner").first()
    sheet = services.Sheet(version=model("Nota", *NOTE))
    now = timezone.now()
    paper = services.lay(dossier.pk, step.pk, sheet, actor=author, now=now)
    services.read_models([paper])
    given = {"oggetto": "le pulizie", "operatore": "Alfa di prova"}
    services.answer(dossier.pk, given, actor=author, now=now)
    return services.produce(dossier.pk, paper.pk, actor=author, now=now)


def corrected(product) -> bytes:
    """The document as somebody saves it after a correction."""
    document, made = docx.Document(io.BytesIO(bytes(product.content))), io.BytesIO()
    document.add_paragraph("Firmato.")
    document.save(made)
    return made.getvalue()


def page(client, upload) -> str:
    return client.get(f"/carica/file/{upload.token}/").content.decode()


def test_the_page_of_the_file_says_what_it_is_and_one_press_links_it(
    client, login, product, author, dossier
):
    same = inspected(author, "nota.docx", bytes(product.content))
    other = inspected(author, "nota firmata.docx", corrected(product))
    Adoption.objects.all().delete()
    login(client, author)
    today = timezone.localdate(product.made_at)
    text = page(client, same)
    assert "È il documento prodotto dal fascicolo «Pulizia degli uffici» il" in text
    assert f"{today.day} " in text
    assert "dal modello «Nota», versione 1. Il file è identico" in text
    assert "Non è lo stesso file" in page(client, other)
    assert "/lo-usiamo/" in text

    address = f"/fascicoli/riconosci/{other.token}/"
    done = client.post(address, follow=True).content.decode()
    assert "Messo nel fascicolo" in done
    assert "nota firmata.docx" in done
    client.post(address)
    assert Paper.objects.filter(upload=other, step=product.paper.step).count() == 1
    used = Adoption.objects.get(entry=product.paper.version.entry)
    assert (used.origin, used.body) == ("filled", dossier.case.office.body)
    linked = page(client, other)
    assert "È già nel fascicolo." in linked
    assert address not in linked


def test_to_who_does_not_read_the_dossier_nothing_is_said(client, login, product, person):
    stranger = person("author")
    upload = inspected(stranger, "nota.docx", bytes(product.content))
    login(client, stranger)
    text = page(client, upload)
    assert "nota.docx" in text
    assert "prodotto dal fascicolo" not in text
    done = client.post(f"/fascicoli/riconosci/{upload.token}/", follow=True).content.decode()
    assert "Questo file non è un documento prodotto" in done
    assert not Paper.objects.filter(upload=upload).exists()


def test_the_files_of_others_are_not_even_found(client, login, product, author, person):
    upload = inspected(author, "nota.docx", bytes(product.content))
    login(client, person("author"))
    assert client.post(f"/fascicoli/riconosci/{upload.token}/").status_code == 404


def stamped(**changed) -> bytes:
    said = {"modello": "Nota", "versione": "versione 1", "fascicolo": "", "data": "", **changed}
    return word(" – ".join(said.values()))


def test_a_stamp_that_holds_for_nothing_says_nothing(product, author, dossier):
    mine, day = f"fascicolo {dossier.pk}", f"{timezone.localdate(product.made_at):%d/%m/%Y}"
    true = {"fascicolo": mine, "data": day}
    now = timezone.now()

    def known(**changed) -> bool:
        upload = inspected(author, "a.docx", stamped(**{**true, **changed}))
        return recognising.look(upload, actor=author, now=now) is not None

    assert known()
    assert not known(modello="Altro")
    assert not known(versione="versione 2")
    assert not known(fascicolo=f"fascicolo {dossier.pk + 1}")
    assert not known(data="01/01/2001")
    assert not known(data="99/99/9999")
    assert not known(fascicolo="fascicolo 999999999999")
    waiting = received(author, "b.docx", stamped(**true))
    assert recognising.look(waiting, actor=author, now=now) is None


def test_a_reserved_document_is_known_only_to_who_may_read_it(
    product, author, officer, dossier, comune
):
    Paper.objects.filter(pk=product.paper_id).update(reserved=True)
    upload = inspected(author, "nota.docx", bytes(product.content))
    now = timezone.now()
    assert recognising.look(upload, actor=author, now=now) is None
    found = recognising.look(upload, actor=officer, now=now)
    assert found is not None
    with pytest.raises(Refused, match="non è un documento prodotto"):
        recognising.link(upload, actor=author, now=now)


def test_after_the_notice_a_link_to_a_frozen_step_is_refused_with_a_reason(
    client, login, product, author, officer, dossier
):
    upload = inspected(author, "nota.docx", bytes(product.content))
    now = timezone.now()
    services.publish(
        dossier.pk, cig="B1A2C3D4E5", on=timezone.localdate(now),
        offers_due_at=now + timedelta(days=20), actor=officer, now=now,
    )  # fmt: skip
    login(client, author)
    text = page(client, upload)
    assert "prodotto dal fascicolo" in text
    assert "Mettilo nel fascicolo" not in text
    with pytest.raises(Refused, match="La gara è pubblicata"):
        recognising.link(upload, actor=author, now=now)


def test_laid_at_a_step_it_is_told_too(client, login, product, author, dossier):
    upload = inspected(author, "nota.docx", corrected(product))
    login(client, author)
    address = f"/fascicoli/{dossier.pk}/passi/{product.paper.step_id}/documenti/"
    done = client.post(address, {"modello": "", "file": upload.pk}, follow=True).content.decode()
    assert "Documento messo nel fascicolo." in done
    assert "È il documento prodotto dal fascicolo" in done


def test_a_document_of_a_dossier_that_came_back_is_known_byte_for_byte(
    product, author, dossier, tmp_path
):
    path = tmp_path / "archivio.zip"
    again = Dossier.objects.select_related("case__office__body", "case__supporter")
    with path.open("wb") as target:
        held = again.get(pk=dossier.pk)
        archiving.pack(held, target, actor=author, now=timezone.now())
    content = bytes(product.content)
    dossier.case.delete()
    made = archiving.restore(path, actor=author, now=timezone.now())
    upload = inspected(author, "nota.docx", content)
    found = recognising.look(upload, actor=author, now=timezone.now())
    assert found is not None
    assert found.dossier == made.dossier
    assert found.dossier.pk != dossier.pk
    other = inspected(author, "nota.docx", corrected(Product.objects.get()))
    assert recognising.look(other, actor=author, now=timezone.now()) is None


def test_what_bears_no_stamp_costs_no_query(author, django_assert_num_queries):
    upload = inspected(author, "a.docx", word("Testo."))
    with django_assert_num_queries(1):  # the reading itself
        recognising.look(upload, actor=author, now=timezone.now())
