"""All the documents of a tender in one file, and what the worker packed for its reader."""

import tempfile
from typing import IO

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from casa.dossier import access
from casa.dossier.models import Dossier, Parcel
from casa.dossier.queries.parcels import newest_products
from casa.dossier.services import packing, parcels
from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.registry.http import Request

PER_MINUTE = 10


@require_POST
def collect(request: Request, pk: int) -> HttpResponseBase:
    """All the documents produced as one ZIP: at once as they are, by the worker if converted."""
    found, now = access.dossier_for(request.actor, pk), timezone.now()
    limit(request, "dossier.collect", per_minute=PER_MINUTE)
    wanted = request.POST.get("formato", "")
    products = newest_products(request.actor, found, now=now)
    if products and all(one.format == wanted for one in products):
        target = temporary()
        packing.zip_products(products, wanted, target, dossier=found)
        return zip_response(target, found, wanted)
    try:
        parcels.ask_parcel(found, Parcel.Content.DOCUMENTS, actor=request.actor, now=now, to=wanted)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("dossier:documents", found.pk)


@require_safe
def parcel(request: Request, pk: int, parcel: int) -> HttpResponseBase:
    """What was packed for this reader, while they may read all of it."""
    found, now = access.dossier_for(request.actor, pk), timezone.now()
    row = access.parcel_for(request.actor, found, parcel, now)
    try:
        opened = parcels.hand_out(row, actor=request.actor, now=now)
    except Refused as why:
        messages.error(request, str(why))
        is_archive = row.content == Parcel.Content.ARCHIVE
        return redirect("dossier:archive" if is_archive else "dossier:documents", found.pk)
    return zip_response(opened, found, "" if row.format == "zip" else row.format)


def temporary() -> IO[bytes]:
    """A file without a name, which goes when the response is sent."""
    settings.TEMP_DIR.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=settings.TEMP_DIR)


def zip_response(file: IO[bytes], found: Dossier, what: str = "") -> FileResponse:
    """The ZIP as a download, named after its dossier."""
    file.seek(0)
    parts = ("fascicolo", slugify(found.case.title)[:60] or str(found.pk), what)
    name = "-".join(part for part in parts if part)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.zip", content_type="application/zip"
    )
