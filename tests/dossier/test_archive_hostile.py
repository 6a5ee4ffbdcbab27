"""Archives that are not what they say: a sentence each, and nothing half imported."""

import hashlib
import io
import json
import zipfile

import pytest
from django.utils import timezone

from casa.dossier.models import Dossier
from casa.dossier.services import archiving
from casa.foundation.errors import Refused
from casa.intake.models import Upload
from casa.registry.actor import SYSTEM, weakened
from casa.registry.models import TrailLine
from tests.dossier.test_archive import brought, packed
from tests.intake.makers import zip_bomb

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def data(dossier, author):
    made = packed(dossier, author)
    dossier.case.delete()
    return made


def changed(data, *, sign=True, moved=None, drop=(), more=(), files=None, **parts) -> bytes:
    """The archive with other rows, its digests put right where `sign`; files dropped or added."""
    source, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    files = {name: source.read(name) for name in source.namelist() if name not in drop} | (
        files or {}
    )
    manifest = json.loads(files.pop("manifest.json"))
    for name, change in parts.items():
        rows = json.loads(files[f"dati/{name}.json"])
        files[f"dati/{name}.json"] = json.dumps(change(rows)).encode()
    if sign:
        for one in manifest["files"]:
            if one["name"] in files:
                one["sha256"] = hashlib.sha256(files[one["name"]]).hexdigest()
    with zipfile.ZipFile(made, "w") as target:
        for name, content in [*files.items(), *more]:
            target.writestr(name, content)
        target.writestr("manifest.json", json.dumps({**manifest, **(moved or {})}))
    return made.getvalue()


def first(**values):
    return lambda rows: [{**rows[0], **values}, *rows[1:]]


NOT_OURS = {
    "no ZIP": (lambda _: b"PK\x03\x04 niente", "danneggiato o incompleto"),
    "empty": (lambda _: b"", "danneggiato o incompleto"),
    "cut": (lambda data: data[: len(data) // 2], "danneggiato o incompleto"),
    "bomb": (lambda _: zip_bomb(), "sproporzionato"),
    "other ZIP": (lambda data: changed(data, moved={"format": "casa-kit/1"}), "non è l'archivio"),
    "later": (lambda data: changed(data, moved={"format": "casa-dossier/2"}), "più recente"),
    "traversal": (
        lambda data: changed(data, more=[("../../etc/passwd", b"x")]), "percorsi, collegamenti",
    ),
    "names twice": (
        lambda data: changed(data, more=[("indice.html", b"x")]), "nomi doppi non ammessi",
    ),
    "missing": (lambda data: changed(data, drop=["dati/passi.json"]), "manca il file «dati/passi"),
    "one too many": (lambda data: changed(data, more=[("x.exe", b"MZ")]), "manifesto non nomina"),
    "other bytes": (
        lambda data: changed(data, sign=False, lotti=lambda _: [{}]), "l'impronta è un'altra",
    ),
    "manifest of nothing": (lambda data: changed(data, moved={"files": [7]}), "è danneggiato"),
    "rows of nothing": (lambda data: changed(data, passi=lambda _: [7]), "non è come dev'essere"),
    "no dossier": (lambda data: changed(data, fascicolo=lambda _: []), "nella parte «Dati»"),
    "strange day": (
        lambda data: changed(data, fascicolo=first(notice_on="domani")), "nella parte «Dati»",
    ),
    "no zone": (
        lambda data: changed(data, fascicolo=first(opened_at="2026-01-01")), "nella parte «Dati»",
    ),
    "a stage of its own": (
        lambda data: changed(data, fascicolo=first(stage="boh")), "nella parte «Dati»",
    ),
    "published without a CIG": (
        lambda data: changed(data, fascicolo=first(published_on="2026-01-02")), "parte «Dati»",
    ),
    "step twice": (lambda data: changed(data, passi=lambda rows: rows * 2), "nella parte «Passi»"),
    "stranger": (lambda data: changed(data, passi=first(who="p99")), "nella parte «Passi»"),
    "an act of another room": (
        lambda data: changed(data, registro=first(act="registry.login.done")), "«Registro»",
    ),
    "an act of tomorrow": (
        lambda data: changed(data, registro=first(at="2999-01-01T00:00:00+00:00")), "«Registro»",
    ),
    "nobody's body": (
        lambda data: changed(
            data, fascicolo=lambda rows: [{**rows[0], "body": {**rows[0]["body"], "slug": "boh"}}]
        ),
        "non c'è: prima si iscrive",
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")  # it is what one of them is about
@pytest.mark.parametrize("kind", NOT_OURS)
def test_what_is_no_archive_is_refused_and_leaves_nothing(kind, data, author, tmp_path):
    make, sentence = NOT_OURS[kind]
    before = TrailLine.objects.count()
    with pytest.raises(Refused, match=sentence):
        brought(make(data), tmp_path, author)
    assert not Dossier.objects.exists()
    assert not Upload.objects.exists()
    assert TrailLine.objects.count() == before


def test_a_part_that_fails_late_undoes_what_came_before(data, author, tmp_path):
    product = [{"paper": 1, "format": "exe", "answers": {}, "name": "x", "who": None, "file": "x"}]
    paper = {
        "number": 1, "step": "rup", "who": "p1", "name": "a.txt", "reserved": False, "sha256": "",
        "laid_at": "2026-01-01T00:00:00+00:00", "version": None, "file": "indice.html",
    }  # fmt: skip
    bad = changed(data, documenti=lambda _: [paper], prodotti=lambda _: product)
    with pytest.raises(Refused, match="nella parte «Documenti prodotti»"):
        brought(bad, tmp_path, author)
    assert not Dossier.objects.exists()
    assert not Upload.objects.exists()


def test_macros_are_not_taken_in(data, author, tmp_path):
    macro = io.BytesIO()
    with zipfile.ZipFile(macro, "w") as made:
        made.writestr("[Content_Types].xml", "<Types>ms-word.document.macroEnabled</Types>")
        made.writestr("word/document.xml", "<w/>")
        made.writestr("word/vbaProject.bin", b"x")
    bad = changed(data, files={"indice.html": macro.getvalue()})
    with pytest.raises(Refused, match="macro"):
        brought(bad, tmp_path, author)


def test_only_who_works_for_the_body_of_the_dossier_imports(data, person, author, comune, tmp_path):
    for actor in (
        person("reader", comune),
        person("author"),
        person("author", comune.province_body),
        person(network="manager"),
        weakened(person("administrator", comune)),
    ):
        with pytest.raises(Refused, match="per quell'ente"):
            brought(data, tmp_path, actor)
    assert brought(data, tmp_path, SYSTEM).is_new
    assert (
        archiving.restore(tmp_path / "archivio.zip", actor=author, now=timezone.now()).is_new
        is False
    )
