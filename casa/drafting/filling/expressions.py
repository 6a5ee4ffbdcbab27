"""What stands between the braces: parsed by jinja2 and allowed node by node.

Nothing is ever compiled: jinja2's `parse` gives a tree, of which this module lets through the few
kinds below and `working` finds the value. There are no calls, no indexes, no sums, and a name after
a dot is looked up in the data and nowhere else, so a model has no way to reach an object of the
program.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from jinja2 import Environment, TemplateError, nodes

from casa.drafting.filling.formats import FORMATS, named

MOST_CHARACTERS = 300
_MOST_NESTED = 12
_MOST_DOTS = 3
_OPENERS = re.compile(r"[(\[{]")
_RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs", "cycler", "lipsum"})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}", re.IGNORECASE)
LOOP = {
    "index": "index", "numero": "index", "first": "first", "primo": "first", "last": "last",
    "ultimo": "last", "length": "length", "totale": "length",
}  # fmt: skip
PRESENT = {"defined": True, "presente": True, "undefined": False, "assente": False}
COMPARISONS = ("eq", "ne", "lt", "lteq", "gt", "gteq")
_WHY = {
    nodes.Call: "le funzioni non si usano in un modello",
    nodes.Getitem: "le parentesi quadre non si usano in un modello",
    nodes.BinExpr: "i calcoli non si fanno nel modello: scrivi un campo per il risultato",
    nodes.UnaryExpr: "i calcoli non si fanno nel modello: scrivi un campo per il risultato",
}
_PARSER = Environment(autoescape=True)


class BadTag(ValueError):  # noqa: N818 -- it reads as a sentence
    """These words cannot stand in a model; the message is an Italian sentence."""


@lru_cache(maxsize=1_024)
def parse(text: str) -> nodes.Expr:
    """The tree of one expression, every node of it allowed. Raises BadTag."""
    if not text.strip():
        raise BadTag("tra le parentesi manca il nome del campo")
    if len(text) > MOST_CHARACTERS or len(_OPENERS.findall(text)) > _MOST_NESTED:
        raise BadTag("è troppo lungo o complicato: dividilo in più campi")
    try:
        body = _PARSER.parse(f"{{{{ {text} }}}}").body
    except (TemplateError, ValueError, RecursionError, OverflowError) as error:
        raise BadTag("non si capisce: controlla nomi, virgolette, spazi e parentesi") from error
    found = body[0].nodes if len(body) == 1 and isinstance(body[0], nodes.Output) else []
    if len(found) != 1 or isinstance(found[0], nodes.TemplateData):
        raise BadTag("non si capisce: controlla nomi, virgolette, spazi e parentesi")
    _check(found[0])
    return found[0]


def _check(node: nodes.Node, depth: int = 0) -> None:
    if depth > 2 * _MOST_NESTED:
        raise BadTag("è troppo complicato: dividilo in più campi")
    if type(node) not in _RULES:
        why = next((said for kind, said in _WHY.items() if isinstance(node, kind)), "")
        raise BadTag(why or "si possono usare solo campi, formati, confronti, «e», «o», «non»")
    rule = _RULES[type(node)]
    if rule is not None:
        rule(node)
    for child in node.iter_child_nodes():
        _check(child, depth + 1)


def _check_name(node: nodes.Name) -> None:
    check_name(node.name)


def check_name(name: str) -> None:
    """A name for a field: letters, digits, underscores. Raises BadTag."""
    if name.startswith("_") or name.lower() in _RESERVED or not _NAME.fullmatch(name):
        raise BadTag(f"«{name[:40]}» non può essere il nome di un campo: usa lettere, cifre e _")


def _check_dot(node: nodes.Getattr) -> None:
    check_name(node.attr)
    path = path_of(node)
    if path is None or len(path) > _MOST_DOTS:
        raise BadTag("dopo il punto si scrive una voce: elenco.voce")
    if path[0] == "loop" and (len(path) != 2 or path[1] not in LOOP):  # noqa: PLR2004
        raise BadTag("di «loop» si usano: numero, primo, ultimo, totale")


def _check_filter(node: nodes.Filter) -> None:
    name = named(node.name)
    if name is None:
        known = ", ".join(sorted(FORMATS))
        raise BadTag(f"il formato «{node.name[:40]}» non esiste; quelli disponibili sono: {known}")
    if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise BadTag(f"il formato «{node.name}» non si usa così")
    least, most = FORMATS[name].least, FORMATS[name].arguments
    if not least <= len(node.args) <= most:
        raise BadTag(f"il formato «{node.name}» vuole {least} indicazioni tra parentesi")
    if not all(isinstance(argument, nodes.Const) for argument in node.args):
        raise BadTag(f"tra le parentesi di «{node.name}» va un testo tra virgolette o un numero")


def _check_test(node: nodes.Test) -> None:
    if node.name not in PRESENT or node.args or path_of(node.node) is None:
        raise BadTag("dopo «is» si scrive presente o assente")


def _check_compare(node: nodes.Compare) -> None:
    if any(operand.op not in COMPARISONS for operand in node.ops):
        raise BadTag("si confronta con ==, !=, <, <=, > e >=")


_RULES: Mapping[type[nodes.Node], Callable[..., None] | None] = {
    nodes.Name: _check_name,
    nodes.Getattr: _check_dot,
    nodes.Filter: _check_filter,
    nodes.Test: _check_test,
    nodes.Compare: _check_compare,
    nodes.Operand: None,
    nodes.Const: None,
    nodes.And: None,
    nodes.Or: None,
    nodes.Not: None,
    nodes.CondExpr: None,
}


def path_of(node: nodes.Node) -> tuple[str, ...] | None:
    """("lotto", "cig") for `lotto.cig`; None for what is no name."""
    parts: list[str] = []
    while isinstance(node, nodes.Getattr) and len(parts) <= _MOST_DOTS:
        parts.append(node.attr)
        node = node.node
    return (node.name, *reversed(parts)) if isinstance(node, nodes.Name) else None


def walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """The node and all below it."""
    yield node
    for child in node.iter_child_nodes():
        yield from walk(child)
