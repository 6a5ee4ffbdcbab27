"""A model as read: its tags with their places, and which of them belong together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.filling.field import BadModel, Place, Problem
from casa.drafting.filling.package import Package, Part
from casa.drafting.filling.paragraphs import Paragraph
from casa.drafting.filling.places import lines_of
from casa.drafting.filling.tags import CLOSES, Fault, Tag, tags_in
from casa.drafting.limits import DEFAULT, Limits

MOST_LOOPS = 2
_MOST_OPEN = 20
_SAID = {
    "if": "se",
    "for": "per ogni",
    "endif": "fine se",
    "endfor": "fine per",
    "else": "altrimenti",
    "elif": "altrimenti se",
}
_TOO_MANY = (
    "Il modello ha più di {} campi e comandi: dividilo in più modelli e caricali separatamente."
)


@dataclass(slots=True)
class Spot:
    """A tag in its paragraph. `block` is the number of the block it belongs to, -1 without one."""

    number: int
    tag: Tag
    line: Paragraph
    place: Place
    block: int = -1


@dataclass(slots=True)
class Block:
    """A condition or a repetition: its first tag, the alternatives, its last one."""

    number: int
    kind: str
    spots: list[Spot] = field(default_factory=list)


@dataclass(slots=True)
class Model:
    """An open model with all its tags in reading order, part by part."""

    package: Package
    spots: list[Spot] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, part: Part) -> list[Spot]:
        """The tags of one part."""
        return [spot for spot in self.spots if spot.line.element.getroottree() == _tree(part)]


def _tree(part: Part) -> object:
    return part.root.getroottree()


def read_model(path: Path, *, limits: Limits = DEFAULT) -> Model:
    """The model, faults and all, as `problems`. Raises Unreadable when it is no DOCX or ODT."""
    model = Model(Package(path, limits=limits))
    for part in model.package.parts:
        _read_part(model, part, most=limits.tags)
    return model


def sound(model: Model) -> Model:
    """The model itself; raises BadModel when anything in it is wrong."""
    if model.problems:
        raise BadModel(model.problems)
    return model


def _read_part(model: Model, part: Part, *, most: int) -> None:
    faults: list[Problem] = []
    nesting = _Nesting(model)
    for line, place in lines_of(part):
        for tag in _tags(line):
            if isinstance(tag, Fault):
                faults.append(Problem(place, tag.source, tag.reason))
                continue
            spot = Spot(len(model.spots), tag, line, place)
            model.spots.append(spot)
            nesting.take(spot)
            if len(model.spots) > most:
                raise Unreadable("too_large", _TOO_MANY.format(most))
    # a tag that is not understood leaves others without their pair: those are told when it is right
    model.problems += faults or nesting.problems()


def _tags(line: Paragraph) -> Iterator[Tag | Fault]:
    if "{" in line.text or "}" in line.text:
        yield from tags_in(line.text)


class _Nesting:
    """The blocks that are open while a part is read."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._open: list[Block] = []
        self._faults: list[Problem] = []

    def take(self, spot: Spot) -> None:
        """Put a tag where it belongs, or note why it does not."""
        kind = spot.tag.kind
        if kind in ("if", "for"):
            self._begin(spot)
        elif kind in CLOSES:
            self._end(spot)
        elif kind in ("else", "elif"):
            self._alternative(spot)

    def problems(self) -> list[Problem]:
        """What was wrong, with what was never closed."""
        unclosed = [
            _problem(block.spots[0], f"«{_SAID[block.kind]}» mai chiuso: manca «fine»")
            for block in self._open
        ]
        return self._faults + unclosed

    def _begin(self, spot: Spot) -> None:
        loops = sum(block.kind == "for" for block in self._open)
        if spot.tag.kind == "for" and loops >= MOST_LOOPS:
            self._faults.append(_problem(spot, f"più di {MOST_LOOPS} ripetizioni una nell'altra"))
        if len(self._open) >= _MOST_OPEN:
            self._faults.append(_problem(spot, "troppi comandi uno nell'altro"))
        block = Block(len(self._model.blocks), spot.tag.kind)
        self._model.blocks.append(block)
        self._open.append(block)
        self._join(spot, block)

    def _end(self, spot: Spot) -> None:
        said, wanted = _SAID[spot.tag.kind], CLOSES[spot.tag.kind]
        if not self._open:
            self._faults.append(_problem(spot, f"«{said}» senza «{_SAID[wanted]}» prima"))
            return
        block = self._open[-1]
        if block.kind != wanted:
            where = block.spots[0].place.words
            why = f"«{said}» chiude un «{_SAID[block.kind]}» aperto in: {where}"
            self._faults.append(_problem(spot, why))
        self._open.pop()
        self._join(spot, block)

    def _alternative(self, spot: Spot) -> None:
        said = _SAID[spot.tag.kind]
        block = self._open[-1] if self._open else None
        if block is None or block.kind != "if":
            self._faults.append(_problem(spot, f"«{said}» fuori da un «se»"))
            return
        if block.spots[-1].tag.kind == "else":
            self._faults.append(_problem(spot, f"«{said}» dopo «altrimenti»"))
        self._join(spot, block)

    def _join(self, spot: Spot, block: Block) -> None:
        spot.block = block.number
        block.spots.append(spot)


def _problem(spot: Spot, reason: str) -> Problem:
    return Problem(spot.place, spot.tag.source, reason)
