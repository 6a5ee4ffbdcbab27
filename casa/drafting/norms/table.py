"""The table of norms, and what it says of a citation on a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

from casa.drafting.norms.reading import read_toml
from casa.drafting.norms.rows import BadNorms, Cited, Key, Norm

Status = Literal["in_force", "changed", "superseded", "repealed", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of a cited norm on a day.

    `since`: the first day of a state other than in force, if known; `replaced_by`: what to cite
    now, or ""; `note`: an Italian sentence, or ""; `to_check`: not compared with the law.
    """

    status: Status
    since: date | None = None
    replaced_by: str = ""
    note: str = ""
    to_check: bool = False


class NormTable:
    """Norms by what they are about. Immutable; built once, asked many times.

    Raises `BadNorms` when two rows say something of one norm on one day.
    """

    def __init__(self, norms: Iterable[Norm]) -> None:
        self.norms: Final = tuple(norms)
        self._by_key: Final = _grouped(self.norms)

    @classmethod
    def from_toml(cls, path: Path) -> "NormTable":
        """Read a file like `data/norms.toml`. Raises `BadNorms`, `OSError` without a file."""
        return cls(read_toml(path.read_text(encoding="utf-8")))

    def rows(self, key: Key) -> Sequence[Norm]:
        """The rows about exactly this, oldest first."""
        return self._by_key.get(key, ())

    def knows(self, act: str) -> bool:
        """Whether the table speaks of the whole act."""
        return bool(self.rows((act, "", "", "")))


def verdict(table: NormTable, citation: Cited, *, on: date) -> Verdict:
    """The state of the cited norm on the day `on`, by the row that speaks of it most closely.

    A letter without its own row has the state of its comma, that of its article, that of its act.
    A citation without act is ambiguous; a norm of which no row speaks on that day is unknown.
    """
    if not citation.act:
        return Verdict("ambiguous", note="Non si capisce quale atto è citato: scrivilo per intero.")
    about = [row for key in _keys(citation) for row in table.rows(key)]
    spoken = next((row for row in about if row.holds(on)), None)
    if spoken:
        return _said(spoken, since=_beginning(spoken, table.rows(spoken.key)))
    begun = [row.valid_from for row in about if row.status == "in_force"]
    later = min((day for day in begun if day > on), default=None)
    note = f"A quella data non era ancora in vigore: lo è dal {later:%d/%m/%Y}." if later else ""
    return Verdict("unknown", note=note)


def _grouped(norms: Sequence[Norm]) -> dict[Key, tuple[Norm, ...]]:
    grouped: dict[Key, list[Norm]] = {}
    for norm in norms:
        grouped.setdefault(norm.key, []).append(norm)
    ordered = {
        key: tuple(sorted(rows, key=lambda row: row.valid_from)) for key, rows in grouped.items()
    }
    for rows in ordered.values():
        for before, after in pairwise(rows):
            if before.valid_to is None or before.valid_to > after.valid_from:
                raise BadNorms(
                    f"Due righe dicono cose diverse di «{after.name}» nello stesso giorno."
                )
    return ordered


def _keys(cited: Cited) -> Iterator[Key]:
    """From the closest to the whole act; an article of an annex stands in its annex."""
    act, article, comma, letter = cited.act, cited.article, cited.comma, cited.letter
    annex = article.partition(" art. ")[0]
    keys = [(article, comma, letter), (article, comma, ""), (article, "", ""), (annex, "", "")]
    for rest in dict.fromkeys([*keys, ("", "", "")]):
        yield act, *rest


def _beginning(norm: Norm, rows: Sequence[Norm]) -> date:
    """The first day of the state: the rows before may say the same with another replacement."""
    begun = norm.valid_from
    for row in reversed(rows):
        if row.valid_to == begun and row.status == norm.status:
            begun = row.valid_from
    return begun


def _said(norm: Norm, *, since: date) -> Verdict:
    status: Any = norm.status
    told = " ".join(words for words in (norm.note, norm.exception) if words)
    begun = None if status == "in_force" else since
    unsure = norm.confidence != "verified"
    return Verdict(status, since=begun, replaced_by=norm.replaced_by, note=told, to_check=unsure)
