"""The named days of a tender as `data/dossier/timeline.toml` lists them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[3] / "data" / "dossier" / "timeline.toml"
ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One named day: what it is, how long after the day before it, whose fact makes it done."""

    code: str
    title: str
    citation: str
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    option: str = ""
    estimate: int = 0
    at_least: int = 0
    unit: str = "office"
    rolls: bool = False
    step: str = ""
    mark: str = ""
    least: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    noticed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_term(self) -> bool:
        """Whether its days are those of the calendar, not of offices."""
        return self.unit == "calendar"

    def belongs_to(self, procedure: str) -> bool:
        """Whether a tender of that procedure has the day."""
        return procedure not in self.never and (not self.only or procedure in self.only)

    def rule(self, procedure: str, *, urgent: bool, noticed: bool = False) -> str:
        """The rule that gives the shortest term; empty where the law gives none.

        Where the law has no urgent term, the ordinary one holds for urgent tenders too; as where it
        has none for those that a notice of prior information announced.
        """
        if noticed and procedure in self.noticed:
            return self.noticed[procedure]
        codes = self.least.get(procedure) or self.least.get(ANY, ())
        return codes[-1 if urgent else 0] if codes else ""


@cache
def every_link() -> tuple[Link, ...]:
    """All of them, in order."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["day"]
    return tuple(Link(**{name: _plain(value) for name, value in row.items()}) for row in rows)


def link(code: str) -> Link:
    """One of them."""
    return next(one for one in every_link() if one.code == code)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {name: _plain(codes) for name, codes in value.items()}
    return value
