"""Three versions become one: base, ours, theirs, clause by clause."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casa.drafting.comparing.aligning import align
from casa.drafting.comparing.units import Unit, continued, in_place, keyed_units, units_of
from casa.drafting.draft import Clause, Draft
from casa.drafting.keys import carry_keys
from casa.drafting.merging.deciding import decided, proposal
from casa.drafting.merging.model import ClauseMerge, Merge
from casa.drafting.merging.ordering import merged_order

Units = Sequence[Unit]


def merge(base: Draft, ours: Draft, theirs: Draft) -> Merge:
    """Merge what `ours` and `theirs` made of `base`.

    Keys are those of `base`, then of `ours`. Every clause of the three is in the answer, with a
    state that says what becomes of it: none vanishes without a word. A clause that both changed
    in different paragraphs is answered paragraph by paragraph ("art-7", "art-7~2").
    """
    own = continued(base.clauses, ours.clauses)
    foreign = _met(base.clauses, own, continued(base.clauses, theirs.clauses))
    found = _merged(units_of(base), keyed_units(ours, own), keyed_units(theirs, foreign))
    return Merge(tuple(_with_care_for_what_is_below(list(found))))


def _met(olds: Sequence[Clause], own: Sequence[Clause], foreign: Sequence[Clause]) -> list[Clause]:
    """Clauses that both added share a key when they are one clause, and have different ones else.

    Telling this is the same question as handing keys on: from those that are new in ours.
    """
    known = {clause.key for clause in olds}
    new_own = [clause for clause in own if clause.key not in known]
    new_foreign = [clause for clause in foreign if clause.key not in known]
    alike = {clause.key for clause in new_own}
    taken = known | alike
    keys: dict[str, str] = {}
    for clause, carried in zip(new_foreign, carry_keys(new_own, new_foreign), strict=True):
        key = carried.key if carried.key in alike else _free(clause.key, taken)
        alike.discard(key)
        taken.add(key)
        keys[clause.key] = key
    return [replace(clause, key=keys.get(clause.key, clause.key)) for clause in foreign]


def _free(key: str, taken: set[str]) -> str:
    free, count = key, 2
    while free in taken:
        free, count = f"{key}-{count}", count + 1
    return free


def _merged(base: Units, ours: Units, theirs: Units) -> Iterator[ClauseMerge]:
    """Units that continue each other have the same key on every side."""
    olds, own, foreign = ({unit.key: unit for unit in side} for side in (base, ours, theirs))
    moved = set(olds) & set(foreign) - in_place(list(olds), list(foreign))
    for key in merged_order(list(olds), list(own), list(foreign)):
        units = (olds.get(key), own.get(key), foreign.get(key))
        clause = _clause(key, *units)
        parts = _by_paragraph(key, *units) if clause.state == "conflict" else None
        yield from parts or [replace(clause, moved=key in moved)]


def _clause(key: str, base: Unit | None, ours: Unit | None, theirs: Unit | None) -> ClauseMerge:
    state, side = decided(base, ours, theirs)
    shown = ours or theirs or base
    both = None
    if state == "conflict" and base and ours and theirs:
        both = proposal(base.text, ours.text, theirs.text)
    return ClauseMerge(
        key=key,
        state=state,
        base=base.text if base else None,
        ours=ours.text if ours else None,
        theirs=theirs.text if theirs else None,
        side=side,
        label=shown.label if shown else "",
        heading=shown.heading if shown else "",
        proposal=both,
        units=(base, ours, theirs),
    )


def _by_paragraph(
    key: str, base: Unit | None, ours: Unit | None, theirs: Unit | None
) -> list[ClauseMerge] | None:
    """A clause of several paragraphs that both changed, as one answer for each paragraph."""
    if not (base and ours and theirs) or max(map(_size, (base, ours, theirs))) == 1:
        return None
    parts = _parts(base, [_part_key(key, place) for place in range(_size(base))])
    own = _parts(ours, _carried(key, base, ours, fresh="o"))
    foreign_keys = _carried(key, base, theirs, fresh="t")
    twins = {unit.bare: unit.key for unit in own if unit.key not in {p.key for p in parts}}
    foreign = []
    for unit in _parts(theirs, foreign_keys):
        fresh = unit.key not in {part.key for part in parts}
        foreign.append(replace(unit, key=twins.pop(unit.bare, unit.key)) if fresh else unit)
    return list(_merged(parts, own, foreign))


def _size(unit: Unit) -> int:
    return len(unit.blocks)


def _part_key(key: str, place: int) -> str:
    return f"{key}~{place + 1}" if place else key


def _carried(key: str, base: Unit, side: Unit, *, fresh: str) -> list[str]:
    """A key for each paragraph of a side: that of the base's paragraph it continues, or its own."""
    keys = {}
    for old, new in align(base.parts, side.parts):
        if new is not None:
            keys[new] = f"{key}~{fresh}{new + 1}" if old is None else _part_key(key, old)
    return [keys[place] for place in range(_size(side))]


def _parts(unit: Unit, keys: Sequence[str]) -> list[Unit]:
    return [
        replace(
            unit,
            key=key,
            heading=unit.heading if not place else "",
            blocks=(block,),
            first_block=unit.first_block + place,
            opens=unit.opens and not place,
        )
        for place, (key, block) in enumerate(zip(keys, unit.blocks, strict=True))
    ]


def _with_care_for_what_is_below(clauses: list[ClauseMerge]) -> Iterator[ClauseMerge]:
    """An article that one side removed and in which the other still works is not simply gone."""
    for place, clause in enumerate(clauses):
        gone = clause.side == "" and clause.state in ("ours", "theirs")
        other = "theirs" if clause.state == "ours" else "ours"
        if gone and any(below.state in (other, "conflict") for below in _below(clauses, place)):
            yield replace(
                clause, state="conflict", side="theirs" if clause.units[1] is None else "ours"
            )
        else:
            yield clause


def _below(clauses: Sequence[ClauseMerge], place: int) -> Iterator[ClauseMerge]:
    level = _level(clauses[place])
    for clause in clauses[place + 1 :]:
        if _level(clause) <= level:
            return
        if clause.side:
            yield clause


def _level(clause: ClauseMerge) -> int:
    return max(unit.level for unit in clause.units if unit)
