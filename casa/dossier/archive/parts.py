"""What an archive is made of: each part gives its rows and files, and takes them back.

A section of a dossier that keeps rows of its own registers a part in `ready()`:
`parts.register(parts.Part(rank=60, name="tempi", label=_("Tempi"), about=…, rows=…, restore=…,
told=…))`. Its rows stand in `dati/<name>.json`; files are added with `packing.add_file`. Rows hold
no key of this database: steps go by code, people by `packing.people.who(person)`, papers by number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

from casa.casework.models import Step
from casa.dossier.archive.people import Found, People
from casa.dossier.archive.reading import Archive
from casa.dossier.models import Dossier, Paper
from casa.registry.actor import Actor

Row = dict[str, Any]
Names = Mapping[str, str]
Source = Callable[[], bytes] | Path


@dataclass(slots=True)
class Packing:
    """A dossier while it is packed for one reader at one moment."""

    dossier: Dossier
    actor: Actor
    now: datetime
    people: People = field(default_factory=People)
    files: dict[str, Source] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    papers: dict[int, int] = field(default_factory=dict)
    """By key of a paper, its number in the archive: those that this reader may read."""

    def add_file(self, name: str, source: Source) -> str:
        """Take a file along; gives the name under which it stands in the archive."""
        self.files.setdefault(name, source)
        return name

    def leave_out(self, sentence: str) -> None:
        """Say what is not in the archive and why; each sentence once."""
        if sentence not in self.left_out:
            self.left_out.append(sentence)


@dataclass(slots=True)
class Restoring:
    """A dossier while it comes back, part by part, in one transaction."""

    archive: Archive
    dossier: Dossier
    people: Found
    actor: Actor
    now: datetime
    steps: dict[str, Step] = field(default_factory=dict)
    papers: dict[int, Paper] = field(default_factory=dict)
    """By its number in the archive, the paper that was made."""
    notes: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Tell what could not come back as it was; each sentence once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: its place, its name in the archive, its words, and the two ways.

    `restore` may raise KeyError, TypeError, ValueError, ValidationError or a database error on rows
    that are not what `rows` gives: the whole import is then refused with the part's label.
    """

    rank: int
    name: str
    label: str | Promise
    about: str | Promise
    rows: Callable[[Packing], list[Row]]
    restore: Callable[[Restoring, list[Row]], None]
    told: Callable[[Row, Names], str]
    """One row in words, for the index; the names of people by their id in the archive."""


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Offer a part; the same name again takes the place of the first."""
    _parts[part.name] = part


def known() -> list[Part]:
    """The parts in the order in which they are packed and come back."""
    return sorted(_parts.values(), key=lambda one: (one.rank, one.name))
