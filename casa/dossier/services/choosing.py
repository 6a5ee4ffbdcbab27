"""The procedure of a tender, and what was told of the need: kept, changed until the notice."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.dossier.models import Dossier
from casa.dossier.services.describing import demand_describing
from casa.dossier.services.locking import locked, remember
from casa.foundation.errors import Refused
from casa.guide.choosing import Advice, Need, Option, Reason
from casa.guide.choosing.procedures import CASES
from casa.registry.actor import Actor

KEPT = ("qualification", "urgent", "pnrr", "cross_border", "social")
LONGEST = 1000


def cases_of(need: Need) -> dict[str, str | bool]:
    """What a dossier keeps of a need besides kind, amount, CPV and day."""
    return {name: getattr(need, name) for name in KEPT}


def chosen_procedure(advice: Advice, code: str, why: str) -> Option | None:
    """The preferred procedure, or another one that is allowed; None where the guide knows none.

    Refused where the law closes it, or opens it only in a case that nobody named.
    """
    if advice.preferred is None or code in ("", advice.preferred.code):
        return advice.preferred
    why = why.strip()
    for one in (*advice.admissible, *advice.excluded):
        if one.code == code:
            _refuse_closed(one, advice, why)
            text = f"{one.reason.text} {why}".strip()[:LONGEST]
            return Option(code, Reason(text, one.reason.citations, one.reason.to_check))
    raise Refused(_("Questa procedura la guida non la conosce: scegline un'altra."))


def _refuse_closed(one: Option, advice: Advice, why: str) -> None:
    if one in advice.admissible:
        return
    if one.code not in CASES:
        raise Refused(
            _("«%(name)s» qui non si può usare. %(why)s")
            % {"name": one.label, "why": one.reason.text}
        )
    if not why:
        raise Refused(
            _("«%(name)s» si usa solo in certi casi: scrivi perché questo lo è. %(why)s")
            % {"name": one.label, "why": one.reason.text}
        )


@transaction.atomic
def tell_need(pk: int, need: Need, advice: Advice, *, actor: Actor, now: datetime) -> Dossier:
    """Write what is told of the need until the notice is out; who may run it is asked anew.

    The procedure stays, because its steps are being done: the checks tell where it fits no more.
    """
    dossier = locked(pk)
    demand_describing(actor, dossier)
    if need.kind != dossier.kind:
        raise Refused(
            _("Il tipo di contratto decide i passi: per cambiarlo apri un altro fascicolo.")
        )
    wanted = {"amount": need.amount, "cpv": need.cpv, "notice_on": need.on, **cases_of(need)}
    if advice.who:
        wanted |= {"who": advice.who.code, "who_why": advice.who.reason.text}
    if all(getattr(dossier, name) == value for name, value in wanted.items()):
        return dossier
    for name, value in wanted.items():
        setattr(dossier, name, value)
    dossier.full_clean(validate_constraints=False)
    dossier.save(update_fields=list(wanted))
    remember("told", dossier, actor=actor, now=now)
    return dossier
