"""The walk through a marked tree that writes values, drops what is not needed, repeats rows."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from jinja2 import nodes

from casa.drafting.errors import Unreadable
from casa.drafting.filling.dialects import MARK, Dialect, written
from casa.drafting.filling.field import Problem
from casa.drafting.filling.model import Model, Spot
from casa.drafting.filling.values import BadValue, rows_of
from casa.drafting.filling.working import Loop, Missing, is_met, work_out
from casa.drafting.filling.working import written as said
from casa.drafting.limits import Limits
from casa.drafting.readers.docx.package import W
from casa.drafting.xml import Element

T = TypeVar("T")
Node = str | Element
Names = Mapping[str, object]
_TOO_MUCH = (
    "Con questi dati il documento diventa troppo grande: accorcia gli elenchi o dividili in più "
    "documenti."
)
_MARKS_OF_WORD = tuple(
    f"{W}{name}"
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")
)
_IDENTITIES = (
    "{http://schemas.microsoft.com/office/word/2010/wordml}paraId",
    "{http://schemas.microsoft.com/office/word/2010/wordml}textId",
    "{http://www.w3.org/XML/1998/namespace}id",
)


@dataclass(slots=True)
class Rendering:
    """One filling: what is left of the bounds, what went wrong, which conditions were met."""

    model: Model
    limits: Limits
    dialect: Dialect = Dialect.WORD
    copied: int = 0
    characters: int = 0
    problems: dict[tuple[str, str], Problem] = field(default_factory=dict)
    met: dict[int, bool] = field(default_factory=dict)
    changed: list[Element] = field(default_factory=list)

    def fill(self, element: Element, names: Names) -> None:
        """Render everything below the element, in place."""
        if next(element.iter(MARK), None) is None:
            return
        if element.find(MARK) is None:
            for child in element:
                self.fill(child, names)
            return
        parts = list(self._rendered(_nodes(element), names))
        _put(element, parts)
        self.changed.append(element)

    def _rendered(self, parts: list[Node], names: Names) -> Iterator[Node]:
        at = 0
        while at < len(parts):
            node = parts[at]
            at += 1
            if isinstance(node, str):
                yield node
                continue
            spot = self._spot(node)
            if spot is None:
                self.fill(node, names)
                yield node
            elif spot.tag.kind == "out":
                yield from self._output(spot, names)
            else:
                end = self._end(parts, at, spot.block)
                block = self._choice if spot.tag.kind == "if" else self._repetition
                yield from block(spot, parts[at:end], names)
                at = end + 1

    def _spot(self, node: Node) -> Spot | None:
        if isinstance(node, str) or node.tag != MARK:
            return None
        return self.model.spots[int(node.get("n", "0"))]

    def _end(self, parts: list[Node], at: int, block: int) -> int:
        """Where the block that is open at `at` is closed: marks are well nested."""
        while True:
            spot = self._spot(parts[at])
            if spot is not None and spot.block == block and spot.tag.kind in ("endif", "endfor"):
                return at
            at += 1

    def _output(self, spot: Spot, names: Names) -> Iterator[Node]:
        text = self._ask(spot, lambda node: said(node, names), "")
        self.characters += len(text)
        if self.characters > self.limits.filled_characters:
            raise Unreadable("too_large", _TOO_MUCH)
        yield from written(text, dialect=self.dialect)

    def _choice(self, spot: Spot, parts: list[Node], names: Names) -> Iterator[Node]:
        """The first branch whose condition holds; conditions after it are not looked at."""
        for opening, inside in self._branches(spot, parts):
            is_else = opening.tag.kind == "else"
            if is_else or self._ask(opening, lambda node: is_met(node, names), default=False):
                self.met[opening.number] = True
                yield from self._rendered(inside, names)
                return
            self.met.setdefault(opening.number, False)

    def _branches(self, spot: Spot, parts: list[Node]) -> Iterator[tuple[Spot, list[Node]]]:
        opening, start = spot, 0
        for at, node in enumerate(parts):
            other = self._spot(node)
            if other is not None and other.block == spot.block:
                yield opening, parts[start:at]
                opening, start = other, at + 1
        yield opening, parts[start:]

    def _repetition(self, spot: Spot, parts: list[Node], names: Names) -> Iterator[Node]:
        none: Sequence[object] = ()
        rows = self._ask(spot, lambda node: rows_of(work_out(node, names)), none)
        size = 1 + sum(1 if isinstance(node, str) else _size(node) for node in parts)
        for index, row in enumerate(rows, start=1):
            self.copied += size
            if self.copied > self.limits.filled_elements:
                raise Unreadable("too_large", _TOO_MUCH)
            loop = Loop(index, len(rows))
            copies = [part if isinstance(part, str) else _copy(part) for part in parts]
            yield from self._rendered(copies, {**names, spot.tag.target: row, "loop": loop})
            if loop.first:
                _forget_identities(parts)

    def _ask(self, spot: Spot, work: Callable[[nodes.Node], T], default: T) -> T:
        """Work an expression out; what is missing or wrong is noted, to tell all of it at once."""
        if spot.tag.expression is None:
            return default
        try:
            return work(spot.tag.expression)
        except Missing as error:
            self._note(spot, f"manca il dato «{error.name}»")
        except BadValue as error:
            self._note(spot, str(error))
        return default

    def _note(self, spot: Spot, reason: str) -> None:
        problem = Problem(spot.place, spot.tag.source, reason)
        self.problems.setdefault((spot.tag.source, reason), problem)


def _nodes(element: Element) -> list[Node]:
    """The texts and the children of an element, tails apart from the children."""
    parts: list[Node] = [element.text] if element.text else []
    for child in element:
        tail, child.tail = child.tail, None
        parts += [child, tail] if tail else [child]
    return parts


def _put(element: Element, parts: list[Node]) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None
    last: Element | None = None
    for node in parts:
        if not isinstance(node, str):
            element.append(node)
            last = node
        elif last is None:
            element.text = (element.text or "") + node
        else:
            last.tail = (last.tail or "") + node


def _size(element: Element) -> int:
    return sum(1 for _ in element.iter())


def _copy(element: Element) -> Element:
    made: Element = copy.deepcopy(element)
    return made


def _forget_identities(parts: list[Node]) -> None:
    """Bookmarks and identities may stand only once in a document: in the first round."""
    parts[:] = [part for part in parts if isinstance(part, str) or part.tag not in _MARKS_OF_WORD]
    for part in parts:
        if isinstance(part, str):
            continue
        for element in list(part.iterdescendants(*_MARKS_OF_WORD)):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        for element in part.iter():
            for name in _IDENTITIES:
                element.attrib.pop(name, "")
