"""What differs between two lists of places. Plain values in, plain values out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from casa.registry.services.territory.lists import MunicipalityRow, PlaceList, ProvinceRow

Row = TypeVar("Row", ProvinceRow, MunicipalityRow)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Row]):
    """The same place before and after."""

    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class Ended:
    """A Comune that is no more, and the one that took its place where that is known."""

    row: MunicipalityRow
    successor: MunicipalityRow | None


@dataclass(frozen=True, slots=True)
class Changes(Generic[Row]):
    """What happened to the places of one kind: `moved` got another code, `changed` kept theirs."""

    added: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    moved: list[Pair[Row]] = field(default_factory=list)
    changed: list[Pair[Row]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that must happen for the register to equal a list."""

    provinces: Changes[ProvinceRow]
    municipalities: Changes[MunicipalityRow]
    ended: list[Ended]

    @property
    def is_empty(self) -> bool:
        return not any(
            (part.added, part.gone, part.moved, part.changed) != ([], [], [], [])
            for part in (self.provinces, self.municipalities)
        )


def compare(
    now: PlaceList, target: PlaceList, *, successor_of: Callable[[str], str | None]
) -> Plan:
    """What leads from `now` to `target`.

    A Comune with another code is the same place when it keeps its cadastral code, a Province
    when it keeps its name: ISTAT gives new codes when Provinces are redrawn.
    """
    municipalities = _changes(
        now.municipalities, target.municipalities, same=lambda row: row.cadastral
    )
    return Plan(
        provinces=_changes(now.provinces, target.provinces, same=lambda row: row.name),
        municipalities=municipalities,
        ended=[
            Ended(row, _successor(row, target, municipalities.added, successor_of(row.code)))
            for row in municipalities.gone
        ],
    )


def _changes(
    now: Mapping[str, Row], target: Mapping[str, Row], *, same: Callable[[Row], str]
) -> Changes[Row]:
    fresh = {same(row): row for code, row in target.items() if code not in now and same(row)}
    changes: Changes[Row] = Changes()
    for code, row in now.items():
        if code in target:
            if target[code] != row:
                changes.changed.append(Pair(row, target[code]))
        elif same(row) in fresh:
            changes.moved.append(Pair(row, fresh.pop(same(row))))
        else:
            changes.gone.append(row)
    moved_to = {pair.after.code for pair in changes.moved}
    changes.added.extend(
        row for code, row in target.items() if code not in now and code not in moved_to
    )
    return changes


def _successor(
    row: MunicipalityRow,
    target: PlaceList,
    added: list[MunicipalityRow],
    known: str | None,
) -> MunicipalityRow | None:
    """Our table knows; else a new Comune of the same Province that carries the old name."""
    if known in target.municipalities:
        return target.municipalities[known]
    heirs = [new for new in added if new.province == row.province and row.name in new.name]
    return heirs[0] if len(heirs) == 1 else None
