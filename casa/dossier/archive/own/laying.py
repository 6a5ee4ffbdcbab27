"""Documents at the steps and documents produced, with their bytes, as rows and back."""

import hashlib
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.archive import rows as plain
from casa.dossier.archive.own import words
from casa.dossier.archive.parts import Names, Packing, Restoring, Row
from casa.dossier.models import Paper, Product
from casa.intake.http import download_name
from casa.intake.models import Upload
from casa.intake.names import clean_name, extension
from casa.intake.services import take_in
from casa.library.models import Version

BEGINNINGS = {"docx": b"PK\x03\x04", "odt": b"PK\x03\x04", "pdf": b"%PDF-"}


def paper_rows(packing: Packing) -> list[Row]:
    """The documents that this reader may read, each numbered; files and originals go along."""
    found = Paper.objects.filter(step__case=packing.dossier.case_id)
    found = found.select_related("step", "upload", "version__entry").order_by("step__order", "pk")
    kept = [one for one in found if _may_read(packing, one)]
    originals = _originals(packing, kept)
    return [_paper(packing, paper, number, originals) for number, paper in enumerate(kept, 1)]


def _may_read(packing: Packing, paper: Paper) -> bool:
    return access.may_read_paper(packing.actor, packing.dossier, paper, packing.now)


def _originals(packing: Packing, papers: list[Paper]) -> dict[int, tuple[Upload, bool]]:
    """By version its main file, and whether this reader may have it. Two queries."""
    versions = [one.version_id for one in papers if one.version_id]
    readable = Version.objects.filter(pk__in=versions)
    if not packing.actor.system:
        readable = readable.visible_to(packing.actor)
    open_ones = set(readable.values_list("pk", flat=True))
    uploads = Upload.objects.filter(version_file__version__in=versions, version_file__position=1)
    return {
        version: (upload, version in open_ones)
        for upload in uploads.annotate(version=F("version_file__version"))
        for version in [getattr(upload, "version", 0)]
    }


def _paper(
    packing: Packing, paper: Paper, number: int, originals: dict[int, tuple[Upload, bool]]
) -> Row:
    packing.papers[paper.pk] = number
    row: Row = {
        **plain.told(paper),
        "number": number,
        "step": paper.step.code,
        "who": packing.people.who(paper.person_id),
        "name": str(paper),
        "version": None,
        "file": None,
        "sha256": "",
    }
    if paper.version:
        _tell_version(packing, row, paper.version, originals.get(paper.version.pk))
    elif paper.upload:
        _tell_upload(packing, row, paper.upload)
    return row


def _tell_upload(packing: Packing, row: Row, upload: Upload) -> None:
    row["name"], row["sha256"] = upload.name, upload.sha256
    if not upload.is_cleared:
        packing.leave_out(_("Il file «%s»: non ha (ancora) passato i controlli.") % upload.name)
        return
    name = _file_name("documenti", row["number"], download_name(upload))
    row["file"] = packing.add_file(name, Path(upload.file.path))


def _tell_version(
    packing: Packing, row: Row, version: Version, original: tuple[Upload, bool] | None
) -> None:
    row["version"] = {
        "entry": version.entry.slug,
        "number": version.number,
        "text": _digest(version.text),
    }
    if original is None:
        return
    upload, is_open = original
    row["sha256"] = upload.sha256
    if not is_open:
        packing.leave_out(
            _("L'originale di «%s»: lo legge solo l'ente che l'ha scritto.") % version
        )
        return
    name = _file_name("originali", row["number"], download_name(upload))
    row["file"] = packing.add_file(name, Path(upload.file.path))


def _file_name(folder: str, number: int, name: str) -> str:
    """`documenti/03-capitolato-del-verde.pdf`: plain signs, whatever the file was called."""
    stem, suffix = Path(name).stem, extension(name)
    return f"{folder}/{number:03d}-{slugify(stem)[:80] or 'documento'}.{suffix or 'dat'}"


