"""From the deadline for offers to the contract."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.models import Dossier
from casa.dossier.services.locking import locked, remember
from casa.dossier.services.turning import finish
from casa.foundation.errors import Refused
from casa.registry.actor import Actor


@transaction.atomic
def name_commission(pk: int, *, on: date, actor: Actor, now: datetime) -> Dossier:
    """The commission or the panel is named: after the deadline for offers (art. 93, c. 1)."""
    dossier = _held(pk, actor)
    if not dossier.offers_are_closed(now) or dossier.offers_due_at is None:
        raise Refused(_("La commissione si nomina dopo la scadenza delle offerte."))
    if on < timezone.localdate(dossier.offers_due_at):
        raise Refused(_("Il giorno della nomina viene dopo la scadenza delle offerte."))
    _refuse_awarded(dossier)
    dossier.commission_on, dossier.stage = on, Dossier.Stage.EVALUATING
    dossier.save(update_fields=["commission_on", "stage"])
    remember("named", dossier, actor=actor, now=now, on=f"{on:%d/%m/%Y}")
    finish(dossier, "commission", on=on, actor=actor, now=now)
    return dossier


@transaction.atomic
def verify(pk: int, *, on: date, actor: Actor, now: datetime) -> Dossier:
    """The requirements are verified: before the award (art. 17, c. 5)."""
    dossier = _held(pk, actor)
    if not dossier.is_direct and dossier.commission_on is None:
        raise Refused(_("Prima si nomina la commissione o il seggio e si valutano le offerte."))
    _refuse_later(on, now)
    _refuse_awarded(dossier)
    dossier.verified_on = on
    dossier.save(update_fields=["verified_on"])
    remember("verified", dossier, actor=actor, now=now, on=f"{on:%d/%m/%Y}")
    finish(dossier, "verification", on=on, actor=actor, now=now)
    return dossier


@transaction.atomic
def award(pk: int, *, on: date, cig: str = "", actor: Actor, now: datetime) -> Dossier:
    """The award, effective at once because the requirements were verified before it."""
    dossier = locked(pk)
    if not access.may_award(actor, dossier):
        raise Refused(_("Aggiudica chi lavora per uno dei due enti."))
    if dossier.verified_on is None or on < dossier.verified_on:
        raise Refused(_("Prima di affidare si verificano i requisiti: segna in quale giorno."))
    _refuse_later(on, now)
    _refuse_other_cig(dossier, cig)
    dossier.awarded_on, dossier.stage = on, Dossier.Stage.AWARDED
    dossier.cig = cig or dossier.cig
    dossier.full_clean(validate_constraints=False)
    dossier.save(update_fields=["awarded_on", "stage", "cig"])
    remember("awarded", dossier, actor=actor, now=now, on=f"{on:%d/%m/%Y}")
    finish(dossier, "award", on=on, actor=actor, now=now)
    return dossier


@transaction.atomic
def sign(pk: int, *, on: date, actor: Actor, now: datetime) -> Dossier:
    """The contract is signed; it names the CIG."""
    dossier = locked(pk)
    if not access.may_award(actor, dossier):
        raise Refused(_("La firma la segna chi lavora per uno dei due enti."))
    if dossier.awarded_on is None or on < dossier.awarded_on:
        raise Refused(_("Prima si aggiudica, poi si firma."))
    if not dossier.cig:
        raise Refused(_("Nel contratto serve il CIG: scrivilo con l'aggiudicazione."))
    _refuse_later(on, now)
    dossier.signed_on, dossier.stage = on, Dossier.Stage.SIGNED
    dossier.save(update_fields=["signed_on", "stage"])
    remember("signed", dossier, actor=actor, now=now, on=f"{on:%d/%m/%Y}")
    finish(dossier, "signing", on=on, actor=actor, now=now)
    return dossier


def _held(pk: int, actor: Actor) -> Dossier:
    dossier = locked(pk)
    if not access.may_run_award(actor, dossier):
        raise Refused(_("Lo fa chi lavora per l'ente che conduce la gara."))
    return dossier


def _refuse_later(on: date, now: datetime) -> None:
    if on > timezone.localdate(now):
        raise Refused(_("Il giorno non può essere nel futuro."))


def _refuse_awarded(dossier: Dossier) -> None:
    """What comes before the award stays as it was when it was made."""
    if dossier.awarded_on is not None:
        raise Refused(_("La gara è già aggiudicata: ciò che viene prima non cambia più."))


def _refuse_other_cig(dossier: Dossier, cig: str) -> None:
    """Who made an offer or signed read that CIG."""
    if dossier.signed_on is not None:
        raise Refused(_("Il contratto è già firmato: l'aggiudicazione non cambia più."))
    if dossier.is_frozen and cig and cig != dossier.cig:
        raise Refused(_("La gara è pubblicata con il CIG %s, che non cambia.") % dossier.cig)
