"""Codes and officers of a dossier."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.models import Dossier
from casa.dossier.services.locking import locked, remember
from casa.dossier.services.naming import settle_officers, works_in
from casa.foundation.errors import Refused
from casa.registry.actor import Actor
from casa.registry.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What a person may write before the notice; an empty CIG is still to be acquired."""

    title: str
    cig: str = ""
    cup: str = ""
    cui: str = ""
    rup: Person | None = None
    award_officer: Person | None = None


@transaction.atomic
def describe(pk: int, data: Data, *, actor: Actor, now: datetime) -> Dossier:
    """Write title, codes and officers. Refused once the notice is out."""
    dossier = locked(pk)
    demand_describing(actor, dossier)
    _refuse_officers(dossier, data, actor=actor, on=timezone.localdate(now))
    dossier.case.title = data.title
    dossier.case.save(update_fields=["title"])
    for name in ("cig", "cup", "cui", "rup", "award_officer"):
        setattr(dossier, name, getattr(data, name))
    dossier.full_clean(validate_constraints=False)
    dossier.save()
    settle_officers(dossier, now=now)
    remember("described", dossier, actor=actor, now=now)
    return dossier


def demand_describing(actor: Actor, dossier: Dossier) -> None:
    """Data are written until the notice is out, by who works for one of the two bodies."""
    if not access.may_describe(actor, dossier):
        raise Refused(
            _("La gara è pubblicata: i dati cambiano solo con una rettifica.")
            if dossier.is_frozen
            else _("I dati del fascicolo li scrive chi lavora per uno dei due enti.")
        )


def _refuse_officers(dossier: Dossier, data: Data, *, actor: Actor, on: date) -> None:
    """Each body names its own officer, among its own people; who is named already may stay."""
    case = dossier.case
    for wanted, named, body_id, may_name in (
        (data.rup, dossier.rup_id, case.office.body_id, access.may_name_rup),
        (
            data.award_officer,
            dossier.award_officer_id,
            case.supporter_id,
            access.may_name_award_officer,
        ),
    ):
        if (wanted.pk if wanted else None) == named:
            continue
        if not may_name(actor, dossier):
            raise Refused(_("Ogni ente nomina il suo responsabile: quello lo nomina l'altro."))
        if wanted and not works_in(wanted, body_id, on=on):
            raise Refused(_("%s non ha un mandato in quell'ente.") % wanted.full_name)