def restore_papers(restoring: Restoring, given: list[Row]) -> None:
    """Lay the documents again: the same version where it is here, else its original as a file."""
    for row in given:
        version = _version(row)
        upload = None if version else _upload(restoring, row)
        if version is None and upload is None:
            restoring.note(_("«%s» non è nell'archivio: il documento non c'è.") % row["name"])
            continue
        made = plain.understood(Paper, row)
        restoring.papers[int(row["number"])] = Paper.objects.create(
            step=restoring.steps[str(row["step"])],
            version=version,
            upload=upload,
            person=restoring.people.somebody(row["who"]),
            **made,
        )


def _version(row: Row) -> Version | None:
    """The same published version with the same file or text: who names its digest has had it.

    Another installation makes our starter models of the same words, not of the same bytes.
    """
    told = row["version"]
    if told is None:
        return None
    named = Version.objects.filter(
        entry__slug=str(told["entry"]), number=int(told["number"]), state="published"
    )
    files = {"files__position": 1, "files__upload__sha256": str(row["sha256"])}
    by_text = (one for one in named if one.text and _digest(one.text) == told.get("text"))
    return named.filter(**files).first() or next(by_text, None)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _upload(restoring: Restoring, row: Row) -> Upload | None:
    if row["file"] is None:
        return None
    data = restoring.archive.data(row["file"])
    name = str(row["name"]) if row["version"] is None else Path(str(row["file"])).name
    if row["version"] is not None:
        restoring.note(
            _("Il modello «%s» non è in questa biblioteca: al suo posto c'è il file originale.")
            % row["name"]
        )
    person = restoring.actor.id or restoring.people.somebody(row["who"]).pk
    return take_in(
        ContentFile(data, clean_name(name)),
        office=restoring.dossier.case.office,
        person_id=person,
        actor=restoring.actor,
        now=restoring.now,
    )


def paper_told(row: Row, names: Names) -> str:
    """A document in words."""
    said = {
        "name": row["name"],
        "who": words.name(row["who"], names),
        "when": words.moment(row["laid_at"]),
    }
    return _("%(name)s (messo da %(who)s, %(when)s)") % said


def product_rows(packing: Packing) -> list[Row]:
    """The documents produced of the papers above, in their order, each with its bytes."""
    found = Product.objects.filter(paper__in=packing.papers).defer("content")
    made = []
    for number, one in enumerate(found.select_related("paper__version__entry").order_by("pk"), 1):
        title = one.paper.version.entry.title if one.paper.version else ""
        file = _file_name("prodotti", number, f"{title or 'documento'}.{one.format}")
        row = {
            **plain.told(one),
            "paper": packing.papers[one.paper_id],
            "who": packing.people.who(one.made_by_id),
            "name": str(one.paper),
            "file": packing.add_file(file, partial(_bytes_of, one.pk)),
        }
        made.append(row)
    return made


def _bytes_of(pk: int) -> bytes:
    """The bytes of a product: read when they are written into the archive, one at a time."""
    return bytes(Product.objects.values_list("content", flat=True).get(pk=pk))


def restore_products(restoring: Restoring, given: list[Row]) -> None:
    """Keep the produced documents again; what stood at a document that is not here is told."""
    for row in given:
        paper = restoring.papers.get(int(row["paper"]))
        if paper is None:
            restoring.note(_("Il documento prodotto da «%s» non si può tenere.") % row["name"])
            continue
        data = restoring.archive.data(row["file"])
        if not (data.startswith(BEGINNINGS[row["format"]]) and isinstance(row["answers"], dict)):
            raise ValueError(row["format"])
        Product.objects.create(
            paper=paper,
            content=data,
            made_by=restoring.people.somebody(row["who"]),
            **plain.understood(Product, row),
        )


def product_told(row: Row, names: Names) -> str:
    """A produced document in words."""
    said = {
        "name": row["name"],
        "who": words.name(row["who"], names),
        "when": words.moment(row["made_at"]),
    }
    return _("%(name)s (prodotto da %(who)s, %(when)s)") % said
