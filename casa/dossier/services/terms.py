"""The shortest terms that the law gives to those who make offers."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier.models import Dossier
from casa.foundation.errors import Refused
from casa.guide.queries import law_of

TOPIC = "minimum_terms"
CODES = {
    "open_procedure": ("open", "open_urgent"),
    "restricted_procedure": ("restricted_offers", "restricted_offers_urgent"),
}
"""By procedure: the ordinary term for offers and the urgent one; of the others none is asked."""


def refuse_short(dossier: Dossier, *, on: date, offers_due_at: datetime, urgent: bool) -> None:
    """Refuse a term for offers that is shorter than the law of the day of the notice allows."""
    codes = CODES.get(dossier.procedure)
    if codes is None:
        return
    law, given = law_of(), (timezone.localdate(offers_due_at) - on).days
    ordinary, shortest = (law.row(TOPIC, code, on) for code in codes)
    row = shortest if urgent else ordinary
    if row is None or row.value is None or given >= row.value:
        return
    said = {"given": given, "least": int(row.value), "citation": row.citation}
    words = _(
        "Il termine per le offerte è di %(given)d giorni: per questa procedura ne servono almeno "
        "%(least)d (%(citation)s)."
    )
    more = "" if urgent else _(" Se c'è un'urgenza motivata, segnala: il termine è più breve.")
    raise Refused(words % said + more)
