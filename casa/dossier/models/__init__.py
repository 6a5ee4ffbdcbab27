"""Dossiers, their documents, their corrigenda and who takes part."""

from casa.dossier.models.answers import Answer, Product
from casa.dossier.models.closings import Closing, SharedTender, Sharing
from casa.dossier.models.corrigenda import Corrigendum
from casa.dossier.models.dossiers import Dossier, DossierQuerySet
from casa.dossier.models.lots import Lot
from casa.dossier.models.papers import Paper
from casa.dossier.models.parcels import Parcel
from casa.dossier.models.participants import Participant
from casa.dossier.models.timetables import CalendarFeed, Timetable

__all__ = [
    "Answer",
    "CalendarFeed",
    "Closing",
    "Corrigendum",
    "Dossier",
    "DossierQuerySet",
    "Lot",
    "Paper",
    "Parcel",
    "Participant",
    "Product",
    "SharedTender",
    "Sharing",
    "Timetable",
]
