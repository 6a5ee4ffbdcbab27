"""What a load of the territory did, in Italian lines for the operator."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from casa.registry.services.territory.plan import Plan


@dataclass(frozen=True, slots=True)
class Report:
    """The changes, the totals after them, and the bodies somebody must look at."""

    plan: Plan
    provinces: int
    municipalities: int
    flagged: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return not self.plan.is_empty

    def lines(self) -> Iterator[str]:
        """One line per change, then the bodies to look at, then the totals."""
        if self.plan.is_empty:
            yield _("Nessuna differenza.")
        yield from _province_lines(self.plan)
        yield from _municipality_lines(self.plan)
        for name in self.flagged:
            yield _("Da guardare: %(body)s è cessato ma vi lavora ancora qualcuno.") % {
                "body": name
            }
        yield self.totals

    @property
    def totals(self) -> str:
        return _("Province: %(provinces)s. Comuni: %(municipalities)s.") % {
            "provinces": number_format(self.provinces, force_grouping=True),
            "municipalities": number_format(self.municipalities, force_grouping=True),
        }

    def counts(self) -> dict[str, int]:
        """The same in numbers, for the trail."""
        municipalities = self.plan.municipalities
        merged = sum(1 for ended in self.plan.ended if ended.successor)
        renamed = [p for p in municipalities.changed if p.before.name != p.after.name]
        return {
            "added": len(municipalities.added),
            "merged": merged,
            "suppressed": len(self.plan.ended) - merged,
            "renamed": len(renamed),
            "moved": len(municipalities.moved),
            "provinces_added": len(self.plan.provinces.added),
            "provinces_ended": len(self.plan.provinces.gone),
            "provinces_moved": len(self.plan.provinces.moved),
        }


def _province_lines(plan: Plan) -> Iterator[str]:
    changes = plan.provinces
    for row in changes.added:
        yield _("Provincia aggiunta: %(name)s (%(code)s)") % {"name": row.name, "code": row.code}
    for row in changes.gone:
        yield _("Provincia soppressa: %(name)s (%(code)s)") % {"name": row.name, "code": row.code}
    for pair in changes.moved:
        yield _("Provincia con nuovo codice: %(name)s (%(old)s → %(new)s)") % {
            "name": pair.after.name,
            "old": pair.before.code,
            "new": pair.after.code,
        }
    for pair in changes.changed:
        yield _("Provincia modificata: %(old)s → %(new)s (%(code)s)") % {
            "old": pair.before.name,
            "new": pair.after.name,
            "code": pair.after.code,
        }


def _municipality_lines(plan: Plan) -> Iterator[str]:
    for row in plan.municipalities.added:
        yield _("Aggiunto: %(name)s (%(code)s)") % {"name": row.name, "code": row.code}
    for ended in plan.ended:
        values = {"name": ended.row.name, "code": ended.row.code}
        if ended.successor:
            values["into"] = ended.successor.name
            yield _("Fuso: %(name)s (%(code)s) → %(into)s") % values
        else:
            yield _("Soppresso: %(name)s (%(code)s); l'elenco non dice in quale Comune") % values
    for pair in plan.municipalities.moved:
        yield _("Spostato: %(name)s (%(old)s → %(new)s)") % {
            "name": pair.after.name,
            "old": pair.before.code,
            "new": pair.after.code,
        }
    for pair in plan.municipalities.changed:
        if pair.before.name != pair.after.name:
            yield _("Rinominato: %(old)s → %(new)s (%(code)s)") % {
                "old": pair.before.name,
                "new": pair.after.name,
                "code": pair.after.code,
            }
        else:
            yield _("Corretto: %(name)s (%(code)s)") % {
                "name": pair.after.name,
                "code": pair.after.code,
            }
