"""Files too heavy for a request: the worker packs them, one person downloads them."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from casa.dossier import access, tasks
from casa.dossier.archive.own.history import ARCHIVED
from casa.dossier.models import Dossier, Parcel
from casa.dossier.services.locking import remember
from casa.dossier.services.packing import rights_of
from casa.dossier.services.rendering import FORMATS
from casa.foundation.errors import Refused
from casa.registry.actor import Actor

FOLDER = "parcels"
KEPT = timedelta(days=2)
PATIENCE = timedelta(minutes=5)
AT_ONCE = 20 * 1024 * 1024
"""Up to so many bytes an archive is packed while the person waits."""


@transaction.atomic
def ask_parcel(
    dossier: Dossier, content: str, *, actor: Actor, now: datetime, to: str = ""
) -> Parcel:
    """Ask the worker for a parcel; one that it has in hand is not asked for a second time."""
    if content == Parcel.Content.DOCUMENTS and to not in FORMATS:
        raise Refused(_("Scegli in quale formato vuoi i documenti: DOCX, ODT o PDF."))
    row, is_new = Parcel.objects.select_for_update().get_or_create(
        dossier=dossier,
        person_id=actor.person_id,
        content=content,
        format=to if content == Parcel.Content.DOCUMENTS else "zip",
        defaults={"asked_at": now, "expires_at": now + KEPT},
    )
    if row.is_waiting and not is_new:
        return row
    stale, row.file = row.file.name, ""
    row.weak, row.state, row.problem = actor.weak, Parcel.State.WAITING, ""
    row.asked_at, row.expires_at = now, now + KEPT
    row.save()
    transaction.on_commit(partial(_forget_file, stale))
    transaction.on_commit(partial(tasks.pack_parcel.enqueue, parcel_id=row.pk))
    return row


def hand_out(parcel: Parcel, *, actor: Actor, now: datetime) -> IO[bytes]:
    """The bytes of a parcel. Refused when its person may no longer read all that is in it."""
    dossier = parcel.dossier
    is_secret = parcel.secret and not access.may_read_participants(actor, dossier, now)
    if is_secret or parcel.rights != rights_of(actor):
        raise Refused(
            _("I tuoi incarichi o i termini della gara sono cambiati: preparalo di nuovo.")
        )
    try:
        opened = parcel.file.open("rb")
    except (FileNotFoundError, ValueError) as gone:
        raise Refused(_("Il file non c'è più: preparalo di nuovo.")) from gone
    if parcel.content == Parcel.Content.ARCHIVE:
        remember(ARCHIVED.rpartition(".")[2], dossier, actor=actor, now=now)
    return opened


def sweep_parcels(*, now: datetime) -> int:
    """Delete what ran out and bytes without a row; ask again for what a killed worker left.

    Gives how many rows went. Safe to repeat.
    """
    left = Parcel.objects.filter(state=Parcel.State.WAITING, asked_at__lt=now - PATIENCE)
    for key in left.values_list("pk", flat=True):
        tasks.pack_parcel.enqueue(parcel_id=key)
    gone, _by_model = Parcel.objects.filter(expires_at__lte=now).delete()
    _remove_strays(older_than=now - PATIENCE)
    return gone


def _forget_file(name: str | None) -> None:
    if name:
        default_storage.delete(name)


def _remove_strays(*, older_than: datetime) -> None:
    """Bytes without a row: what ran out, was made again, or went with its dossier."""
    known = set(Parcel.objects.values_list("file", flat=True))
    folder = Path(default_storage.path(FOLDER))
    for path in folder.glob("*"):
        name = f"{FOLDER}/{path.name}"
        if name not in known and path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
