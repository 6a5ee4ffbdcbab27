"""What pages show of dossiers."""

from casa.dossier.queries.checking import findings_of
from casa.dossier.queries.checklists import checklist_of
from casa.dossier.queries.filling import (
    Asked,
    Form,
    answers_of,
    fillable_papers,
    forms_of,
    given_to,
    questions_of,
    secret_names,
    used_by,
    values_of,
)
from casa.dossier.queries.history import history
from casa.dossier.queries.laying import Ready, ready_models
from casa.dossier.queries.lists import Line, dossiers_of
from casa.dossier.queries.papers import (
    Laid,
    choices_for,
    files_of,
    papers_of,
    published_papers,
    versions_for,
)
from casa.dossier.queries.people import gone, helpers_of, officers_of
from casa.dossier.queries.proposals import NEARNESS, Proposal, models_of, proposals
from casa.dossier.queries.whole import Whole, lots_of, whole

__all__ = [
    "NEARNESS",
    "Asked",
    "Form",
    "Laid",
    "Line",
    "Proposal",
    "Ready",
    "Whole",
    "answers_of",
    "checklist_of",
    "choices_for",
    "dossiers_of",
    "files_of",
    "fillable_papers",
    "findings_of",
    "forms_of",
    "given_to",
    "gone",
    "helpers_of",
    "history",
    "lots_of",
    "models_of",
    "officers_of",
    "papers_of",
    "proposals",
    "published_papers",
    "questions_of",
    "ready_models",
    "secret_names",
    "used_by",
    "values_of",
    "versions_for",
    "whole",
]
