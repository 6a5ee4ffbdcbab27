"""What the page «Chiusura» shows and proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.casework.models import Phase, Step
from casa.dossier import access
from casa.dossier.figures import band_of, days_by_phase
from casa.dossier.models import Closing, Dossier, Participant, Sharing, Timetable
from casa.dossier.queries.sharing import Document, models_used
from casa.library.models import Entry, Version
from casa.library.models.choices import AmountBand, Audience, Criterion
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True)
class Ending:
    """How a closed dossier ended: its figures, and what was shared of it.

    `version` is the one of the entry, where the actor may read it.
    """

    closing: Closing
    days: Sequence[tuple[str, int]]
    total_days: int
    band: str
    models: Sequence[Entry]
    sharing: Sharing | None
    version: Version | None


def first_closing(actor: Actor, dossier: Dossier, now: datetime) -> Mapping[str, object]:
    """What the dossier knows of its end already. Two queries at most."""
    known: dict[str, object] = {}
    if dossier.signed_on:
        known["esito"] = Closing.Outcome.CONCLUDED
    if access.may_read_participants(actor, dossier, now):
        bidders = Participant.objects.filter(dossier=dossier, role=Participant.Role.BIDDER)
        known["offerte"] = bidders.count() or None
    timetable = Timetable.objects.filter(dossier=dossier).only("lowest_price").first()
    if timetable and timetable.lowest_price and not dossier.is_direct:
        known["criterio"] = Criterion.LOWEST_PRICE
    return known


def ending_of(actor: Actor, dossier: Dossier) -> Ending:
    """How it ended. Five queries."""
    steps = Step.objects.filter(case=dossier.case_id)
    days = days_by_phase(timezone.localdate(dossier.case.opened_at), steps)
    row = Sharing.objects.filter(dossier=dossier).select_related("body").first()
    versions = Version.objects.visible_to(actor).select_related("entry").defer("text")
    return Ending(
        closing=Closing.objects.select_related("person").get(dossier=dossier),
        days=[(str(phase.label), days[phase]) for phase in Phase if phase in days],
        total_days=sum(days.values()),
        band=str(AmountBand(band_of(dossier.amount)).label),
        models=models_used(dossier),
        sharing=row,
        version=versions.filter(pk=row.version_id).first() if row and row.version_id else None,
    )


def first_sharing(dossier: Dossier, ending: Ending) -> Mapping[str, object]:
    """What was chosen last, else what is proposed. It asks nothing."""
    row = ending.sharing
    if row:
        return {
            "titolo": row.title,
            "oggetto": row.object,
            "lettori": row.audience,
            "documenti": [str(key) for key in row.copies],
        }
    words = _("%(procedure)s, %(kind)s, importo: %(band)s. Com'è andata, in %(days)d giorni.")
    told = {
        "procedure": dossier.get_procedure_display(),
        "kind": str(dossier.get_kind_display()).lower(),
        "band": ending.band.lower(),
        "days": ending.total_days,
    }
    return {"titolo": dossier.case.title, "oggetto": words % told, "lettori": Audience.PUBLIC}


def ready_choices(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """The documents that may be chosen, by the key of their cleaned copy."""
    return [
        (str(one.cleaned.pk), str(one.cleaned.copy))
        for one in documents
        if one.is_ready and one.cleaned
    ]
