"""Paragraphs as lines of characters that know which XML they come from, so a tag can be cut out.

Word and LibreOffice spread `{{ oggetto }}` over several runs; here it is one piece of text again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from casa.drafting.filling.dialects import MARK, SPACE, Dialect, word_text
from casa.drafting.readers.docx.package import W
from casa.drafting.readers.odf.names import DRAW, OFFICE, TEXT
from casa.drafting.xml import Element, local

_WORD_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_WORD_SKIPPED = frozenset({f"{W}p", f"{W}pPr", f"{W}rPr", f"{W}del", f"{W}instrText", MARK})
_ODF_CHARACTERS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_ODF_SKIPPED = frozenset(
    {f"{TEXT}note", f"{OFFICE}annotation", f"{DRAW}frame", f"{DRAW}g", f"{TEXT}ruby", MARK}
)
_SPLIT = frozenset({f"{W}r", f"{W}hyperlink", f"{W}ins", f"{W}smartTag", f"{TEXT}span", f"{TEXT}a"})
_PROPERTIES = (f"{W}rPr", f"{W}smartTagPr")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters: the text or the tail of an element, or one that an element stands for."""

    element: Element
    where: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An element that holds a line of text, with where each character stands."""

    element: Element
    dialect: Dialect
    pieces: tuple[Piece, ...]
    text: str


def paragraph(element: Element, *, dialect: Dialect) -> Paragraph:
    """The paragraph that the element is, without those nested in it."""
    pieces: list[Piece] = []
    at = 0
    for holder, where, text in _CHARACTERS[dialect](element):
        pieces.append(Piece(holder, where, at, text))
        at += len(text)
    return Paragraph(element, dialect, tuple(pieces), "".join(piece.text for piece in pieces))


_Characters = Iterator[tuple[Element, str, str]]


def _word(element: Element) -> _Characters:
    for child in element:
        if child.tag == f"{W}t":
            yield child, "text", child.text or ""
        elif child.tag in _WORD_CHARACTERS:
            yield child, "", _WORD_CHARACTERS[child.tag]
        elif child.tag not in _WORD_SKIPPED:
            yield from _word(child)


def _odf(element: Element) -> _Characters:
    yield element, "text", element.text or ""
    for child in element:
        if child.tag in _ODF_CHARACTERS:
            yield child, "", _ODF_CHARACTERS[child.tag] * _repeated(child)
        elif child.tag not in _ODF_SKIPPED and local(child):
            yield from _odf(child)
        yield child, "tail", child.tail or ""


def _repeated(element: Element) -> int:
    count = element.get(f"{TEXT}c", "1")
    return int(count) if count.isdecimal() and len(count) < 4 else 1  # noqa: PLR2004


def _plain(element: Element) -> _Characters:
    yield element, "text", element.text or ""


_CHARACTERS: dict[Dialect, Callable[[Element], _Characters]] = {
    Dialect.WORD: _word,
    Dialect.ODF: _odf,
    Dialect.PLAIN: _plain,
}


def cut(line: Paragraph, start: int, end: int, *, mark: Element | None) -> None:
    """Put `mark` where `text[start:end]` stood. Cut from the last to the first of a paragraph."""
    before, rest, first = _opened(line, start, end)
    if mark is None:
        _set(first, before + rest)
        return
    _set(first, before)
    _place(first, mark, rest, dialect=line.dialect)


def cut_for_text(line: Paragraph, start: int, end: int, text: str) -> None:
    """Put words where `text[start:end]` stood, in the look of its first character."""
    before, rest, first = _opened(line, start, end)
    _set(first, before + text + rest)


def _opened(line: Paragraph, start: int, end: int) -> tuple[str, str, Piece]:
    """Take the characters away; what is left of the first piece on both sides, and that piece."""
    touched = [
        piece
        for piece in line.pieces
        if piece.start < end and piece.start + len(piece.text) > start
    ]
    for piece in touched[1:]:
        _shorten(piece, end)
    first = touched[0]
    live = _get(first)
    rest = live[end - first.start :] if end - first.start < len(live) else ""
    return live[: start - first.start], rest, first


def _get(piece: Piece) -> str:
    if not piece.where:
        return piece.text
    return (piece.element.text if piece.where == "text" else piece.element.tail) or ""


def _set(piece: Piece, text: str) -> None:
    if piece.where == "text":
        piece.element.text = text
        if piece.element.tag == f"{W}t":
            piece.element.set(SPACE, "preserve")
    elif piece.where == "tail":
        piece.element.tail = text


def _shorten(piece: Piece, end: int) -> None:
    if piece.where:
        _set(piece, _get(piece)[max(0, end - piece.start) :])
    elif piece.element.tag.startswith(TEXT):  # its tail is a piece too: it may not move
        piece.element.tag = f"{TEXT}span"
        piece.element.attrib.clear()
    elif piece.element.getparent() is not None:
        remove(piece.element)


def _place(first: Piece, mark: Element, rest: str, *, dialect: Dialect) -> None:
    if dialect == Dialect.WORD:
        beside(first.element, [mark, *([word_text(rest)] if rest else [])])
        return
    mark.tail = rest
    if first.where == "text":
        first.element.insert(0, mark)
    else:
        beside(first.element, [mark])


def beside(element: Element, others: Sequence[Element], *, before: bool = False) -> None:
    """Put elements after one (or before it), each keeping its own tail."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element) + (0 if before else 1)
    for other in reversed(others):
        parent.insert(at, other)


def remove(element: Element) -> None:
    """Take an element away and leave its tail where it stood."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def lift(mark: Element, *, to: Element) -> None:
    """Bring a mark up to be a child of `to`, splitting the runs and spans around it."""
    while (parent := mark.getparent()) is not None and parent is not to:
        if parent.tag not in _SPLIT:
            return
        _lift_once(mark, parent)


def _lift_once(mark: Element, parent: Element) -> None:
    right = etree.Element(parent.tag, {str(key): str(parent.attrib[key]) for key in parent.attrib})
    right.text, mark.tail = mark.tail, None
    for sibling in list(mark.itersiblings()):
        right.append(sibling)
    right.tail, parent.tail = parent.tail, None
    if len(right) or right.text:
        for properties in (child for child in parent if child.tag in _PROPERTIES):
            right.insert(0, _copy(properties))
        beside(parent, [mark, right])
    else:
        mark.tail = right.tail
        beside(parent, [mark])


def _copy(element: Element) -> Element:
    copied = etree.fromstring(etree.tostring(element, with_tail=False))
    copied.tail = None
    return copied
