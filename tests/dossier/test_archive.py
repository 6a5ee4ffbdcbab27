"""A whole dossier as one ZIP: what is inside, for whom, and the same dossier back from it."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Answer, Dossier, Paper, Participant, Product
from casa.dossier.services import archiving, closing
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.notices.models import Duty
from casa.registry.models import Person, TrailLine
from tests.dossier.test_filling import NOTE, model, word  # noqa: F401 -- a fixture
from tests.dossier.test_turns import move
from tests.intake.makers import inspected

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def full(dossier, author, officer, model):  # noqa: F811
    """A dossier of a Comune and its SUA with something in every part."""
    now, steps = timezone.now(), dossier.case.steps
    first, second = (step.pk for step in steps.filter(side="owner")[:2])
    version = model("Nota", *NOTE)
    paper = services.lay(dossier.pk, first, services.Sheet(version=version), actor=author, now=now)
    upload = inspected(author, "Capitolato del verde.docx", word("Art. 1 - Oggetto", "Testo."))
    services.lay(dossier.pk, second, services.Sheet(upload=upload), actor=author, now=now)
    services.read_models([paper])
    for value in ("Alfa di prova", "Beta di prova"):
        given = {"oggetto": "le pulizie", "operatore": value}
        services.answer(dossier.pk, given, actor=author, now=timezone.now())
    services.produce(dossier.pk, paper.pk, actor=author, now=timezone.now())
    move(dossier, "rup", author, note="Decreto 4")
    services.publish(
        dossier.pk, cig="B1A2C3D4E5", on=timezone.localdate(now),
        offers_due_at=now + timedelta(days=20), actor=officer, now=now,
    )  # fmt: skip
    services.list_participant(dossier.pk, role="invited", name="Alfa", actor=officer, now=now)
    services.correct(
        dossier.pk, reason="Un refuso", on=timezone.localdate(now), corrects=[paper],
        offers_due_at=now + timedelta(days=30), actor=officer, now=now,
    )  # fmt: skip
    return again(dossier)


def again(dossier) -> Dossier:
    rows = Dossier.objects.select_related("case__office__body", "case__supporter")
    return rows.get(pk=dossier.pk)


def packed(dossier, actor, now=None) -> bytes:
    made = io.BytesIO()
    archiving.pack(dossier, made, actor=actor, now=now or timezone.now())
    return made.getvalue()


def manifest(data) -> dict:
    return json.loads(ZipFile(io.BytesIO(data)).read("manifest.json"))


def rows(data, part) -> list:
    return json.loads(ZipFile(io.BytesIO(data)).read(f"dati/{part}.json"))


def brought(data, folder, actor, *, now=None, **more):
    path = folder / "archivio.zip"
    path.write_bytes(data)
    return archiving.restore(path, actor=actor, now=now or timezone.now(), **more)


def inspect_all():
    for upload in Upload.objects.waiting():
        intake.inspect(upload_id=upload.pk, now=timezone.now())


def test_the_archive_holds_everything_and_says_the_digest_of_each_file(full, officer):
    data = packed(full, officer)
    names = [one["name"] for one in manifest(data)["files"]]
    assert [name for name in names if not name.startswith("dati/")] == [
        "documenti/002-capitolato-del-verde.docx",
        "indice.html",
        "originali/001-modello.docx",
        "prodotti/001-nota.docx",
    ]
    assert manifest(data)["complete"] is True
    assert {one["name"] for one in rows(data, "operatori")} == {"Alfa"}
    answers = [(one["name"], one["value"]) for one in rows(data, "risposte")]
    assert ("operatore", "Alfa di prova") in answers
    assert ("operatore", "Beta di prova") in answers
    index = ZipFile(io.BytesIO(data)).read("indice.html").decode()
    assert "Decreto 4" in index
    assert 'href="prodotti/001-nota.docx"' in index


def test_the_same_dossier_gives_the_same_bytes_but_for_the_moment(full, officer):
    first, second = packed(full, officer), packed(full, officer)
    told = [{**manifest(data), "packed_at": ""} for data in (first, second)]
    assert told[0] == told[1]
    at = timezone.now()
    assert packed(full, officer, at) == packed(full, officer, at)


def test_until_the_deadline_the_other_body_s_archive_is_without_the_operators(full, author):
    data = packed(full, author)
    assert rows(data, "operatori") == []
    assert manifest(data)["complete"] is False
    assert "art. 35" in manifest(data)["left_out"][0]
    assert 'Alfa"' not in json.dumps(rows(data, "registro"))
    later = full.offers_due_at + timedelta(minutes=1)
    assert [one["name"] for one in rows(packed(full, author, later), "operatori")] == ["Alfa"]


def test_export_import_export_gives_the_same(full, author, officer, tmp_path):
    later = full.offers_due_at + timedelta(minutes=1)
    data = packed(full, officer, later)
    full.case.delete()
    assert not Dossier.objects.exists()

    made = brought(data, tmp_path, author)
    assert made.is_new
    assert made.notes == ()
    corrected = made.dossier.corrigenda.get().corrects.get()
    assert (corrected.step.case, corrected.version.entry.title) == (made.dossier.case, "Nota")
    inspect_all()
    back = packed(again(made.dossier), officer, later)

    assert {**manifest(back), "packed_at": ""} == {**manifest(data), "packed_at": ""}
    assert Product.objects.count() == 1
    assert Paper.objects.get(version=None).upload.is_cleared
    assert Paper.objects.exclude(version=None).count() == 1
    line = TrailLine.objects.get(
        act="dossier.dossier.opened", subject_key__endswith=f":{made.dossier.pk}"
    )
    assert line.details["restored_on"] == f"{timezone.now():%d/%m/%Y}"


def test_a_closed_dossier_comes_back_closed_and_owes_nothing(full, author, officer, tmp_path):
    later = full.offers_due_at + timedelta(days=1)
    end = closing.End(outcome="unawarded", reason="Nessuna offerta")
    closing.close(full.pk, end, actor=officer, now=later)
    data = packed(again(full), officer, later)
    full.case.delete()
    made = brought(data, tmp_path, author, now=later)
    assert (made.dossier.stage, made.dossier.closing.reason) == ("closed", "Nessuna offerta")
    key = f"dossier:dossier:{made.dossier.pk}"
    assert not Duty.objects.filter(key=key, done_at=None).exists()
    inspect_all()
    back = packed(again(made.dossier), officer, later)
    assert {**manifest(back), "packed_at": ""} == {**manifest(data), "packed_at": ""}


def test_everything_that_a_dossier_has_is_in_its_archive():
    """A new table of the dossier needs a part in `archive/`, or a reason here."""
    tied = {
        relation.related_model.__name__
        for relation in Dossier._meta.related_objects
        if relation.related_model._meta.app_label == "dossier"
    }
    archived = {"Answer", "Closing", "Corrigendum", "Lot", "Participant", "Timetable"}
    # what was shared is an entry of the library; a parcel is itself an archive, for two days
    assert tied == archived | {"Sharing", "Parcel"}


def test_twice_makes_nothing_twice_and_a_trial_makes_nothing(full, author, officer, tmp_path):
    data = packed(full, officer)
    assert brought(data, tmp_path, author).is_new is False
    full.case.delete()
    before = Upload.objects.count(), TrailLine.objects.count()
    tried = brought(data, tmp_path, author, trial=True)
    assert tried.is_new
    assert (Upload.objects.count(), TrailLine.objects.count()) == before
    assert not Dossier.objects.exists()
    made = brought(data, tmp_path, author)
    once = brought(data, tmp_path, author)
    assert once.dossier == made.dossier
    assert once.is_new is False
    assert (Answer.objects.count(), Participant.objects.count()) == (3, 1)


def test_who_is_missing_comes_back_as_a_name_without_a_login(
    full, author, officer, tmp_path, person
):
    data = packed(full, officer)
    full.case.delete()
    other = person("author", full.case.office.body)
    gone = Person.objects.get(pk=author.id)
    gone.mandates.all().delete()
    made = brought(data, tmp_path, other)
    assert made.notes[0].startswith(gone.full_name)
    somebody = Answer.objects.first().given_by
    assert somebody != gone
    assert (somebody.full_name, somebody.is_active, somebody.email) == (gone.full_name, False, "")


def test_a_model_of_the_same_words_is_the_same_model(full, author, officer, tmp_path):
    data = packed(full, officer)
    version = Paper.objects.exclude(version=None).get().version
    full.case.delete()
    Upload.objects.filter(version_file__version=version).update(sha256="0" * 64)
    assert brought(data, tmp_path, author).notes == ()
    assert Product.objects.get().paper.version == version


def test_a_model_that_is_not_here_comes_back_as_its_original_file(full, author, officer, tmp_path):
    data = packed(full, officer)
    version = Paper.objects.exclude(version=None).get().version
    full.case.delete()
    type(version.entry).objects.filter(pk=version.entry_id).update(slug="altro")
    made = brought(data, tmp_path, author)
    assert "al suo posto c'è il file originale" in made.notes[0]
    assert Product.objects.get().paper.upload.name == "001-modello.docx"
