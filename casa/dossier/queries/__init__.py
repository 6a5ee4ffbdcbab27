"""What pages show of dossiers."""

from casa.dossier.queries.lists import Line, dossiers_of
from casa.dossier.queries.people import helpers_of, officers_of
from casa.dossier.queries.proposals import Proposal, models_of, proposals
from casa.dossier.queries.whole import Whole, whole

__all__ = [
    "Line",
    "Proposal",
    "Whole",
    "dossiers_of",
    "helpers_of",
    "models_of",
    "officers_of",
    "proposals",
    "whole",
]
