"""Deleting a file: the row first, the bytes once that is safe."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake import access
from casa.intake.models import Upload
from casa.registry import trail
from casa.registry.actor import Actor


@transaction.atomic
def discard(*, upload: Upload, actor: Actor) -> None:
    """Throw away a file that nothing uses, because it was the wrong one."""
    if not access.may_upload(actor, upload.body_id):
        raise Refused(access.why_not_upload())
    if upload.is_waiting:
        raise Refused(_("Il file è ancora in controllo: aspetta che finisca, poi eliminalo."))
    if not delete(upload, act="intake.upload.discarded", actor=actor):
        raise Refused(_("Il file è nella biblioteca o in un fascicolo: non si può eliminare."))


def delete(upload: Upload, *, act: str, actor: Actor) -> bool:
    """Delete the row with its reading and findings; the trail keeps the fact. False when in use."""
    name = str(upload.file.name)
    try:
        with transaction.atomic():
            trail.record(act, upload, actor=actor, body=upload.body)
            upload.delete()
    except ProtectedError:  # an upper room holds on to it
        return False
    transaction.on_commit(partial(default_storage.delete, name))
    return True
