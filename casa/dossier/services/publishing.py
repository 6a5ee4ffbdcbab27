"""From the notice to the deadline for offers."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.models import Corrigendum, Dossier, Paper, Participant
from casa.dossier.services.locking import locked, remember, remember_secretly
from casa.dossier.services.terms import refuse_short
from casa.dossier.services.turning import finish
from casa.foundation.errors import Refused
from casa.registry.actor import Actor


@transaction.atomic
def publish(
    pk: int,
    *,
    cig: str,
    on: date,
    offers_due_at: datetime,
    urgent: bool = False,
    actor: Actor,
    now: datetime,
) -> Dossier:
    """The notice is out or the invitations are sent: from now on the dossier is frozen.

    `urgent`: for a reason given in its acts, the shorter term of the law is enough.
    """
    dossier = locked(pk)
    _demand_award(actor, dossier)
    if dossier.is_direct:
        raise Refused(_("Un affidamento diretto non si pubblica: verifica i requisiti e affida."))
    if dossier.is_frozen:
        raise Refused(_("La gara è già pubblicata: per cambiarla fai una rettifica."))
    if offers_due_at.date() <= on:
        raise Refused(_("Il termine per le offerte viene dopo il giorno della pubblicazione."))
    refuse_short(dossier, on=on, offers_due_at=offers_due_at, urgent=urgent)
    dossier.cig, dossier.published_on, dossier.offers_due_at = cig, on, offers_due_at
    dossier.stage = Dossier.Stage.PUBLISHED
    dossier.full_clean(validate_constraints=False)
    dossier.save()
    remember("published", dossier, actor=actor, now=now, on=f"{on:%d/%m/%Y}")
    finish(dossier, "publication", on=on, actor=actor, now=now)
    return dossier


@transaction.atomic
def correct(
    pk: int,
    *,
    reason: str,
    on: date,
    offers_due_at: datetime,
    corrects: Iterable[Paper] = (),
    actor: Actor,
    now: datetime,
) -> Corrigendum:
    """A corrigendum: the only way to change a published tender, always with a longer term.

    It says which of the published documents it changes.
    """
    dossier = locked(pk)
    _demand_award(actor, dossier)
    if not dossier.is_frozen or dossier.offers_due_at is None:
        raise Refused(_("La gara non è ancora pubblicata: cambia i dati del fascicolo."))
    if dossier.offers_are_closed(now):
        raise Refused(_("Il termine per le offerte è passato: la gara non si rettifica più."))
    if offers_due_at <= dossier.offers_due_at:
        raise Refused(_("Una rettifica sposta in avanti il termine: scegli una data più lontana."))
    papers = _published(dossier, corrects)
    made = Corrigendum.objects.create(
        dossier=dossier, published_on=on, reason=reason, offers_due_at=offers_due_at
    )
    made.corrects.set(papers)
    dossier.offers_due_at = offers_due_at
    dossier.save(update_fields=["offers_due_at"])
    remember("corrected", dossier, actor=actor, now=now, reason=reason)
    return made


def _published(dossier: Dossier, papers: Iterable[Paper]) -> list[Paper]:
    found = list(papers)
    for paper in found:
        if paper.step.case_id != dossier.case_id or not access.is_closed(dossier, paper.step):
            raise Refused(_("Si rettifica solo un documento uscito con la pubblicazione."))
    return found


@transaction.atomic
def list_participant(pk: int, *, role: str, name: str, actor: Actor, now: datetime) -> Participant:
    """Write down who was invited or made an offer. The trail tells that, never whom."""
    dossier = locked(pk)
    _demand_award(actor, dossier)
    try:
        with transaction.atomic():
            made = Participant.objects.create(dossier=dossier, role=role, name=name)
    except IntegrityError as twice:
        raise Refused(_("Questo operatore è già nell'elenco.")) from twice
    remember_secretly("listed", dossier, actor=actor, now=now)
    return made


def _demand_award(actor: Actor, dossier: Dossier) -> None:
    if not access.may_run_award(actor, dossier):
        raise Refused(_("Lo fa chi lavora per l'ente che conduce la gara."))
