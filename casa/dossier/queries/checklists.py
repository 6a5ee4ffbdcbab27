"""The documents that the guide knows for a step, by the law of the day of the notice."""

from casa.casework.models import Step
from casa.dossier.models import Dossier
from casa.guide.law import Row
from casa.guide.queries import law_of

TOPIC = "checklists"


def checklist_of(dossier: Dossier, step: Step) -> Row | None:
    """What a step of this procedure usually needs; None where the guide says nothing. One query."""
    on = dossier.published_on or dossier.notice_on
    rows = law_of().rows(TOPIC, on)
    return next((row for row in rows if _is_for(row, step.code, dossier.procedure)), None)


def _is_for(row: Row, step: str, procedure: str) -> bool:
    procedures = str(row.details.get("procedures", "")).split()
    return row.details.get("step") == step and (not procedures or procedure in procedures)
