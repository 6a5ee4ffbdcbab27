"""From what a person types to the tree; nobody types wrongly."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from casa.search.facets import NAMES
from casa.search.italian import APOSTROPHES, ELIDED, STOP_WORDS, WORD, fold, words_of
from casa.search.legal import references_in
from casa.search.query.nodes import (
    All,
    Cited,
    Either,
    Field,
    Node,
    Not,
    Phrase,
    Prefix,
    Within,
    Word,
)
from casa.search.query.spending import amounts_of, figures, lifted, parted

MAX_CHARACTERS = 400
MAX_WORDS = 32
TEXT_FIELDS = {"titolo": "title", "oggetto": "object", "testo": "text"}
_SIGNS = dict.fromkeys(map(ord, "“”„«»″"), '"') | dict.fromkeys(map(ord, "–—−"), "-")
_PIECE = re.compile(
    r'(?P<no>-?)(?:(?P<field>[^\W\d_]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<chunk>[^\s"]+))'
)


def parse(typed: str) -> All:
    """Read what a person typed."""
    groups: list[list[Node]] = []
    joined = False
    text = _tidy(typed)
    for node in _nodes(text):
        if node is None:
            joined = bool(groups)
            continue
        if joined:
            groups[-1].append(node)
        else:
            groups.append([node])
        joined = False
    nodes = _lighten([_alternative(group) for group in groups[:MAX_WORDS]])
    return All(tuple(lifted(nodes, amounts_of(text))))


def _nodes(typed: str) -> Iterator[Node | None]:
    """The parts in order; nothing stands for OR. References are read before words."""
    place = 0
    for reference in references_in(typed):
        before = typed[place : reference.start]
        if before.count('"') % 2 or before.endswith(("-", ":")):
            continue  # inside a quotation, or part of a code
        yield from _bits(before)
        yield Cited(reference.tokens, All(tuple(_plain(typed[reference.start : reference.end]))))
        place = reference.end
    yield from _bits(typed[place:])


def _bits(typed: str) -> Iterator[Node | None]:
    """Words and amounts: of an amount its figures count."""
    for piece, is_amount in parted(typed):
        node = figures(piece) if is_amount else None
        yield from [node] if node else _pieces(piece)


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
