"""Whether a file is a document that a dossier produced. What the file says is never enough."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Func, TextField, Value

from casa.dossier import access
from casa.dossier.models import Dossier, Paper, Product
from casa.drafting import Draft
from casa.drafting.stamps import Stamp, stamp_of
from casa.intake.models import Upload
from casa.registry.actor import Actor

MOST = 50


@dataclass(frozen=True, slots=True)
class Recognised:
    """The product that a file is, whether byte for byte, and whether it lies in the dossier."""

    product: Product
    dossier: Dossier
    is_identical: bool
    is_linked: bool


def recognised(actor: Actor, upload: Upload, draft: Draft, *, now: datetime) -> Recognised | None:
    """The document produced that the file says to be, if the actor reads it.

    The stamp must name a model, a version and a day in which such a document was really made, in
    the dossier of that number or, where the dossier came back from an archive under another number,
    byte for byte. No query where the file bears no stamp; two where it is known.
    """
    stamp = stamp_of(draft)
    if stamp is None:
        return None
    found = _candidates(actor, stamp)
    for product in sorted(found, key=lambda one: not _is_identical(one, upload)):
        dossier = product.paper.step.case.dossier
        identical = _is_identical(product, upload)
        is_told = dossier.pk == stamp.dossier and _is_of(product, stamp)
        if (is_told or identical) and access.may_read_paper(actor, dossier, product.paper, now):
            linked = Paper.objects.filter(step__case=dossier.case, upload=upload).exists()
            return Recognised(product, dossier, identical, linked)
    return None


def _candidates(actor: Actor, stamp: Stamp) -> list[Product]:
    """What the actor's dossiers produced that day of that version, the newest first."""
    digest = Func(
        Func(F("content"), function="sha256"),
        Value("hex"),
        function="encode",
        output_field=TextField(),
    )
    rows = Product.objects.filter(
        paper__step__case__dossier__in=Dossier.objects.visible_to(actor),
        paper__version__number=stamp.version,
        made_at__date=stamp.on,
    )
    rows = rows.annotate(digest=digest).defer("content").order_by("-pk")
    return list(
        rows.select_related(
            "paper__version__entry",
            "paper__step__case__dossier",
            "paper__step__case__office__body",
            "paper__step__case__supporter",
        )[:MOST]
    )


def _is_identical(product: Product, upload: Upload) -> bool:
    return bool(getattr(product, "digest", "") == upload.sha256)


def _is_of(product: Product, stamp: Stamp) -> bool:
    version = product.paper.version
    return version is not None and stamp.names(version.entry.title)
