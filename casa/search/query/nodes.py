"""The tree of a query: what each engine compiles, and what is said of it."""

from collections.abc import Iterator
from dataclasses import dataclass

LONG_WORD = 5
SYNONYM = 0.1
"""What a synonym counts beside a typed word."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `whole` matches it as it is written (acronyms), else by its stem."""

    text: str
    whole: bool = False
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other; `slop` other words may stand between."""

    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """A word or one that differs by one letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Within:
    """A word or phrase in one field of the text (title, object, text)."""

    field: str
    node: "Node"


@dataclass(frozen=True, slots=True)
class Field:
    """A facet as typed (`tipo:modello`); the codes are filled in by who knows the labels."""

    name: str
    value: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    """What was typed, or else what means the same, for less: `weight` of it."""

    typed: "Node"
    others: tuple["Node", ...]
    weight: float = SYNONYM


@dataclass(frozen=True, slots=True)
class Cited:
    """A legal reference in canonical words, the most precise first, or else as it was typed."""

    tokens: tuple[str, ...]
    typed: "Node"


Node = Cited | Word | Phrase | Prefix | Near | Within | Field | Not | All | Either | Expanded
LOOSE = Word | Near | Phrase | Cited | Expanded
"""What a search may do without, where nothing has all of it."""
NOTHING_ASKED = All(())
"""The tree of an empty box: it matches everything."""


def words_in(node: Node) -> Iterator[Word | Phrase | Prefix]:
    """What is looked for, left to right; what is excluded and filtered is not."""
    match node:
        case Word() | Phrase() | Prefix():
            yield node
        case Near(text):
            yield Word(text)
        case Within(_, inner) | Cited(_, inner):
            yield from words_in(inner)
        case All(nodes) | Either(nodes):
            for inner in nodes:
                yield from words_in(inner)
        case Expanded(typed, others):
            for inner in (typed, *others):
                yield from words_in(inner)


def nearly(tree: All) -> All:
    """The same query that also takes words one letter away, where they are long enough."""
    return All(tuple(_nearly(node) for node in tree.nodes))


def _nearly(node: Node) -> Node:
    match node:
        case Word(text, whole=False) if len(text) >= LONG_WORD:
            return Near(text)
        case Either(nodes):
            return Either(tuple(_nearly(inner) for inner in nodes))
    return node
