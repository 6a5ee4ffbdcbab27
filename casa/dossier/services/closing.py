"""The end of a dossier, and its opening again."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.models import Closing, Dossier
from casa.dossier.queries.sharing import operators_of
from casa.dossier.services.guarding import refuse_names
from casa.dossier.services.locking import held, remember
from casa.dossier.services.naming import KINDS
from casa.dossier.services.turning import TURN, pass_turn
from casa.foundation.errors import Refused
from casa.notices import services as notices
from casa.registry import trail
from casa.registry.actor import Actor

Outcome = Closing.Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a tender ended, as a person tells it."""

    outcome: str
    reason: str = ""
    bidders: int | None = None
    discount: Decimal | None = None
    criterion: str = ""
    appeals: int | None = None


@transaction.atomic
def close(pk: int, end: End, *, actor: Actor, now: datetime) -> Closing:
    """Nothing of the dossier changes any more and nobody owes anything. Twice, it closes once."""
    dossier = held(pk)
    if not access.may_close(actor, dossier):
        raise Refused(_("Il fascicolo lo chiude chi lavora per uno dei due enti."))
    if dossier.is_closed:
        return Closing.objects.get(dossier=dossier)
    _refuse_unfit(dossier, end, now=now)
    made = Closing.objects.create(
        dossier=dossier,
        outcome=end.outcome,
        reason=end.reason.strip(),
        bidders=end.bidders,
        discount=end.discount if end.outcome == Outcome.CONCLUDED else None,
        criterion=end.criterion,
        appeals=end.appeals,
        person_id=actor.person_id,
        closed_at=now,
    )
    dossier.closed_on, dossier.stage = timezone.localdate(now), Dossier.Stage.CLOSED
    dossier.save(update_fields=["closed_on", "stage"])
    outcome = _("Il fascicolo è chiuso.")
    kinds = (TURN, *KINDS.values())
    notices.settle_all(kinds=kinds, keys=[trail.key_of(dossier)], outcome=outcome, now=now)
    how = str(made.get_outcome_display())
    remember("closed", dossier, actor=actor, now=now, outcome=how, reason=made.reason)
    return made


@transaction.atomic
def reopen(pk: int, *, actor: Actor, now: datetime) -> Dossier:
    """It is again where it was. What was shared of it stays shared."""
    dossier = held(pk)
    if not access.may_close(actor, dossier):
        raise Refused(_("Il fascicolo lo riapre chi lavora per uno dei due enti."))
    if not dossier.is_closed:
        return dossier
    Closing.objects.filter(dossier=dossier).delete()
    dossier.closed_on, dossier.stage = None, _stage_of(dossier)
    dossier.save(update_fields=["closed_on", "stage"])
    remember("reopened", dossier, actor=actor, now=now)
    pass_turn(dossier, now=now)
    return dossier


def _refuse_unfit(dossier: Dossier, end: End, *, now: datetime) -> None:
    if dossier.offers_due_at is not None and not dossier.offers_are_closed(now):
        raise Refused(
            _(
                "Il termine per le offerte non è ancora passato e gli elenchi sono riservati: "
                "chiudi il fascicolo dopo quel giorno."
            )
        )
    if end.outcome == Outcome.CONCLUDED and dossier.signed_on is None:
        raise Refused(
            _("Il contratto non è ancora firmato: segna la firma, oppure scegli l'altro esito.")
        )
    if end.outcome == Outcome.UNAWARDED:
        _refuse_unexplained(dossier, end)


def _refuse_unexplained(dossier: Dossier, end: End) -> None:
    if dossier.signed_on is not None:
        raise Refused(_("Il contratto è firmato: la gara ha avuto un'aggiudicazione."))
    if not end.reason.strip():
        raise Refused(_("Scrivi perché la gara finisce senza aggiudicazione: serve a chi legge."))
    refuse_names(end.reason, operators_of(dossier))


def _stage_of(dossier: Dossier) -> str:
    """Where its dates say that it is."""
    stages = (
        (dossier.signed_on, Dossier.Stage.SIGNED),
        (dossier.awarded_on, Dossier.Stage.AWARDED),
        (dossier.commission_on, Dossier.Stage.EVALUATING),
        (dossier.published_on, Dossier.Stage.PUBLISHED),
    )
    return next((stage for day, stage in stages if day), Dossier.Stage.PREPARING)
