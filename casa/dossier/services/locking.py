"""A dossier while it is changed."""

from datetime import datetime

from django.utils.translation import gettext as _

from casa.dossier.models import Dossier
from casa.foundation.errors import Refused
from casa.registry import trail
from casa.registry.actor import Actor


def locked(pk: int) -> Dossier:
    """The dossier, held until the end of the transaction. Refused when it is closed."""
    found = held(pk)
    if found.is_closed:
        raise Refused(_("Il fascicolo è chiuso: per cambiarlo, prima riaprilo da «Chiusura»."))
    return found


def held(pk: int) -> Dossier:
    """The same, also when it is closed."""
    found: Dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("case__office__body", "case__supporter")
        .get(pk=pk)
    )
    return found


def remember(act: str, dossier: Dossier, *, actor: Actor, now: datetime, **details: str) -> None:
    """A line in the trail of the body whose tender it is."""
    body = dossier.case.office.body
    trail.record(f"dossier.dossier.{act}", dossier, actor=actor, now=now, body=body, **details)


def remember_secretly(act: str, dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """A line in the trail of the body that runs the award: before the deadline not even how many
    operators there are is known to the other one."""
    body = dossier.case.supporter or dossier.case.office.body
    trail.record(f"dossier.dossier.{act}", dossier, actor=actor, now=now, body=body)
