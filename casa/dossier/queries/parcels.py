"""What is packed to be downloaded, and how heavy it would be."""

from datetime import datetime

from django.db.models import F, Func, IntegerField, Q, QuerySet, Sum

from casa.dossier import access
from casa.dossier.models import Dossier, Paper, Parcel, Product
from casa.intake.models import Upload
from casa.registry.actor import Actor


def parcels_of(actor: Actor, dossier: Dossier, content: str, *, now: datetime) -> list[Parcel]:
    """The actor's own parcels of that content which have not run out; those waited for first."""
    mine = Parcel.objects.filter(dossier=dossier, person=actor.id, content=content)
    return list(mine.filter(expires_at__gt=now).order_by("-state", "-asked_at"))


def newest_products(actor: Actor, dossier: Dossier, *, now: datetime) -> list[Product]:
    """The newest product of each document that the actor may read, in the order of the steps."""
    rows = Product.objects.filter(paper__step__case=dossier.case_id)
    rows = rows.select_related("paper__version__entry", "paper__step")
    newest = {row.paper_id: row for row in rows.defer("content").order_by("pk")}
    readable = [
        row for row in newest.values() if access.may_read_paper(actor, dossier, row.paper, now)
    ]
    return sorted(readable, key=lambda row: (row.paper.step.order, row.paper_id))


def weight_of(dossier: Dossier) -> int:
    """About how many bytes an archive holds: files, originals and products. Two queries."""
    papers = Paper.objects.filter(step__case=dossier.case_id)
    laid = Q(pk__in=papers.values("upload"))
    original = Q(version_file__version__in=papers.values("version"), version_file__position=1)
    files = Upload.objects.filter(laid | original).aggregate(size=Sum("size"))["size"]
    return int(files or 0) + product_bytes(Product.objects.filter(paper__in=papers))


def product_bytes(products: "QuerySet[Product]") -> int:
    """How many bytes these products have. One query."""
    length = Func(F("content"), function="octet_length", output_field=IntegerField())
    return int(products.aggregate(size=Sum(length))["size"] or 0)
