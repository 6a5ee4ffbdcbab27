"""Officers that nobody is yet: their office owes the naming, which may come after the notice."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.models import Dossier
from casa.dossier.services.locking import locked, remember
from casa.foundation.errors import Refused
from casa.notices import services as notices
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Mandate, Office, Person

RUP, AWARD_OFFICER = "dossier.rup_missing", "dossier.award_officer_missing"
KINDS = {"rup": RUP, "award_officer": AWARD_OFFICER}


@transaction.atomic
def name_officers(pk: int, named: dict[str, Person], *, actor: Actor, now: datetime) -> Dossier:
    """Fill places that are empty, before the notice or after: the tender itself is not touched.

    `named`: by the field of the dossier. Who is named already is replaced in the data or by a
    hand-over.
    """
    dossier = locked(pk)
    for field, person in named.items():
        _refuse_unfit(dossier, field, person, actor=actor, now=now)
        setattr(dossier, field, person)
        dossier.save(update_fields=[field])
        remember("officer_named", dossier, actor=actor, now=now, name=person.full_name)
    settle_officers(dossier, now=now)
    return dossier


def owe_officer(dossier: Dossier, field: str, *, now: datetime) -> None:
    """Nobody was named in place of who left: an office owes it until somebody is."""
    said = {"rup": _("Indica il RUP di «%s»"), "award_officer": _("Indica il RUP della gara «%s»")}
    owed = notices.Owed(
        office_id=_office_of(dossier, field),
        kind=KINDS[field],
        key=trail.key_of(dossier),
        title=said[field] % dossier.case.title,
        url=reverse("dossier:officers", args=[dossier.pk]),
        action=_("Indica chi"),
        due_on=timezone.localdate(now),
    )
    notices.owe(owed, now=now)


def settle_officers(dossier: Dossier, *, now: datetime) -> None:
    """Whoever is named is not owed any more."""
    key = trail.key_of(dossier)
    for field, kind in KINDS.items():
        if getattr(dossier, f"{field}_id"):
            notices.settle(kind=kind, key=key, outcome=_("Il responsabile è indicato."), now=now)


def works_in(person: Person, body_id: int | None, *, on: date) -> bool:
    """Whether somebody has a mandate in a body on a day."""
    if body_id is None:
        return False
    return Mandate.objects.in_force(on=on).filter(person=person, body_id=body_id).exists()


def _office_of(dossier: Dossier, field: str) -> int:
    """The office of the tender; for the award the default one of the body that runs it."""
    case = dossier.case
    if field == "rup" or case.supporter_id is None:
        return int(case.office_id)
    return Office.objects.get(body_id=case.supporter_id, is_default=True).pk


def _refuse_unfit(
    dossier: Dossier, field: str, person: Person, *, actor: Actor, now: datetime
) -> None:
    may = access.may_name_rup if field == "rup" else access.may_name_award_officer
    if not may(actor, dossier):
        raise Refused(_("Ogni ente nomina il suo responsabile: quello lo nomina l'altro."))
    if getattr(dossier, f"{field}_id"):
        raise Refused(_("Qualcuno ha già indicato il responsabile: guarda nel fascicolo."))
    body = dossier.case.office.body_id if field == "rup" else dossier.case.supporter_id
    if not works_in(person, body, on=timezone.localdate(now)):
        raise Refused(_("%s non ha un mandato in quell'ente.") % person.full_name)
