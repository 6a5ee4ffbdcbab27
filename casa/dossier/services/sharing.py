"""Choosing what of a closed dossier is shared; the worker makes one entry of the library of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import File
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from casa.dossier import access, tasks
from casa.dossier.models import Dossier, Product, Sharing
from casa.dossier.queries.sharing import documents_of, operators_of
from casa.dossier.services.guarding import refuse_names, refuse_unclean
from casa.dossier.services.locking import held, remember
from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.library.models.choices import Audience
from casa.registry.actor import Actor
from casa.registry.models import Office

PATIENCE = timedelta(minutes=2)
AUDIENCES = (Audience.PUBLIC, Audience.NETWORK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a person chose: the words of the entry, who may read it, the keys of cleaned copies."""

    title: str
    object: str
    audience: str
    copies: Sequence[int]


@transaction.atomic
def bring_product(pk: int, product_pk: int, *, actor: Actor, now: datetime) -> Upload:
    """Bring a produced document into the intake, where it is cleaned. Twice, it is there once."""
    dossier = held(pk)
    _demand_sharer(actor, dossier)
    documents = documents_of(actor, dossier)
    found = next((one for one in documents if one.product and one.product.pk == product_pk), None)
    if found is None or found.product is None:
        raise Refused(_("Questo documento non è fra quelli che si possono condividere."))
    if found.original is not None:
        return found.original
    office = Office.objects.select_related("body").get(pk=actor.acting_office_id or 0)
    file = File(io.BytesIO(bytes(found.product.content)), name=_name_of(found.product))
    (upload,) = intake.receive(files=[file], body=office.body, office=office, actor=actor, now=now)
    return upload


@transaction.atomic
def share(pk: int, chosen: Chosen, *, actor: Actor, now: datetime) -> Sharing:
    """Ask the worker for the entry. What is shared already, or on its way, is not shared again."""
    dossier = held(pk)
    _demand_sharer(actor, dossier)
    row = Sharing.objects.filter(dossier=dossier).first() or Sharing(dossier=dossier)
    if row.pk and row.is_settled:
        return row
    _refuse_unfit(dossier, chosen, actor)
    row.body_id, row.person_id = actor.acting_for or 0, actor.person_id
    row.title, row.object, row.audience = chosen.title, chosen.object, chosen.audience
    row.copies, row.asked_at = list(chosen.copies), now
    row.state, row.problem = Sharing.State.WAITING, ""
    row.save()
    remember("shared", dossier, actor=actor, now=now, count=str(len(row.copies)))
    transaction.on_commit(partial(tasks.share_back.enqueue, sharing_id=row.pk))
    return row


def sweep_sharings(*, now: datetime) -> int:
    """Ask again for entries that a killed worker left; how many. Safe to repeat."""
    left = Sharing.objects.filter(state=Sharing.State.WAITING, asked_at__lt=now - PATIENCE)
    keys = list(left.values_list("pk", flat=True))
    for key in keys:
        tasks.share_back.enqueue(sharing_id=key)
    return len(keys)


def _refuse_unfit(dossier: Dossier, chosen: Chosen, actor: Actor) -> None:
    if chosen.audience not in AUDIENCES:
        raise Refused(_("Scegli se la scheda è per tutti o per la rete degli enti."))
    refuse_names(f"{chosen.title}\n{chosen.object}", operators_of(dossier))
    refuse_unclean(documents_of(actor, dossier), chosen.copies)


def _demand_sharer(actor: Actor, dossier: Dossier) -> None:
    if not dossier.is_closed:
        raise Refused(_("Si condivide un fascicolo chiuso: prima chiudilo."))
    if not access.may_share(actor, dossier):
        raise Refused(
            _("Condivide chi ha un mandato di redazione e opera per uno dei due enti della gara.")
        )


def _name_of(product: Product) -> str:
    version = product.paper.version
    stem = slugify(version.entry.title if version else "")
    return f"{stem or 'documento'}.{product.format}"
