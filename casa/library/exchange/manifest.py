"""The manifest of a bundle: what it says, written in one way only."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

FORMAT = "casa-scambio/1"
OPEN_LICENCES = ("CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "EUPL-1.2")
"""Written out: a licence that comes to the cards one day is not open for that."""
MOST_ENTRIES, MOST_VERSIONS, MOST_FILES, MOST_NUMBER = 500, 200, 50, 100_000


@dataclass(frozen=True, slots=True)
class Owner:
    """The body that a text is of, by the codes that all installations know. Never a person."""

    name: str
    kind: str
    ipa_code: str
    municipality: str
    province: str


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry was adapted from, wherever that is."""

    installation: str
    key: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of a version; in the ZIP it is called by its digest."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version. `based_on` is the number of the source's version it follows, or 0."""

    number: int
    changes: str
    why: str
    effective_on: str
    published_at: str
    reviewed: bool
    based_on: int
    files: tuple[File, ...]

    @property
    def print(self) -> str:
        """What tells two versions of one number apart: the text and the day it takes effect."""
        files = [file.sha256 for file in self.files]
        return hashlib.sha256(canonical([self.number, self.effective_on, files])).hexdigest()

    @property
    def starts_on(self) -> date:
        return date.fromisoformat(self.effective_on)


@dataclass(frozen=True, slots=True)
class Described:
    """One entry with its public versions, the oldest first."""

    key: str
    address: str
    kind: str
    title: str
    object: str
    pillar: str
    licence: str
    procedure_type: str
    contract_type: str
    criterion: str
    amount_band: str
    phase: str
    cpv_codes: tuple[str, ...]
    norms: tuple[str, ...]
    tags: tuple[str, ...]
    review_by: str
    body: Owner
    source: Source | None
    versions: tuple[Edition, ...]

    @property
    def newest(self) -> Edition:
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who made the bundle, when, and what is in it."""

    format: str
    installation: str
    name: str
    public_key: str
    made_at: str
    entries: tuple[Described, ...]

    def files(self) -> Iterator[File]:
        """Every file, as often as it is named."""
        for entry in self.entries:
            for version in entry.versions:
                yield from version.files

    def to_bytes(self) -> bytes:
        return canonical(asdict(self))


def canonical(value: object) -> bytes:
    """One way to write a value: sorted names, no blanks, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def plain(source: Source) -> dict[str, str]:
    """A source as plain JSON."""
    return asdict(source)


def made_at(manifest: Manifest) -> datetime:
    return datetime.fromisoformat(manifest.made_at)
