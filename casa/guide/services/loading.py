"""Making a table equal to a file, but for the rows that editors wrote or corrected."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casa.guide.models import Norm, Rule
from casa.guide.services.reports import Report
from casa.registry import trail
from casa.registry.actor import Actor

Stored = Norm | Rule


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the law: its model, the fields of a row, what a row is about, its name."""

    model: type[Norm] | type[Rule]
    fields: Sequence[str]
    key: Sequence[str]
    named: Callable[[Any], str]
    title: str
    act: str

    def identity(self, row: Any) -> tuple[object, ...]:
        """What tells a row from any other: what it is about and its first day."""
        return *(getattr(row, name) for name in self.key), row.valid_from

    def digest(self, row: Any) -> str:
        """The row in one word."""
        said = repr([_plain(getattr(row, name)) for name in self.fields])
        return hashlib.sha256(said.encode()).hexdigest()

    def is_untouched(self, row: Stored) -> bool:
        """Whether a row still says what it said when it was loaded."""
        return bool(row.seed_digest) and row.seed_digest == self.digest(row)


def load(table: Table, rows: Sequence[Any], *, source: str, actor: Actor, now: datetime) -> Report:
    """Repeating a load changes nothing and writes nothing.

    A row of the file that speaks of the same thing and day as an editor's row is left out, and the
    report says so. Whoever calls holds the transaction.
    """
    known: list[Stored] = list(table.model._default_manager.select_for_update())
    theirs = [row for row in known if not table.is_untouched(row)]
    kept = [row for row in rows if any(_clash(table, row, other) for other in theirs)]
    wanted = [row for row in rows if row not in kept]
    ours = {table.identity(row): row for row in known if table.is_untouched(row)}
    report = _write(table, wanted, ours, kept=kept)
    if report.changes:
        _remember(table, report, source=source, actor=actor, now=now)
    return report


def _write(
    table: Table,
    wanted: Sequence[Any],
    ours: dict[tuple[object, ...], Stored],
    *,
    kept: Sequence[Any],
) -> Report:
    """First what goes, then what changes, then what comes: at no moment do two rows overlap."""
    named = {table.identity(row): row for row in wanted}
    gone = [row for key, row in ours.items() if key not in named]
    other = [
        (ours[key], row)
        for key, row in named.items()
        if key in ours and ours[key].seed_digest != table.digest(row)
    ]
    new = [row for key, row in named.items() if key not in ours]
    said = {
        "added": [table.named(row) for row in new],
        "changed": [table.named(row) for _old, row in other],
        "removed": [table.named(row) for row in gone],
        "kept": [table.named(row) for row in kept],
    }
    _apply(table, gone, other, new)
    return Report(title=table.title, read=len(wanted) + len(kept), **said)


def _apply(
    table: Table,
    gone: Iterable[Stored],
    other: Iterable[tuple[Stored, Any]],
    new: Iterable[Any],
) -> None:
    stored: Any = table.model._default_manager
    stored.filter(pk__in=[row.pk for row in gone]).delete()
    for old, row in other:
        _fill(table, old, row).save()
    stored.bulk_create(_fill(table, table.model(), row) for row in new)


def _fill(table: Table, old: Stored, row: Any) -> Stored:
    for name in table.fields:
        setattr(old, name, getattr(row, name))
    old.seed_digest = table.digest(row)
    return old


def _clash(table: Table, row: Any, other: Stored) -> bool:
    same = table.identity(row)[:-1] == table.identity(other)[:-1]
    begins = row.valid_to is None or other.valid_from < row.valid_to
    ends = other.valid_to is None or row.valid_from < other.valid_to
    return same and begins and ends


def _plain(value: object) -> str:
    """Numbers and small tables the same from a file and from the database; else as it prints."""
    if isinstance(value, Mapping):
        return repr(sorted(value.items()))
    normal = getattr(value, "normalize", None)
    return f"{normal():f}" if normal else str(value)


def _remember(table: Table, report: Report, *, source: str, actor: Actor, now: datetime) -> None:
    first = table.model._default_manager.order_by("pk").first()
    if first:
        trail.record(
            table.act,
            first,
            actor=actor,
            now=now,
            source=source,
            added=len(report.added),
            changed=len(report.changed),
            removed=len(report.removed),
        )
