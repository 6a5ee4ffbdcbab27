"""An XML tree in reading order: headings, lines «label: value», tables of like records."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from casa.drafting.passages import Passage
from casa.drafting.readers.xml.criteria import Answers, criterion
from casa.drafting.readers.xml.values import value
from casa.drafting.readers.xml.words import label, meaning
from casa.drafting.xml import Element, local

DEEPEST = 6
_MOST_COLUMNS = 12
_WRAPPERS = frozenset({
    "UBLExtensions", "UBLExtension", "ExtensionContent", "EformsExtension", "ExtensionURI",
})  # fmt: skip
_LEAVES_THAT_SAY_LITTLE = frozenset({
    "Name", "ID", "Description", "IdentificationCode", "Text", "Value", "Line",
})  # fmt: skip


class Outline:
    """The passages of a tree; `answers` are those of a DGUE, told below their questions."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def of(self, parent: Element, *, depth: int) -> Iterator[Passage]:
        """Everything below `parent`."""
        children = [child for child in parent if local(child)]
        for name, group in groupby(children, key=local):
            alike = list(group)
            table = _table(alike)
            if table and name not in ("TenderingCriterion", "TenderingCriterionResponse"):
                yield Passage(label(alike[0]), outline=min(depth, DEEPEST))
                yield Passage("", rows=table)
            else:
                for element in alike:
                    yield from self._told(element, depth=depth)

    def _told(self, element: Element, *, depth: int) -> Iterator[Passage]:
        name = local(element)
        if name in _WRAPPERS:
            yield from self.of(element, depth=depth)
        elif name == "TenderingCriterionResponse" and self._answers.has(element):
            return
        elif name == "TenderingCriterion":
            yield from criterion(element, self._answers, depth=min(depth, DEEPEST))
        elif line := _line(element):
            yield Passage(line, flat=True)
        elif any(local(child) for child in element):
            yield Passage(label(element), outline=min(depth, DEEPEST))
            yield from self.of(element, depth=depth + 1)


def _line(element: Element) -> str:
    """ "Label: value" of a leaf, or of an element that holds one leaf and nothing else."""
    leaves = _leaves(element, most=2)
    if len(leaves) != 1:
        return ""
    leaf = leaves[0]
    named = label(element)
    if leaf is not element and local(leaf) not in _LEAVES_THAT_SAY_LITTLE:
        named = f"{named} – {label(leaf)}"
    return f"{named}: {_shown(leaf)}"


def _shown(leaf: Element) -> str:
    text = value(leaf)
    said = meaning(leaf, text)
    return f"{said} ({text})" if said else text


def _leaves(element: Element, *, most: int) -> list[Element]:
    """The elements below that have a value and none inside, at most so many."""
    found: list[Element] = []
    for one in element.iter():
        if local(one) and not len(one) and value(one):
            found.append(one)
            if len(found) >= most:
                break
    return found


def _table(records: Sequence[Element]) -> tuple[tuple[str, ...], ...]:
    """Two or more records of one kind as rows below their labels; empty when they are none."""
    if len(records) < 2 or any(not len(record) for record in records):  # noqa: PLR2004 -- a pair
        return ()
    cells = [_cells(record) for record in records]
    columns = list(dict.fromkeys(name for record in cells for name in record))
    if not columns or len(columns) > _MOST_COLUMNS:
        return ()
    rows = (tuple(record.get(name, "") for name in columns) for record in cells)
    return (tuple(columns), *rows)


def _cells(record: Element) -> dict[str, str]:
    cells: dict[str, str] = {}
    for leaf in _leaves(record, most=4 * _MOST_COLUMNS):
        named = label(leaf)
        cells[named] = f"{cells[named]}; {_shown(leaf)}" if named in cells else _shown(leaf)
    return cells
