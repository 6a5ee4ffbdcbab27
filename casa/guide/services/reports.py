"""What a load changed, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Report:
    """What a load changed, row by row; `kept` are those that editors corrected."""

    title: str
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
        return _("%(title)s: %(read)s; %(changes)s.") % {
            "title": self.title,
            "read": read,
            "changes": _("%d nuove, %d cambiate, %d tolte") % counts,
        }
