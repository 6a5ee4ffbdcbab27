"""Writes the result of a merge into our ODT: only what changes is touched.

What comes from the source takes the style, the list and the look of our nearest paragraph of its
kind; a table that changes its rows or columns is written anew in the place of ours.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from casa.drafting.comparing import align
from casa.drafting.draft import Block, Draft
from casa.drafting.limits import Limits
from casa.drafting.merging.choosing import texts_of
from casa.drafting.merging.nearest import is_typed, nearest
from casa.drafting.merging.odt.lists import Spot, spot_of
from casa.drafting.merging.odt.placing import placed
from casa.drafting.merging.odt.revising import revise, say
from casa.drafting.merging.placing import with_objects, with_prefix
from casa.drafting.readers.odf.body import cells_of, rows_of
from casa.drafting.readers.odf.names import TABLE, TEXT
from casa.drafting.redline.odt.atoms import Letters
from casa.drafting.redline.odt.carrying import styles_of
from casa.drafting.redline.odt.items import PARAGRAPHS, items_of
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.redline.odt.resolving import accept
from casa.drafting.redline.odt.withdrawing import cut_off
from casa.drafting.xml import Element

_FIRST = re.compile(r"(?<!\w)(?:1|a|i)\W*$", re.IGNORECASE)


class Writer:
    """Goes through the blocks in the order of the result and remembers the last paragraph."""

    def __init__(self, ours: Path, draft: Draft, *, limits: Limits) -> None:
        self._document = OpenOdt(ours, limits=limits)
        accept(self._document)
        self._blocks = draft.blocks
        self._places = placed(draft.blocks, self._document.text, styles=styles_of(self._document))
        self._letters = Letters({}, self._document)
        self._spots = [spot_of(elements[-1]) if elements else None for elements in self._places]
        self._last: Element | None = None
        self._reached = 0

    def saved(self) -> bytes:
        """The bytes of the ODT."""
        return self._document.saved()

    def write(
        self, own: Sequence[Block], target: Sequence[Block], *, first: int, moved: bool
    ) -> None:
        """Make the blocks of one clause, our ones from `first` on, what they should be."""
        for old, new in align(texts_of(own), texts_of(target)):
            elements = self._places[first + old] if old is not None else []
            if old is None and new is not None:
                self._insert(target[new])
            elif old is not None and new is None:
                self._remove(elements)
            elif old is not None and new is not None:
                if self._is_away(first + old, moved=moved):
                    self._move(elements, self._spots[first + old], target[new])
                self._change(own[old], target[new], elements)
                self._last = elements[-1] if elements else self._last

    def _is_away(self, place: int, *, moved: bool) -> bool:
        """Whether our block stands elsewhere in the result: moved, or left by those moved."""
        if not moved:
            moved, self._reached = place < self._reached, max(place, self._reached)
        return moved

    def _remove(self, elements: Sequence[Element]) -> None:
        for element in elements:
            if element is not self._last:
                cut_off(element)

    def _move(self, elements: Sequence[Element], spot: Spot | None, block: Block) -> None:
        for element in elements:
            cut_off(element)
            element.tail = None
            self._put(element, spot, block)

    def _change(self, old: Block, new: Block, elements: Sequence[Element]) -> None:
        if (old.text, old.number, old.rows) == (new.text, new.number, new.rows):
            return
        if not elements or bool(old.rows) != bool(new.rows):
            self._insert(new)
        elif old.rows:
            self._change_table(elements[0], new)
        else:
            shown = self._letters.text(elements[-1])
            words = with_objects(shown, with_prefix(shown, old, new), self._letters.objects)
            revise(elements[-1], words, self._letters)

    def _change_table(self, table: Element, new: Block) -> None:
        """Cell by cell where the two have the same cells of one paragraph; else all rows anew."""
        rows = [list(cells_of(row)) for row in rows_of(table)]
        widths = [len(row) for row in rows] == [len(row) for row in new.rows]
        if not widths or not all(_fits(cell, text) for cell, text in _cells(rows, new)):
            table.getparent().replace(table, fresh := _table(new, table))  # type: ignore[union-attr]
            self._last = fresh
            return
        for cell, text in _cells(rows, new):
            for paragraph in cell.findall(f"{TEXT}p"):
                revise(paragraph, text, self._letters)

    def _insert(self, block: Block) -> None:
        place = nearest(block, self._blocks, self._places, last=self._last)
        if block.rows:
            model = self._places[place][0] if place is not None else None
            self._put(_table(block, model), None, block)
            return
        if place is None:
            made = etree.Element(f"{TEXT}p")
            say(made, f"{block.number} {block.text}".strip())
            self._put(made, None, block)
            return
        model = self._places[place][-1]
        made = etree.Element(model.tag)
        made.attrib.update(
            {name: value for name, value in model.attrib.items() if not str(name).endswith("}id")}
        )
        typed = is_typed(self._blocks[place], self._letters.text(model))
        say(made, f"{block.number} {block.text}".strip() if typed else block.text)
        self._put(made, self._spots[place], block)

    def _put(self, made: Element, spot: Spot | None, block: Block) -> None:
        """Behind the last paragraph, in a list if it belongs to one."""
        first = next(items_of(self._document.text), None)
        (spot or Spot("", 0)).put(
            made,
            behind=self._last,
            ahead=first,
            inside=self._document.text,
            starts=not block.number or bool(_FIRST.search(block.number)),
        )
        self._last = made


def _cells(rows: Sequence[Sequence[Element]], new: Block) -> list[tuple[Element, str]]:
    return [
        pair
        for cells, row in zip(rows, new.rows, strict=True)
        for pair in zip(cells, row, strict=True)
    ]


def _fits(cell: Element, text: str) -> bool:
    return len(cell) == 1 and cell[0].tag in PARAGRAPHS and "\n" not in text


def _table(block: Block, model: Element | None) -> Element:
    """A table with these words, as wide and as styled as ours."""
    made = etree.Element(f"{TABLE}table")
    made.attrib.update(model.attrib if model is not None else {})
    column = etree.SubElement(made, f"{TABLE}table-column")
    column.set(f"{TABLE}number-columns-repeated", str(max(len(row) for row in block.rows) or 1))
    for row in block.rows:
        line = etree.SubElement(made, f"{TABLE}table-row")
        for text in row:
            cell = etree.SubElement(line, f"{TABLE}table-cell")
            for words in text.split("\n"):
                say(etree.SubElement(cell, f"{TEXT}p"), words)
    return made
