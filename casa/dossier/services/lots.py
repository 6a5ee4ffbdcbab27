"""What each lot is and its CIG."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casa.dossier.models import Dossier
from casa.dossier.services.describing import demand_describing
from casa.dossier.services.locking import locked, remember
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class LotData:
    """What a person may write of a lot before the notice; an empty CIG is still to be acquired."""

    title: str = ""
    cig: str = ""


@transaction.atomic
def describe_lots(pk: int, given: Mapping[int, LotData], *, actor: Actor, now: datetime) -> Dossier:
    """Write object and CIG of the lots, by number. What was written already changes nothing."""
    dossier = locked(pk)
    demand_describing(actor, dossier)
    changed = False
    for lot in dossier.lots.filter(number__in=given):
        wanted = given[lot.number]
        if (lot.title, lot.cig) != (wanted.title, wanted.cig):
            lot.title, lot.cig, changed = wanted.title, wanted.cig, True
            lot.save(update_fields=["title", "cig"])
    if changed:
        remember("divided", dossier, actor=actor, now=now)
    return dossier
