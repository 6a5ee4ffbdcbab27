"""The small language of the search box, read into a tree that each engine compiles.

    refezione scolastica         both words, in any order
    "offerta tecnica"            the words next to each other
    -lavori                      without this word
    mensa OR catering            either word
    tipo:modello anno:2026       a field of the card
    titolo:disciplinare          a word of the title
    manut*                       words that begin so
    art. 50 d.lgs. 36/2023       an act or an article, in whatever spelling

Whatever a person types gives a tree: there is no wrong query, only plain words.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casa.search.facets import NAMES
from casa.search.italian import APOSTROPHES, ELIDED, STOP_WORDS, WORD, fold, words_of
from casa.search.legal import references_in

MAX_CHARACTERS = 400
MAX_WORDS = 32
LONG_WORD = 5
SYNONYM = 0.1
"""What a synonym counts beside a typed word."""
TEXT_FIELDS = {"titolo": "title", "oggetto": "object", "testo": "text"}
_SIGNS = dict.fromkeys(map(ord, "“”„«»″"), '"') | dict.fromkeys(map(ord, "–—−"), "-")
_PIECE = re.compile(
    r'(?P<no>-?)(?:(?P<field>[^\W\d_]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<chunk>[^\s"]+))'
)


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


def parse(typed: str) -> All:
    """Read what a person typed."""
    groups: list[list[Node]] = []
    joined = False
    for node in _nodes(_tidy(typed)):
        if node is None:
            joined = bool(groups)
            continue
        if joined:
            groups[-1].append(node)
        else:
            groups.append([node])
        joined = False
    return All(tuple(_lighten([_alternative(group) for group in groups[:MAX_WORDS]])))


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


def _nodes(typed: str) -> Iterator[Node | None]:
    """The parts in order; nothing stands for OR. References are read before words."""
    place = 0
    for reference in references_in(typed):
        before = typed[place : reference.start]
        if before.count('"') % 2 or before.endswith(("-", ":")):
            continue  # inside a quotation, or part of a code
        yield from _pieces(before)
        yield Cited(reference.tokens, All(tuple(_plain(typed[reference.start : reference.end]))))
        place = reference.end
    yield from _pieces(typed[place:])


def _plain(typed: str) -> list[Node]:
    return _lighten([node for node in _pieces(typed) if node is not None])


def _pieces(typed: str) -> Iterator[Node | None]:
    for piece in _PIECE.finditer(typed):
        if piece[0] in {"OR", "|"}:
            yield None
        elif (node := _node(piece)) is not None:
            yield node


def _tidy(typed: str) -> str:
    text = unicodedata.normalize("NFC", typed[:MAX_CHARACTERS])
    text = text.translate(APOSTROPHES).translate(_SIGNS)
    return "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)


def _node(piece: re.Match[str]) -> Node | None:
    field = fold(piece["field"] or "")
    if piece["field"] and field not in NAMES and field not in TEXT_FIELDS:
        node = _text_node(piece[0].lstrip("-"), slop=0)  # a colon in plain text
    elif field in NAMES:
        node = _field(NAMES[field], piece["phrase"] or piece["chunk"] or "")
    elif piece["phrase"] is not None:
        node = _phrase(words_of(piece["phrase"]), slop=2)
    else:
        node = _text_node(piece["chunk"], slop=0)
    if node is None:
        return None
    node = Within(TEXT_FIELDS[field], node) if field in TEXT_FIELDS else node
    return Not(node) if piece["no"] else node


def _field(name: str, value: str) -> Field | None:
    value = value.strip(" .,;:'")
    return Field(name, value) if value else None


def _text_node(chunk: str, *, slop: int) -> Node | None:
    """A word; a compound such as «36/2023» or «d.lgs.» is its parts next to each other."""
    words = words_of(chunk)
    if len(words) == 1 and chunk.endswith("*") and len(words[0]) > 2:  # noqa: PLR2004
        return Prefix(words[0])
    if len(words) == 1 and chunk.endswith("'") and words[0] in ELIDED:
        return None  # «l' offerta», with a space that should not be there
    if len(words) == 1:
        return Word(words[0], capitals=_is_in_capitals(chunk))
    return _phrase(words, slop=slop)


def _phrase(words: Sequence[str], *, slop: int) -> Node | None:
    if len(words) > 1:
        return Phrase(tuple(words[:MAX_WORDS]), slop=slop)
    return Word(words[0]) if words else None


def _is_in_capitals(chunk: str) -> bool:
    letters = "".join(WORD.findall(chunk))
    return len(letters) > 1 and letters.isupper()


def _alternative(group: list[Node]) -> Node:
    return group[0] if len(group) == 1 else Either(tuple(group))


def _lighten(nodes: list[Node]) -> list[Node]:
    """Without articles and prepositions, unless there is nothing else."""
    kept = [node for node in nodes if not _is_light(node)]
    return kept if any(not isinstance(node, Not) for node in kept) else nodes


def _is_light(node: Node) -> bool:
    return isinstance(node, Word) and node.text in STOP_WORDS and not node.capitals
