"""All models of a tender laid at their steps with one press."""

from datetime import datetime

from django.db import transaction

from casa.dossier import queries
from casa.dossier.services.locking import locked
from casa.dossier.services.papers import Sheet, lay
from casa.dossier.steps import is_secret
from casa.registry.actor import Actor


@transaction.atomic
def lay_ready(pk: int, *, actor: Actor, now: datetime) -> int:
    """Lay at each step that has no document the model that writes it; how many were laid."""
    dossier = locked(pk)
    ready = queries.ready_models(actor, dossier)
    for one in ready:
        reserved = is_secret(one.step.code) and not dossier.is_direct
        sheet = Sheet(version=one.entry.current, reserved=reserved)
        lay(pk, one.step.pk, sheet, actor=actor, now=now)
    return len(ready)
