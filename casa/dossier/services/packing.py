"""What the worker packs: an archive, or all the documents of a tender in one format."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from datetime import datetime
from typing import IO
from uuid import uuid4
from zipfile import ZIP_STORED, ZipFile

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.models import Dossier, Parcel, Product
from casa.dossier.queries.parcels import newest_products
from casa.dossier.services import archiving, converting
from casa.dossier.services.rendering import Made
from casa.foundation import locks
from casa.foundation.errors import Refused
from casa.registry.actor import Actor, actor_for, weakened

LOCK = "dossier.parcel"


def carry_out_parcel(*, parcel_id: int, now: datetime) -> None:
    """Pack it as its person may read the dossier now. A problem is told on the page."""
    with locks.held(LOCK, parcel_id) as mine:
        rows = Parcel.objects.filter(pk=parcel_id, state=Parcel.State.WAITING)
        row = rows.select_related("person").first() if mine else None
        if row is None:
            return
        try:
            _pack(row, now=now)
        except Refused as why:
            rows.update(state=Parcel.State.FAILED, problem=str(why)[:1000])
        except Exception:  # a bug, which surfaces; but the sweep does not ask for it for ever
            rows.update(state=Parcel.State.FAILED, problem=_not_made())
            raise


def _pack(row: Parcel, *, now: datetime) -> None:
    full = actor_for(row.person, on=timezone.localdate(now))
    actor = weakened(full) if row.weak else full
    found = Dossier.objects.visible_to(actor).select_related(
        "case__office__body", "case__supporter"
    )
    dossier = found.filter(pk=row.dossier_id).first()
    if dossier is None:
        raise Refused(_("Questo fascicolo non lo puoi più leggere."))
    secret = access.may_read_participants(actor, dossier, now)
    settings.TEMP_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.TEMP_DIR) as target:
        row.problem = _written(row, dossier, target, actor=actor, now=now)[:1000]
        row.size = target.tell()
        target.seek(0)
        row.file.save(f"{uuid4()}.zip", File(target), save=False)
    row.rights, row.secret, row.state = rights_of(actor), secret, Parcel.State.READY
    row.save(update_fields=["problem", "size", "file", "rights", "secret", "state"])


def _written(
    row: Parcel, dossier: Dossier, target: IO[bytes], *, actor: Actor, now: datetime
) -> str:
    """Write the parcel; gives what is not in it, in words."""
    if row.content == Parcel.Content.ARCHIVE:
        archiving.pack(dossier, target, actor=actor, now=now, told=False)
        return ""
    products = newest_products(actor, dossier, now=now)
    if not products:
        raise Refused(_("Non c'è ancora nessun documento prodotto."))
    return zip_products(products, row.format, target, dossier=dossier)


def zip_products(
    products: Sequence[Product], to: str, target: IO[bytes], *, dossier: Dossier
) -> str:
    """The documents in that format as a ZIP; gives which could not be converted and why."""
    made = converting.all_in_format(products, to, dossier=dossier)
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for number, (product, one) in enumerate(zip(products, made, strict=True), 1):
            if isinstance(one, Made):
                archive.writestr(f"{number:02d}-{name_of(product)}.{one.format}", one.data)
    if not any(isinstance(one, Made) for one in made):
        raise Refused(str(made[0]))
    return " ".join(
        f"{product.paper}: {one}"
        for product, one in zip(products, made, strict=True)
        if isinstance(one, str)
    )


def name_of(product: Product) -> str:
    """A file name of plain signs, without the format."""
    version = product.paper.version
    return slugify(version.entry.title if version else "")[:80] or "documento"


def rights_of(actor: Actor) -> str:
    """A digest of what somebody may read by their mandates."""
    held = sorted((one.body_id, one.role) for one in actor.mandates)
    told = json.dumps([actor.id, held, sorted(actor.network_roles), actor.weak])
    return hashlib.sha256(told.encode()).hexdigest()


def _not_made() -> str:
    return _("Non si è potuto preparare: riprova più tardi.")
