"""Bringing the CPV table up to a file. Codes the file leaves out stay: cards may carry them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from casa.registry import trail
from casa.registry.actor import Actor
from casa.search.cpv import guessing, line_of
from casa.search.models import CardVector, CpvCode, IndexState


@dataclass(frozen=True, slots=True)
class Report:
    """What a load changed; `relabelled` holds code → (before, now)."""

    read: int
    added: tuple[str, ...]
    relabelled: Mapping[str, tuple[str, str]]

    @property
    def changed(self) -> int:
        return len(self.added) + len(self.relabelled)

    def lines(self) -> list[str]:
        said = [f"{code}: «{before}» → «{now}»" for code, (before, now) in self.relabelled.items()]
        numbers = {"read": self.read, "new": len(self.added), "changed": len(self.relabelled)}
        said.append(
            _("Codici CPV letti: %(read)d; nuovi: %(new)d; con altra etichetta: %(changed)d.")
            % numbers
        )
        if self.changed:
            said.append(_("La ricerca si ricostruisce da sé con le nuove parole."))
        return said


@transaction.atomic
def load_cpv(labels: Mapping[str, str], *, source: str, actor: Actor, keep: bool = False) -> Report:
    """Add new codes and correct labels; ask for a new index when anything changed.

    Repeating a load changes nothing and writes nothing. With `keep`, labels already there stay:
    the house's own short table never overwrites a newer nomenclature.
    """
    known = dict(CpvCode.objects.select_for_update().values_list("code", "label"))
    added = tuple(sorted(set(labels) - set(known)))
    other = {code for code, label in labels.items() if known.get(code, label) != label}
    relabelled = {} if keep else {code: (known[code], labels[code]) for code in sorted(other)}
    report = Report(read=len(labels), added=added, relabelled=relabelled)
    if report.changed:
        _write(report, labels)
        _hang_in_tree()
        IndexState.objects.update(rebuild_wanted=True)
        CardVector.objects.update(sequence=0)
        transaction.on_commit(guessing.forget)
        _remember(report, source=source, actor=actor)
    return report


def _remember(report: Report, *, source: str, actor: Actor) -> None:
    first = next(iter((*report.added, *report.relabelled)))
    trail.record(
        "search.cpv.loaded",
        CpvCode.objects.get(pk=first),
        actor=actor,
        source=source,
        added=len(report.added),
        relabelled=len(report.relabelled),
    )


def _write(report: Report, labels: Mapping[str, str]) -> None:
    rows = [CpvCode(code=code, label=labels[code]) for code in (*report.added, *report.relabelled)]
    CpvCode.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["label"]
    )


def _hang_in_tree() -> None:
    """Each code under the nearest one there is: the nomenclature leaves some levels out."""
    rows = {row.code: row for row in CpvCode.objects.all()}
    moved = []
    for code, row in rows.items():
        parent = next((above for above in line_of(code)[1:] if above in rows), None)
        if row.parent_id != parent:
            row.parent_id = parent
            moved.append(row)
    CpvCode.objects.bulk_update(moved, ["parent"], batch_size=2_000)
