"""The value of what stands between the braces, worked out over the data and nothing else."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jinja2 import nodes

from casa.drafting.filling.expressions import LOOP, PRESENT, path_of
from casa.drafting.filling.formats import DEFAULT, FORMATS, named
from casa.drafting.filling.values import BadValue, is_true, number_of, text_of

_COMPARE: Mapping[str, Callable[..., object]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}


class Missing(KeyError):  # noqa: N818 -- it reads as a sentence
    """The data hold nothing of that name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Loop:
    """The place inside a repetition: `loop.numero`, `loop.primo`, `loop.ultimo`, `loop.totale`."""

    index: int
    length: int

    @property
    def first(self) -> bool:
        """It is the first round."""
        return self.index == 1

    @property
    def last(self) -> bool:
        """It is the last round."""
        return self.index == self.length


Names = Mapping[str, object]


def work_out(node: nodes.Node, names: Names) -> object:
    """The value of an allowed tree. Raises Missing and BadValue."""
    return _VALUES[type(node)](node, names)


def is_met(node: nodes.Node, names: Names) -> bool:
    """Whether a condition holds."""
    return is_true(work_out(node, names))


def _const(node: nodes.Const, _names: Names) -> object:
    return node.value


def _named(node: nodes.Name | nodes.Getattr, names: Names) -> object:
    path = path_of(node) or ("",)
    value: object = names
    for name in path:
        if isinstance(value, Loop):
            value = getattr(value, LOOP[name])
            continue
        value = value.get(name) if isinstance(value, Mapping) else None
        if value is None:
            raise Missing(".".join(path))
    return value


def _filtered(node: nodes.Filter, names: Names) -> object:
    name = named(node.name) or ""
    arguments = [work_out(argument, names) for argument in node.args]
    inside = node.node
    if inside is None:
        raise BadValue("il formato non ha un campo")
    if name != DEFAULT:
        return FORMATS[name].apply(work_out(inside, names), *arguments)
    try:
        value = work_out(inside, names)
    except Missing:
        value = ""
    return arguments[0] if value == "" else value


def _tested(node: nodes.Test, names: Names) -> bool:
    try:
        there = work_out(node.node, names) != ""
    except Missing:
        there = False
    return there is PRESENT[node.name]


def _compared(node: nodes.Compare, names: Names) -> bool:
    left = work_out(node.expr, names)
    for operand in node.ops:
        right = work_out(operand.expr, names)
        if not _COMPARE[operand.op](*_alike(left, right)):
            return False
        left = right
    return True


def _alike(left: object, right: object) -> tuple[object, object]:
    """Two values that Python can compare: numbers with numbers, yes with yes, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return is_true(left), is_true(right)
    if any(isinstance(value, int | float | Decimal) for value in (left, right)):
        return number_of(left), number_of(right)
    return str(left), str(right)


def _either(node: nodes.CondExpr, names: Names) -> object:
    if is_met(node.test, names):
        return work_out(node.expr1, names)
    return work_out(node.expr2, names) if node.expr2 is not None else ""


def _both(node: nodes.And, names: Names) -> bool:
    return is_met(node.left, names) and is_met(node.right, names)


def _any(node: nodes.Or, names: Names) -> bool:
    return is_met(node.left, names) or is_met(node.right, names)


def _not(node: nodes.Not, names: Names) -> bool:
    return not is_met(node.node, names)


_VALUES: Mapping[type[nodes.Node], Callable[..., object]] = {
    nodes.Const: _const,
    nodes.Name: _named,
    nodes.Getattr: _named,
    nodes.Filter: _filtered,
    nodes.Test: _tested,
    nodes.Compare: _compared,
    nodes.CondExpr: _either,
    nodes.And: _both,
    nodes.Or: _any,
    nodes.Not: _not,
}


def written(node: nodes.Node, names: Names) -> str:
    """The words that stand where the field stood."""
    return text_of(work_out(node, names))
