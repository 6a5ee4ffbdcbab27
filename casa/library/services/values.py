"""What a person hands to the library's services: plain values, already valid in form."""

from dataclasses import dataclass, field
from datetime import date

from casa.intake.models import Upload
from casa.library.models import Tag
from casa.registry.models import Office, Pillar


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The fields of an entry's card (feature B1). Blank text means «does not apply»."""

    kind: str
    title: str
    object: str
    pillar: Pillar
    office: Office
    licence: str
    procedure_type: str = ""
    contract_type: str = ""
    criterion: str = ""
    amount_band: str = ""
    phase: str = ""
    cpv_codes: list[str] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A version as its author writes it: what changes, why, from when, for whom, which files."""

    changes: str
    why: str
    effective_on: date
    audience: str
    uploads: list[Upload]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of the review's checklist, as it was asked, and its answer."""

    question: str
    yes: bool


@dataclass(frozen=True, slots=True)
class Waiver:
    """A warning that the reviewer accepts, and why."""

    finding: str
    reason: str
