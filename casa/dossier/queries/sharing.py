"""The documents of a closed dossier and what each still needs before it may be published."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from casa import drafting
from casa.dossier.models import Dossier, Paper, Participant, Product, Sharing
from casa.dossier.operators import named_in
from casa.intake import access as intake
from casa.intake.models import CleanedCopy, Finding, Reading, Upload
from casa.library.models import Entry
from casa.registry.actor import Actor


class Need(Enum):
    """What a document still needs; only what is ready may be chosen."""

    FILE = "file"
    INSPECTION = "inspection"
    CLEANING = "cleaning"
    COPYING = "copying"
    RETRY = "retry"
    OPERATOR = "operator"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Document:
    """One document: a file that somebody brought in, or what was produced of a model.

    `original` is its file in the intake, `cleaned` the copy asked for last; `may_clean` says
    whether the actor may ask for one.
    """

    paper: Paper
    product: Product | None
    original: Upload | None
    cleaned: CleanedCopy | None
    need: Need
    may_clean: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.paper)

    @property
    def is_ready(self) -> bool:
        """Whether its cleaned copy may be published."""
        return self.need is Need.NOTHING


@dataclass(frozen=True, slots=True)
class _Copies:
    """What is known of cleaned copies: by original, those that are copies themselves, and which
    of them name an operator or carry something that blocks."""

    by_upload: Mapping[int, CleanedCopy]
    naming: Collection[int]
    blocked: Collection[int]


def documents_of(actor: Actor, dossier: Dossier) -> list[Document]:
    """Produced and uploaded papers, in the order of the steps; never a reserved one. Six queries.

    A model of which nothing was produced is no document of the tender: the entry names it.
    """
    papers = _papers(dossier)
    products = _products(papers)
    files = _files_of(products, _bodies(dossier))
    originals = {
        paper.pk: paper.upload or _file_of(products.get(paper.pk), files) for paper in papers
    }
    copies = _copies(dossier, [one for one in originals.values() if one])
    shown = [one for one in papers if one.upload_id or one.pk in products]
    return [
        _document(actor, paper, products.get(paper.pk), originals[paper.pk], copies)
        for paper in _once(shown)
    ]


def dossier_of(row: Sharing) -> Dossier:
    """The dossier that is shared, with how it ended and its steps. Two queries."""
    found = Dossier.objects.select_related("case__office__body", "case__supporter", "closing")
    made: Dossier = found.prefetch_related("case__steps").get(pk=row.dossier_id)
    return made


def models_used(dossier: Dossier) -> list[Entry]:
    """The public models of the library that were filled, once each; where none was, those that lie
    at the steps: people may have filled them elsewhere. Two queries."""
    laid = _laid(dossier).filter(version__entry__audience="public")
    filled = laid.filter(products__isnull=False)
    papers = filled if filled.exists() else laid
    found = Entry.objects.offered().filter(pk__in=papers.values("version__entry"))
    return list(found.order_by("title"))


def operators_of(dossier: Dossier) -> list[str]:
    """The names that may stand in nothing that is shared. One query."""
    return list(Participant.objects.filter(dossier=dossier).values_list("name", flat=True))


def _laid(dossier: Dossier) -> "QuerySet[Paper]":
    return Paper.objects.filter(step__case=dossier.case_id, reserved=False)


def _papers(dossier: Dossier) -> list[Paper]:
    rows = _laid(dossier).select_related("version__entry", "upload", "step")
    return list(rows.order_by("step__order", "pk"))


def _once(papers: Sequence[Paper]) -> list[Paper]:
    """The same file at two steps is one document."""
    first = {paper.upload_id or -paper.pk: paper for paper in reversed(papers)}
    return sorted(first.values(), key=lambda one: (one.step.order, one.pk))


def _products(papers: Sequence[Paper]) -> Mapping[int, Product]:
    """The newest product of each paper, with the hash of its bytes as `sha256`."""
    content = Func(F("content"), function="sha256")
    sha256 = Func(content, Value("hex"), function="encode", output_field=CharField())
    rows = Product.objects.filter(paper__in=papers).annotate(sha256=sha256)
    return {row.paper_id: row for row in rows.defer("content").order_by("pk")}


def _bodies(dossier: Dossier) -> list[int]:
    return [pk for pk in (dossier.case.office.body_id, dossier.case.supporter_id) if pk]


def _files_of(products: Mapping[int, Product], bodies: Sequence[int]) -> Mapping[str, Upload]:
    """The products that are files of the intake already, by hash: the newest holds."""
    hashes = [_hash(one) for one in products.values()]
    rows = Upload.objects.filter(body__in=bodies, sha256__in=hashes)
    kept = rows.exclude(state=Upload.State.REJECTED).order_by("pk")
    return {row.sha256: row for row in kept}


def _file_of(product: Product | None, files: Mapping[str, Upload]) -> Upload | None:
    return files.get(_hash(product)) if product else None


def _hash(product: Product) -> str:
    return str(getattr(product, "sha256", ""))


def _copies(dossier: Dossier, originals: Sequence[Upload]) -> _Copies:
    """Three queries: the copies, what was read in them, the names of the operators."""
    keys = [one.pk for one in originals]
    blocking = Finding.objects.filter(upload=OuterRef("copy"), severity="blocking")
    rows = (
        CleanedCopy.objects.filter(Q(original__in=keys) | Q(copy__in=keys))
        .select_related("copy")
        .annotate(is_blocked=Exists(blocking))
        .order_by("requested_at", "pk")
    )
    by_upload: dict[int, CleanedCopy] = {}
    for row in rows:
        for key in (row.original_id, row.copy_id):
            if key in keys:
                by_upload[key] = row
    made = [row for row in by_upload.values() if row.copy and row.copy.is_cleared]
    blocked = {row.pk for row in made if getattr(row, "is_blocked", False)}
    return _Copies(by_upload, _naming(made, operators_of(dossier)), blocked)


def _naming(made: Sequence[CleanedCopy], names: Sequence[str]) -> Collection[int]:
    """The copies in which, or in whose name, an operator can still be read."""
    if not names:
        return frozenset()
    texts: dict[int, str] = defaultdict(str)
    for reading in Reading.objects.filter(upload__in=[row.copy_id for row in made]):
        draft = drafting.from_json(reading.draft)
        texts[reading.upload_id] = "\n".join([draft.text, *draft.furniture])
    return frozenset(
        row.pk
        for row in made
        if row.copy and named_in(f"{row.copy.name}\n{texts[row.copy.pk]}", names)
    )


def _document(
    actor: Actor,
    paper: Paper,
    product: Product | None,
    original: Upload | None,
    copies: _Copies,
) -> Document:
    cleaned = copies.by_upload.get(original.pk) if original else None
    return Document(
        paper=paper,
        product=product,
        original=original,
        cleaned=cleaned,
        need=_need(original, cleaned, copies),
        may_clean=original is not None and intake.may_clean(actor, original),
    )


def _need(original: Upload | None, cleaned: CleanedCopy | None, copies: _Copies) -> Need:
    if original is None:
        return Need.FILE
    if cleaned is None:
        return Need.CLEANING if original.is_cleared else Need.INSPECTION
    return _need_of_copy(cleaned, copies)


def _need_of_copy(cleaned: CleanedCopy, copies: _Copies) -> Need:
    if cleaned.state == CleanedCopy.State.FAILED:
        return Need.RETRY
    if cleaned.copy is None or cleaned.copy.is_waiting:
        return Need.COPYING
    if cleaned.copy.is_rejected or cleaned.pk in copies.blocked:
        return Need.RETRY
    return Need.OPERATOR if cleaned.pk in copies.naming else Need.NOTHING
