"""Entries, their immutable versions, their files and clauses, reviews, kits, imports, tallies,
what came from our own texts; where entries come from, who uses them, which norms hit them, which
clauses are compulsory; what came from other installations."""

from casa.library.models.adoptions import Adoption, Endorsement, Experience
from casa.library.models.campaigns import Campaign, CampaignHit
from casa.library.models.citations import Citation, CitationReading
from casa.library.models.clauses import Clause
from casa.library.models.corrections import HeadingCorrection
from casa.library.models.entries import Entry, Tag
from casa.library.models.exchange import Arrival, Bundle, BundleLine, Installation
from casa.library.models.fields import FieldReading, MadeModel
from casa.library.models.imports import ImportedRow, ImportRun
from casa.library.models.kits import Kit, KitItem, KitTally
from casa.library.models.lineage import Basis, Derivation, Rewriting, Taking
from casa.library.models.obligations import Departure, Obligation
from casa.library.models.reviews import Review
from casa.library.models.starter import StarterKit, StarterText
from casa.library.models.suggestions import Suggestion
from casa.library.models.tallies import BodyUse, Tally
from casa.library.models.versions import Version, VersionFile

__all__ = [
    "Adoption",
    "Arrival",
    "Basis",
    "BodyUse",
    "Bundle",
    "BundleLine",
    "Campaign",
    "CampaignHit",
    "Citation",
    "CitationReading",
    "Clause",
    "Departure",
    "Derivation",
    "Endorsement",
    "Entry",
    "Experience",
    "FieldReading",
    "HeadingCorrection",
    "ImportRun",
    "ImportedRow",
    "Installation",
    "Kit",
    "KitItem",
    "KitTally",
    "MadeModel",
    "Obligation",
    "Review",
    "Rewriting",
    "StarterKit",
    "StarterText",
    "Suggestion",
    "Tag",
    "Taking",
    "Tally",
    "Version",
    "VersionFile",
]
