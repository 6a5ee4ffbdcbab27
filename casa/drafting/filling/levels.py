"""At which level a block stands: words of a paragraph, paragraphs, items of a list, table rows.

Who writes a model need not say: tags alone in their paragraphs take whole paragraphs, tags in
different cells take whole rows. The prefixes of docxtpl (`{%p`, `{%tr`) say it where it matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casa.drafting.filling.dialects import Dialect
from casa.drafting.filling.model import Block, Model, Spot
from casa.drafting.filling.paragraphs import paragraph
from casa.drafting.readers.docx.package import W
from casa.drafting.readers.odf.names import DRAW, TABLE, TEXT
from casa.drafting.xml import Element

ROWS = (f"{W}tr", f"{TABLE}table-row")
LINES = (f"{W}p", f"{TEXT}p", f"{TEXT}h")
_CELLS = (f"{W}tc", f"{TABLE}table-cell")
_UNITS = (*LINES, *ROWS, f"{TEXT}list-item", f"{TEXT}list")
# an otherwise empty paragraph that holds one of these is not empty
_CONTENT = tuple(
    [f"{W}{name}" for name in ("drawing", "pict", "object", "sectPr", "footnoteReference")]
    + [f"{DRAW}frame", f"{TEXT}note"]
)
_TWO_PARTS = (
    "l'inizio e la fine stanno in parti diverse del documento (una tabella, una casella, un "
    "elenco): mettili nella stessa parte"
)
_IN_THE_MIDDLE = (
    "l'inizio e la fine stanno in mezzo a paragrafi diversi: metti ciascun comando da solo in un "
    "paragrafo"
)
_NO_ROW = "«tr» si usa nelle righe di una tabella"


class Misplaced(ValueError):  # noqa: N818 -- it reads as a sentence
    """These tags cannot work together where they stand; the message is an Italian sentence."""


@dataclass(slots=True)
class Levels:
    """The unit (an element) that each tag of a block stands for; no unit means words."""

    units: dict[int, Element] = field(default_factory=dict)
    inside: dict[Element, list[Spot]] = field(default_factory=dict)

    def is_alone(self, unit: Element) -> bool:
        """The unit holds nothing but commands that stand for it, so it goes away with them."""
        spots = self.inside[unit]
        mine = all(
            spot.tag.kind == "comment" or self.units.get(spot.number) is unit for spot in spots
        )
        return mine and not _residue(unit, spots) and next(unit.iter(*_CONTENT), None) is None

    def notes(self) -> list[Element]:
        """Paragraphs that hold nothing but notes of who wrote the model."""
        return [
            unit
            for unit, spots in self.inside.items()
            if unit.tag in LINES
            and all(spot.tag.kind == "comment" for spot in spots)
            and self.is_alone(unit)
        ]


def levels_of(model: Model) -> tuple[Levels, list[tuple[Spot, str]]]:
    """The units of all blocks, and what is wrong with those that have none."""
    levels, faults = Levels(), []
    for spot in model.spots:
        _note_ancestors(levels, spot)
    for block in model.blocks:
        try:
            units = _units(block)
        except Misplaced as error:
            faults.append((block.spots[0], str(error)))
            continue
        levels.units |= {spot.number: unit for spot, unit in zip(block.spots, units, strict=False)}
    faults += [
        (block.spots[0], _IN_THE_MIDDLE) for block in model.blocks if _is_torn(block, levels)
    ]
    return levels, faults


def _note_ancestors(levels: Levels, spot: Spot) -> None:
    element: Element | None = spot.line.element
    while element is not None:
        if element.tag in _UNITS:
            levels.inside.setdefault(element, []).append(spot)
        element = element.getparent()


def _units(block: Block) -> Sequence[Element]:
    """One unit for each tag of the block, none when the block is made of words."""
    lines = [spot.line.element for spot in block.spots]
    prefixes = {spot.tag.level for spot in block.spots}
    if "tr" in prefixes:
        return _rows(lines)
    if all(line is lines[0] for line in lines):
        return lines if "p" in prefixes or _is_whole(block) else ()
    return _common(lines)


def _is_whole(block: Block) -> bool:
    """A condition around all the words of a paragraph is about the paragraph."""
    first, last = block.spots[0], block.spots[-1]
    text = first.line.text
    around = text[: first.tag.start] + text[last.tag.end :]
    return block.kind == "if" and len(block.spots) == 2 and not around.strip()  # noqa: PLR2004


def _rows(lines: Sequence[Element]) -> list[Element]:
    rows = [next(line.iterancestors(*ROWS), None) for line in lines]
    found = [row for row in rows if row is not None]
    if len(found) < len(lines):
        raise Misplaced(_NO_ROW)
    if any(row.getparent() is not found[0].getparent() for row in found):
        raise Misplaced(_TWO_PARTS)
    return found


def _common(lines: Sequence[Element]) -> list[Element]:
    """The children of the closest common ancestor; cells stand for their row."""
    ways = [[line, *line.iterancestors()][::-1] for line in lines]
    depth = 0
    while all(len(way) > depth + 1 and way[depth + 1] is ways[0][depth + 1] for way in ways):
        depth += 1
    if any(len(way) <= depth + 1 for way in ways):
        raise Misplaced(_TWO_PARTS)
    units = [way[depth + 1] for way in ways]
    if all(unit.tag in _CELLS for unit in units):
        return [ways[0][depth] for _ in units]
    if any(unit.tag not in _UNITS for unit in units):
        raise Misplaced(_TWO_PARTS)
    return units


def _is_torn(block: Block, levels: Levels) -> bool:
    """A block begins or ends in the middle of a paragraph, or has an alternative there."""
    units = [levels.units.get(spot.number) for spot in block.spots]
    if any(unit is None for unit in units):
        return False
    for spot, unit in zip(block.spots, units, strict=True):
        if unit is not None and not levels.is_alone(unit) and not _is_at_edge(spot, unit):
            return True
    return False


def _is_at_edge(spot: Spot, unit: Element) -> bool:
    if spot.tag.kind in ("else", "elif"):
        return False
    if unit.tag in ROWS or spot.tag.level == "p":
        return True
    text = spot.line.text
    opens = spot.tag.kind in ("if", "for")
    outside = text[: spot.tag.start] if opens else text[spot.tag.end :]
    return not outside.strip()


def _residue(unit: Element, spots: Sequence[Spot]) -> str:
    """The words of a unit without its tags."""
    dialect = Dialect.WORD if unit.tag.startswith(W) else Dialect.ODF
    cut: dict[Element, list[Spot]] = {}
    for spot in spots:
        cut.setdefault(spot.line.element, []).append(spot)
    words = []
    for element in unit.iter(*LINES):
        text, at = paragraph(element, dialect=dialect).text, 0
        for spot in cut.get(element, ()):
            words.append(text[at : spot.tag.start])
            at = spot.tag.end
        words.append(text[at:])
    return "".join(words).strip()
