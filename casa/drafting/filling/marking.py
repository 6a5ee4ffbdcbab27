"""Tags become elements of the tree, each at the level of its block, so that filling is a walk."""

from collections.abc import Iterable, Mapping

from lxml import etree

from casa.drafting.filling.dialects import MARK
from casa.drafting.filling.field import Problem
from casa.drafting.filling.levels import LINES, Levels, levels_of
from casa.drafting.filling.model import Model, Spot
from casa.drafting.filling.paragraphs import beside, cut, lift, remove
from casa.drafting.xml import Element

_CROSSED = (
    "i comandi si incrociano con la struttura del documento: metti inizio e fine ciascuno da solo "
    "in un paragrafo"
)


def mark(model: Model) -> None:
    """Replace every tag of the model by a mark; adds to `problems` what cannot be placed."""
    levels, faults = levels_of(model)
    model.problems += [Problem(spot.place, spot.tag.source, why) for spot, why in faults]
    if model.problems:
        return
    alone = {unit: levels.is_alone(unit) for unit in set(levels.units.values())}
    notes = levels.notes()
    marks = _cut_all(model)
    for spot in model.spots:
        if spot.number in marks and _goes_before(spot, levels, alone):
            _move(marks[spot.number], levels.units[spot.number], before=True)
    for spot in reversed(model.spots):
        unit = levels.units.get(spot.number)
        if unit is not None and not _goes_before(spot, levels, alone):
            _move(marks[spot.number], unit, before=False)
        elif unit is None and spot.block >= 0:
            lift(marks[spot.number], to=spot.line.element)
    _drop(alone, notes)
    model.problems += _crossed(model)


def _drop(alone: Mapping[Element, bool], notes: Iterable[Element]) -> None:
    """Units with nothing but commands go, and paragraphs with notes unless a cell has no other."""
    for unit in [unit for unit, is_alone in alone.items() if is_alone]:
        remove(unit)
    for line in notes:
        beside_it = [*line.itersiblings(), *line.itersiblings(preceding=True)]
        if any(other.tag in LINES for other in beside_it):
            remove(line)


def _goes_before(spot: Spot, levels: Levels, alone: dict[Element, bool]) -> bool:
    unit = levels.units.get(spot.number)
    return unit is not None and (alone[unit] or spot.tag.kind in ("if", "for"))


def _cut_all(model: Model) -> dict[int, Element]:
    """Cut every tag out of its paragraph, from the last; gives the marks of all but comments."""
    marks: dict[int, Element] = {}
    for spot in reversed(model.spots):
        made = etree.Element(MARK, n=str(spot.number))
        keeps = spot.tag.kind != "comment"
        cut(spot.line, spot.tag.start, spot.tag.end, mark=made if keeps else None)
        if keeps:
            marks[spot.number] = made
    return marks


def _move(made: Element, unit: Element, *, before: bool) -> None:
    remove(made)
    beside(unit, [made], before=before)


def _crossed(model: Model) -> list[Problem]:
    """Blocks whose marks are not well nested among the children of one element."""
    open_in: dict[Element, list[int]] = {}
    for part in model.package.parts:
        for made in part.root.iter(MARK):
            spot, parent = model.spots[int(made.get("n", "0"))], made.getparent()
            if parent is not None and spot.block >= 0 and not _fits(spot, open_in, parent):
                return [Problem(spot.place, spot.tag.source, _CROSSED)]
    left = [numbers[-1] for numbers in open_in.values() if numbers]
    first = [model.blocks[number].spots[0] for number in left]
    return [Problem(spot.place, spot.tag.source, _CROSSED) for spot in first]


def _fits(spot: Spot, open_in: dict[Element, list[int]], parent: Element) -> bool:
    numbers = open_in.setdefault(parent, [])
    if spot.tag.kind in ("if", "for"):
        numbers.append(spot.block)
        return True
    if not numbers or numbers[-1] != spot.block:
        return False
    if spot.tag.kind in ("endif", "endfor"):
        numbers.pop()
    return True
