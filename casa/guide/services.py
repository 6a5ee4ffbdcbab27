"""Loading the table of norms."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.drafting import norms
from casa.foundation.errors import Refused
from casa.guide.models import Norm
from casa.guide.queries import FIELDS, identity, rows_by_key
from casa.registry import trail
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True)
class Report:
    """What a load changed, row by row; `kept` are those that editors corrected."""

    read: int
    added: Sequence[str]
    changed: Sequence[str]
    removed: Sequence[str]
    kept: Sequence[str]

    @property
    def changes(self) -> int:
        """How many rows are not what they were."""
        return len(self.added) + len(self.changed) + len(self.removed)

    def lines(self) -> list[str]:
        """The report for people."""
        said = [
            *(_("Nuova: %s") % name for name in self.added),
            *(_("Cambiata: %s") % name for name in self.changed),
            *(_("Tolta: %s") % name for name in self.removed),
            *(_("Resta come l'ha corretta la redazione: %s") % name for name in self.kept),
        ]
        return [*said, self._totals()]

    def _totals(self) -> str:
        read = ngettext("%d riga letta", "%d righe lette", self.read) % self.read
        counts = (len(self.added), len(self.changed), len(self.removed))
        return _("Norme: %(read)s; %(changes)s.") % {
            "read": read,
            "changes": _("%d nuove, %d cambiate, %d tolte") % counts,
        }


def read_norms(path: Path) -> tuple[norms.Norm, ...]:
    """The rows of a file like `data/norms.toml`; refused as a whole when one is wrong."""
    try:
        return norms.NormTable.from_toml(path).norms
    except norms.BadNorms as reason:
        raise Refused(_("%(reason)s Nulla è cambiato.") % {"reason": reason}) from reason
    except (OSError, UnicodeDecodeError) as reason:
        raise Refused(
            _("Il file %s non si può leggere: controlla percorso e permessi.") % path
        ) from reason


@transaction.atomic
def load_norms(rows: Sequence[norms.Norm], *, source: str, actor: Actor, now: datetime) -> Report:
    """Make the table equal the file's, but for the rows that editors wrote or corrected.

    Repeating a load changes nothing and writes nothing. A row of the file that speaks of the same
    norm and day as an editor's row is left out, and the report says so. Refused when two rows of
    the file contradict each other.
    """
    _refuse_contradictions(rows)
    known = list(Norm.objects.select_for_update())
    ours = [row for row in known if is_untouched(row)]
    theirs = [row for row in known if not is_untouched(row)]
    kept = [row for row in rows if any(_clash(row, other) for other in theirs)]
    wanted = [row for row in rows if row not in kept]
    report = _write(wanted, rows_by_key(ours), kept=kept)
    if report.changes:
        _remember(report, source=source, actor=actor, now=now)
    return report


def is_untouched(row: Norm) -> bool:
    """Whether a row still says what it said when it was loaded."""
    return bool(row.seed_digest) and row.seed_digest == digest(row)


def digest(row: Norm | norms.Norm) -> str:
    """The row in one word."""
    return hashlib.sha256(repr([str(getattr(row, name)) for name in FIELDS]).encode()).hexdigest()


def _refuse_contradictions(rows: Sequence[norms.Norm]) -> None:
    try:
        norms.NormTable(rows)
    except norms.BadNorms as reason:
        raise Refused(_("%(reason)s Nulla è cambiato.") % {"reason": reason}) from reason


def _write(
    wanted: Sequence[norms.Norm],
    ours: dict[tuple[object, ...], Norm],
    *,
    kept: Sequence[norms.Norm],
) -> Report:
    """First what goes, then what changes, then what comes: at no moment do two rows overlap."""
    named = {identity(row): row for row in wanted}
    gone = [row for key, row in ours.items() if key not in named]
    other = [(ours[key], row) for key, row in named.items() if _differs(ours.get(key), row)]
    new = [row for key, row in named.items() if key not in ours]
    Norm.objects.filter(pk__in=[row.pk for row in gone]).delete()
    for old, row in other:
        _fill(old, row).save()
    Norm.objects.bulk_create(_fill(Norm(), row) for row in new)
    return Report(
        read=len(wanted) + len(kept),
        added=[_named(row) for row in new],
        changed=[_named(row) for _old, row in other],
        removed=[_named(row) for row in gone],
        kept=[_named(row) for row in kept],
    )


def _differs(old: Norm | None, row: norms.Norm) -> bool:
    return old is not None and old.seed_digest != digest(row)


def _fill(old: Norm, row: norms.Norm) -> Norm:
    for name in FIELDS:
        setattr(old, name, getattr(row, name))
    old.seed_digest = digest(row)
    return old


def _clash(row: norms.Norm, other: Norm) -> bool:
    same = identity(row)[:-1] == identity(other)[:-1]
    begins = row.valid_to is None or other.valid_from < row.valid_to
    ends = other.valid_to is None or row.valid_from < other.valid_to
    return same and begins and ends


def _named(row: Norm | norms.Norm) -> str:
    state = Norm.Status(row.status).label
    return _("%(norm)s: %(state)s dal %(day)s") % {
        "norm": norms.name_of(row),
        "state": state,
        "day": row.valid_from.strftime("%d/%m/%Y"),
    }


def _remember(report: Report, *, source: str, actor: Actor, now: datetime) -> None:
    first = Norm.objects.order_by("pk").first()
    if first:
        trail.record(
            "guide.norms.loaded",
            first,
            actor=actor,
            now=now,
            source=source,
            added=len(report.added),
            changed=len(report.changed),
            removed=len(report.removed),
        )
