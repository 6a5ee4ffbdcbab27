"""Which fields an expression uses, and what it says of their types."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jinja2 import nodes

from casa.drafting.filling.expressions import path_of
from casa.drafting.filling.field import FieldType
from casa.drafting.filling.formats import DEFAULT, FORMATS, named
from casa.drafting.filling.tags import Tag

_T = FieldType
# what a name says of what it holds, whatever stands after it: "cig", "cig_lotto", "data_atto"
_NAMES: tuple[tuple[FieldType, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:.*_)?(?:{words})(?:_.*)?"))
    for kind, words in (
        (_T.CIG, "cig"),
        (_T.CUP, "cup"),
        (_T.CPV, "cpv"),
        (_T.FISCAL_CODE, "cf|codice_fiscale"),
        (_T.VAT_NUMBER, "piva|p_iva|partita_iva"),
        (_T.IBAN, "iban"),
        (_T.PEC, "pec"),
        (_T.EMAIL, "e?mail|e_mail"),
        (_T.PHONE, "tel|telefono|cellulare"),
        (_T.AMOUNT, "importo|importi|euro|prezzo|canone|oneri"),
        (_T.PERCENTAGE, "percentuale|aliquota|ribasso"),
        (_T.DATE, "data|scadenza"),
        (_T.TIME, "ora|orario"),
    )
)
SURE, NAMED, COMPARED, CONDITION, GUESSED = range(5)


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name in an expression: `rank` says how sure the type is (0 most)."""

    path: tuple[str, ...]
    type: FieldType
    rank: int
    required: bool = True
    option: str = ""
    column: str = ""


def uses_of(tag: Tag) -> Iterator[Use]:
    """Every use of a name in a tag."""
    if tag.expression is None:
        return
    path = path_of(tag.expression)
    if tag.kind == "for" and path is not None:
        yield Use(path, FieldType.LIST, SURE)
    elif tag.kind in ("if", "elif"):
        yield from _in_condition(tag.expression)
    else:
        yield from _in(tag.expression)


def _in_condition(node: nodes.Node) -> Iterator[Use]:
    path = path_of(node)
    if path is not None:
        yield _named(path, FieldType.BOOLEAN, CONDITION)
    elif isinstance(node, nodes.And | nodes.Or | nodes.Not):
        for child in node.iter_child_nodes():
            yield from _in_condition(child)
    else:
        yield from _in(node)


def _in(node: nodes.Node) -> Iterator[Use]:
    path = path_of(node)
    if path is not None:
        yield _named(path, FieldType.TEXT, GUESSED)
    elif isinstance(node, nodes.Filter):
        yield from _formatted(node)
    elif isinstance(node, nodes.Compare):
        yield from _compared(node)
    elif isinstance(node, nodes.CondExpr):
        yield from _in_condition(node.test)
        for branch in (node.expr1, node.expr2):
            yield from _in(branch) if branch is not None else ()
    elif isinstance(node, nodes.Test):
        yield from (replace(use, required=False) for use in _in(node.node))
    else:
        for child in node.iter_child_nodes():
            yield from _in(child)


def _named(path: tuple[str, ...], kind: FieldType, rank: int) -> Use:
    """A use without a format: the name may tell more than the place does."""
    for known, pattern in _NAMES:
        if rank == GUESSED and pattern.fullmatch(path[-1].lower()):
            return Use(path, known, NAMED)
    return Use(path, kind, rank)


def _formatted(node: nodes.Filter) -> Iterator[Use]:
    name, inside = named(node.name) or "", node.node
    if inside is None:
        return
    kind = FORMATS[name].type
    path = path_of(inside)
    for use in _in(inside):
        optional = use.required and name != DEFAULT
        sure = replace(use, type=kind, rank=SURE) if kind and path and name != "testo" else use
        yield replace(sure, required=optional)
    if name == "somma" and path is not None and isinstance(node.args[0], nodes.Const):
        yield Use((*path, str(node.args[0].value)), FieldType.AMOUNT, SURE)


def _compared(node: nodes.Compare) -> Iterator[Use]:
    values = [node.expr, *(operand.expr for operand in node.ops)]
    constants = [value.value for value in values if isinstance(value, nodes.Const)]
    for value in values:
        path = path_of(value)
        if path is None:
            yield from _in(value)
        for constant in constants if path is not None else ():
            yield _against(path or (), constant)
        if path is not None and not constants:
            yield _named(path, FieldType.TEXT, GUESSED)


def _against(path: tuple[str, ...], constant: object) -> Use:
    if isinstance(constant, bool):
        return Use(path, FieldType.BOOLEAN, COMPARED)
    if isinstance(constant, int | float):
        guessed = _named(path, FieldType.NUMBER, GUESSED)
        return replace(guessed, rank=min(guessed.rank, COMPARED))
    return Use(path, FieldType.TEXT, COMPARED, option=str(constant))
