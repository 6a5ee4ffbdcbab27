"""What a model asks for: its fields with type, places and conditions, as its tags tell them."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from casa.drafting.filling.clauses import Clauses
from casa.drafting.filling.expressions import path_of
from casa.drafting.filling.field import Condition, Field, FieldType, Place, Problem
from casa.drafting.filling.filling import reasons_of
from casa.drafting.filling.marking import mark
from casa.drafting.filling.model import Model, Spot, read_model, sound
from casa.drafting.filling.uses import COMPARED, GUESSED, Use, uses_of
from casa.drafting.limits import DEFAULT, Limits


@dataclass(slots=True)
class _Found:
    """A field as it is put together from its uses."""

    type: FieldType = FieldType.TEXT
    rank: int = GUESSED + 1
    required: bool = False
    always: bool = False
    places: dict[Place, None] = field(default_factory=dict)
    conditions: dict[str, None] = field(default_factory=dict)
    options: dict[str, None] = field(default_factory=dict)
    columns: dict[str, "_Found"] = field(default_factory=dict)

    def add(self, use: Use, place: Place, condition: str) -> None:
        """Take in one use."""
        if use.rank < self.rank:
            self.type, self.rank = use.type, use.rank
        self.required = self.required or use.required
        self.places.setdefault(place)
        if condition:
            self.conditions.setdefault(condition)
        self.always = self.always or not condition
        if use.option:
            self.options.setdefault(use.option)

    def hold(self, place: Place, condition: str) -> None:
        """Something inside is used: this is a group, unless it is known for a list."""
        self.add(Use((), FieldType.GROUP, COMPARED), place, condition)

    def below(self, names: tuple[str, ...]) -> "_Found":
        """What stands at the end of a way of names, made where it is new."""
        found = self
        for name in names:
            found = found.columns.setdefault(name, _Found())
        return found


class _Around:
    """The blocks around a tag: what its names stand for, and when it is there at all."""

    def __init__(self) -> None:
        self._open: list[tuple[Spot, str]] = []

    @property
    def condition(self) -> str:
        """The conditions around, in the model's own words; "" is always."""
        return " e ".join(text for _spot, text in self._open if text)

    def follow(self, spot: Spot) -> None:
        """Come to the next tag."""
        kind = spot.tag.kind
        if kind in ("endif", "endfor"):
            self._open.pop()
        elif kind == "else":
            opening, text = self._open.pop()
            self._open.append((opening, f"non ({text})"))
        elif kind == "elif":
            opening, text = self._open.pop()
            self._open.append((opening, f"non ({text}) e {spot.tag.meant}"))

    def enter(self, spot: Spot) -> None:
        """Go into the block that a tag opens, after its own names were asked for."""
        if spot.tag.kind in ("if", "for"):
            self._open.append((spot, spot.tag.meant if spot.tag.kind == "if" else ""))

    def resolved(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """The names from the data on: `lotto.cig` inside a repetition is the column of `lotti`."""
        for spot, _text in reversed(self._open):
            if spot.tag.kind == "for" and path[0] == "loop":
                return ()
            if spot.tag.kind == "for" and path[0] == spot.tag.target:
                return self._column(spot, path)
        return path

    def _column(self, spot: Spot, path: tuple[str, ...]) -> tuple[str, ...]:
        rows = path_of(spot.tag.expression) if spot.tag.expression is not None else None
        outer = _Around()
        outer._open = self._open[: [one for one, _text in self._open].index(spot)]
        return (*outer.resolved(rows or ("",)), *path[1:])


def fields(path: Path, *, limits: Limits = DEFAULT) -> tuple[Field, ...]:
    """The fields of a model in the order in which it asks for them. Raises BadModel, Unreadable."""
    model = _checked(read_model(path, limits=limits))
    clauses = Clauses(path, limits=limits)
    root, around = _Found(), _Around()
    for spot in model.spots:
        around.follow(spot)
        place = replace(spot.place, clause=clauses.around(spot.place, spot.line.text))
        for use in uses_of(spot.tag):
            names = around.resolved(use.path)
            if names:
                root.below(names).add(use, place, around.condition)
            for outer in range(1, len(names)):
                root.below(names[:outer]).hold(place, around.condition)
        around.enter(spot)
    return tuple(_field(name, found) for name, found in root.columns.items())


def problems(path: Path, *, limits: Limits = DEFAULT) -> tuple[Problem, ...]:
    """All that is wrong with a model; nothing when it can be filled. Raises Unreadable."""
    model = read_model(path, limits=limits)
    if not model.problems:
        mark(model)
    return tuple(model.problems)


def conditions(path: Path, *, limits: Limits = DEFAULT) -> tuple[Condition, ...]:
    """The parts of a model that are there or not, with the editor's reason for each."""
    model = _checked(read_model(path, limits=limits))
    reasons = reasons_of(model)
    return tuple(
        Condition(spot.tag.meant, reasons.get(spot.number, ""), spot.place)
        for spot in model.spots
        if spot.tag.kind in ("if", "elif")
    )


def _checked(model: Model) -> Model:
    mark(sound(model))
    return sound(model)


def _field(name: str, found: _Found) -> Field:
    kind = found.type if found.type != FieldType.TEXT or not found.columns else FieldType.GROUP
    columns = tuple(_field(column, inside) for column, inside in found.columns.items())
    condition = "" if found.always else " oppure ".join(found.conditions)
    places, options = tuple(found.places), tuple(found.options)
    return Field(name, kind, places, condition, found.required, options, columns)
