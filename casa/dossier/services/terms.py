"""The shortest terms that the law gives to those who make offers."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier.models import Dossier, Timetable
from casa.dossier.timeline import is_noticed, least_row
from casa.foundation.errors import Refused
from casa.guide.law import Law
from casa.guide.queries import law_of

TOPIC = "minimum_terms"


def refuse_short(dossier: Dossier, *, on: date, offers_due_at: datetime, urgent: bool) -> None:
    """Refuse a term for offers that is shorter than the law of the day of the notice allows."""
    law = law_of()
    noticed = _announced(dossier, law, on)
    ordinary, shortest = (
        least_row(dossier.procedure, urgent=each, noticed=noticed) for each in (False, True)
    )
    if not ordinary:
        return
    given = (timezone.localdate(offers_due_at) - on).days
    row = law.row(TOPIC, shortest if urgent else ordinary, on)
    if row is None or row.value is None or given >= row.value:
        return
    said = {"given": given, "least": int(row.value), "citation": row.citation}
    words = _(
        "Il termine per le offerte è di %(given)d giorni: per questa procedura ne servono almeno "
        "%(least)d (%(citation)s)."
    )
    may_hurry = not urgent and shortest != ordinary
    more = _(" Se c'è un'urgenza motivata, segnala: il termine è più breve.") if may_hurry else ""
    raise Refused(words % said + more)


def _announced(dossier: Dossier, law: Law, on: date) -> bool:
    """Whether a notice of prior information, as its timetable tells, shortens the term."""
    table = Timetable.objects.filter(dossier=dossier).only("prior_notice_on").first()
    return is_noticed(table.prior_notice_on if table else None, law, on)
