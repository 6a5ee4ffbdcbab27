"""Every model of ours in a dossier: laid with the kit's procedure, answered once, produced."""

import io
import json
from zipfile import ZipFile

import docx
import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from casa.dossier import services
from casa.dossier.asking import understood
from casa.dossier.models import Dossier, Paper
from casa.dossier.queries import fillable_papers, questions_of
from casa.dossier.services import converting
from casa.drafting import office
from casa.drafting.filling.programs import fields
from casa.drafting.xml import parse
from casa.foundation import jail
from casa.library.models import FieldReading
from casa.library.queries import main_upload
from casa.library.starter.sources import read_kit
from tests.dossier.makers import need, opened
from tests.dossier.test_starter import KITS, MODELS, built, sample_of, typed
from tests.factories import BodyFactory
from tests.library.makers import EntryFactory, published

pytestmark = pytest.mark.django_db
LIBREOFFICE = office.program() is not None and jail.jail_in_force() is jail.Jail.BUBBLEWRAP
NEEDS = {
    "affidamento-diretto-servizi": (need("120000", cpv="55523100"), "direct_award"),
    "aperta-ristorazione-scolastica": (need("800000", cpv="55523100"), "open_procedure"),
    "negoziata-lavori": (need("300000", kind="works"), "negotiated_5"),
}
IN_KITS = {slug for path in KITS for slug, _note in read_kit(path.read_text("utf-8")).items}
APART = sorted({path.stem for path in MODELS} - IN_KITS)
"""Models of no kit: they lie in the dossier of the open procedure, those of works in the other."""


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TEMP_DIR = tmp_path / "tmp"


@pytest.fixture
def author(person):
    return person("author", BodyFactory(name="Comune di prova"))


@pytest.fixture
def lay(person, author, tmp_path):
    """Lay the newest issue of one of our models at a step of a dossier."""
    newsroom = BodyFactory(name="Redazione di prova")

    def do(dossier, slug: str) -> Paper:
        entry = EntryFactory(title=slug, body=newsroom, audience="public", kind="model")
        version = published(person, entry=entry)
        path, upload = built(tmp_path, slug), main_upload(version)
        upload.file.save(path.name, ContentFile(path.read_bytes()), save=False)
        upload.format = "docx"
        upload.save()
        said = {"fields": json.loads(fields.run([str(path)])), "conditions": [], "blanks": []}
        FieldReading.objects.update_or_create(
            version=version, defaults={**said, "grammar": FieldReading.GRAMMAR}
        )
        step = dossier.case.steps.order_by("order").first()
        sheet = services.Sheet(version=version)
        return services.lay(dossier.pk, step.pk, sheet, actor=author, now=timezone.now())

    return do


@pytest.mark.parametrize("path", KITS, ids=lambda path: path.stem)
def test_a_kit_runs_through_a_dossier_and_every_model_is_in_one(path, author, lay):
    kit = read_kit(path.read_text("utf-8"))
    asked, procedure = NEEDS[path.stem]
    dossier = opened(author, asked=asked)
    Dossier.objects.filter(pk=dossier.pk).update(procedure=procedure)
    slugs = [slug for slug, _note in kit.items]
    if procedure != "direct_award":
        slugs += [one for one in APART if ("lavori" in one) == (asked.kind == "works")]
    for slug in slugs:
        lay(dossier, slug)
    give_answers(dossier, author, slugs, dict(kit.answers))

    made = services.produce_all(dossier.pk, actor=author, now=timezone.now())

    assert list(made.refused) == []
    unmade = set(slugs) - {one.paper.version.entry.title for one in made.products}
    assert unmade == set()
    for product in made.products:
        assert_sound(bytes(product.content))
    if procedure == "direct_award" and LIBREOFFICE:
        pdfs = converting.all_in_format(made.products, "pdf", dossier=dossier)
        assert [one for one in pdfs if isinstance(one, str)] == []
        for one in pdfs:
            assert_tagged(one.data)


def test_every_model_is_in_the_dossier_of_a_kit_or_among_those_apart():
    assert IN_KITS | set(APART) == {path.stem for path in MODELS}
    assert set(NEEDS) == {path.stem for path in KITS}


def give_answers(dossier, author, slugs, given) -> None:
    """The sample answers of all the models, typed into the questions of the dossier."""
    papers = fillable_papers(author, dossier, now=timezone.now())
    questions = questions_of(papers).questions
    samples: dict[str, object] = {}
    for slug in reversed(slugs):
        samples |= sample_of(slug, given)
    told = {one.name: understood(one, typed(one, samples[one.name])) for one in questions}
    services.answer(dossier.pk, told, actor=author, now=timezone.now())


def assert_sound(data: bytes) -> None:
    """A package whose parts are XML, each of them declared, and no sign of a model is left."""
    with ZipFile(io.BytesIO(data)) as archive:
        types = parse(archive.read("[Content_Types].xml"))
        known = {one.get("PartName", "").lstrip("/") or one.get("Extension") for one in types}
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                parse(archive.read(name))
            assert name == "[Content_Types].xml" or {name, name.rpartition(".")[2]} & known, name
        body = archive.read("word/document.xml").decode()
    docx.Document(io.BytesIO(data))
    assert "{{" not in body
    assert "{%" not in body


def assert_tagged(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "it-IT"
