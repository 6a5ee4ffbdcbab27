"""Entries, their immutable versions, their files and clauses, reviews, kits, imports, tallies,
what came from our own texts."""

from casa.library.models.citations import Citation, CitationReading
from casa.library.models.clauses import Clause
from casa.library.models.corrections import HeadingCorrection
from casa.library.models.entries import Entry, Tag
from casa.library.models.imports import ImportedRow, ImportRun
from casa.library.models.kits import Kit, KitItem, KitTally
from casa.library.models.reviews import Review
from casa.library.models.starter import StarterKit, StarterText
from casa.library.models.tallies import BodyUse, Tally
from casa.library.models.versions import Version, VersionFile

__all__ = [
    "BodyUse",
    "Citation",
    "CitationReading",
    "Clause",
    "Entry",
    "HeadingCorrection",
    "ImportRun",
    "ImportedRow",
    "Kit",
    "KitItem",
    "KitTally",
    "Review",
    "StarterKit",
    "StarterText",
    "Tag",
    "Tally",
    "Version",
    "VersionFile",
]
