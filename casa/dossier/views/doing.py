"""What may be done now with a dossier, for the buttons of its page."""

from datetime import datetime

from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.models import Dossier
from casa.registry.actor import Actor

Doing = tuple[str, str]
"""The name of an address, and the words of its button."""


def doings(actor: Actor, dossier: Dossier, now: datetime) -> list[Doing]:
    """The next acts of the tender that this actor may do, in order; none when it is closed."""
    if dossier.is_closed:
        return []
    if access.may_run_award(actor, dossier):
        return [*_of_award(dossier, now), *_of_end(dossier)]
    return _of_end(dossier) if access.may_award(actor, dossier) else []


def _of_award(dossier: Dossier, now: datetime) -> list[Doing]:
    if dossier.awarded_on:
        return []
    verify = ("dossier:verify", _("Segna la verifica dei requisiti"))
    if dossier.is_direct:
        return [] if dossier.verified_on else [verify]
    if not dossier.is_frozen:
        return [("dossier:publish", _("Segna la pubblicazione"))]
    if not dossier.offers_are_closed(now):
        return [("dossier:correct", _("Fai una rettifica"))]
    if dossier.commission_on is None:
        return [("dossier:commission", _("Segna la nomina della commissione"))]
    return [] if dossier.verified_on else [verify]


def _of_end(dossier: Dossier) -> list[Doing]:
    if dossier.verified_on and not dossier.awarded_on:
        return [("dossier:award", _("Segna l'aggiudicazione"))]
    if dossier.awarded_on and not dossier.signed_on:
        return [("dossier:sign", _("Segna la firma del contratto"))]
    if dossier.signed_on:
        return [("dossier:closing", _("Chiudi il fascicolo"))]
    return []
