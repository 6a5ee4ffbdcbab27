"""Our Word file with the result of a merge in it: our formatting, and conflicts as tracked changes.

Only paragraphs that change are touched. What comes from the source takes the style, the list and
the look of our nearest paragraph of the same kind.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path

from lxml import etree

from casa.drafting.comparing import align
from casa.drafting.comparing.units import Unit
from casa.drafting.draft import Block
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.merging.choosing import Choice, chosen, is_tracked, target_of, texts_of
from casa.drafting.merging.looking import Look, brings_nothing
from casa.drafting.merging.merging import merge
from casa.drafting.merging.missing import TABLE, ByHand, inserted
from casa.drafting.merging.model import ClauseMerge
from casa.drafting.merging.nearest import is_typed, nearest
from casa.drafting.merging.placing import (
    cell_changes,
    is_attached,
    placed,
    with_objects,
    with_prefix,
)
from casa.drafting.readers.docx.package import W
from casa.drafting.reading import read
from casa.drafting.redline.carrying import Carrier
from casa.drafting.redline.marks import Pen, pen_for
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.resolving import accept, reject
from casa.drafting.redline.revising import delete_item, revise
from casa.drafting.redline.runs import OBJECT, form_of, new_runs, pieces_of, text_of
from casa.drafting.redline.writing import Redline
from casa.drafting.xml import Element


def docx(
    base: Path,
    ours: Path,
    theirs: Path,
    *,
    choices: Mapping[str, Choice] | None = None,
    author: str,
    on: date,
    limits: Limits = DEFAULT,
) -> bytes:
    """Our DOCX with what `theirs` changed; undecided conflicts as changes tracked by `author`.

    `choices` are a person's decisions by key of the clause. Raises Unreadable, also when a clause
    of the result could not be written into ours.
    """
    drafts = [read(path, limits=limits) for path in (base, ours, theirs)]
    merged = chosen(merge(*drafts), choices or {})
    own, foreign = OpenDocx(ours, limits=limits), OpenDocx(theirs, limits=limits)
    for document in (own, foreign):
        for root in document.texts():
            accept(root)
    if not choices and brings_nothing(*drafts):
        return own.saved()
    pen = pen_for(own.body, author=author, on=on)
    writer = _Writer(
        pen=pen,
        redline=Redline(
            old=foreign,
            new=own,
            pen=pen,
            carrier=Carrier(foreign, own),
            source=foreign.main,
            target=own.main,
        ),
        blocks=drafts[1].blocks,
        places=placed(drafts[1].blocks, own.body),
        foreign=placed(drafts[2].blocks, foreign.body),
        body=own.body,
    )
    for clause in merged.clauses:
        writer.write(clause)
    leads_to = [block for clause in merged.clauses for block in target_of(clause)]
    look = Look(own.saved(), limits=limits)
    for block in look.missing(leads_to):
        for line in writer.by_hand.add(block):
            look.says_too(line)
    look.check(merged)
    return own.saved()


class _Writer:
    """Goes through the clauses in the order of the result and remembers the last paragraph."""

    def __init__(
        self,
        *,
        pen: Pen,
        redline: Redline,
        blocks: Sequence[Block],
        places: list[list[Element]],
        foreign: list[list[Element]],
        body: Element,
    ) -> None:
        self._pen = pen
        self._redline = redline
        self._blocks = blocks
        self._places = places
        self._foreign = foreign
        self._body = body
        self._last: Element | None = None
        self._reached = 0
        self.by_hand = ByHand(body, pen)

    def write(self, clause: ClauseMerge) -> None:
        """Bring one clause into our file."""
        _, ours, theirs = clause.units
        tracked, target = is_tracked(clause), target_of(clause)
        first = ours.first_block if ours else 0
        own = ours.blocks if ours else ()
        for old, new in align(texts_of(own), texts_of(target)):
            elements = self._places[first + old] if old is not None else []
            if old is not None and ours and clause.side and self._is_away(first + old, clause):
                self._move(elements)
            if old is None and new is not None:
                self._insert(target[new], theirs, tracked=tracked)
            elif old is not None and new is None:
                self._remove(own[old], elements, tracked=tracked)
                self._reach(elements)
            elif old is not None and new is not None:
                self._reach(elements)
                self._change(own[old], target[new], elements, theirs, tracked=tracked)

    def _is_away(self, place: int, clause: ClauseMerge) -> bool:
        """Whether our block stands elsewhere in the result: moved, or left by those moved."""
        if clause.moved:
            return True
        away, self._reached = place < self._reached, max(place, self._reached)
        return away

    def _reach(self, elements: Sequence[Element]) -> None:
        self._last = elements[-1] if elements and is_attached(elements[-1]) else self._last

    def _move(self, elements: Sequence[Element]) -> None:
        last = self._last
        for element in elements:
            if last is None:
                self._body.insert(0, element)
            elif element is not last:
                last.addnext(element)
            last = element

    def _change(
        self,
        old: Block,
        new: Block,
        elements: Sequence[Element],
        theirs: Unit | None,
        *,
        tracked: bool,
    ) -> None:
        if (old.text, old.number, old.rows) == (new.text, new.number, new.rows):
            return
        if not elements or bool(old.rows) != bool(new.rows):
            self.by_hand.add(new)
            return
        self._change_words(old, new, elements, theirs)
        if not tracked:
            for element in elements:
                accept(element)

    def _change_words(
        self, old: Block, new: Block, elements: Sequence[Element], theirs: Unit | None
    ) -> None:
        if not old.rows:
            shown = text_of(elements[-1])
            words = with_objects(shown, with_prefix(shown, old, new), OBJECT)
            revise(elements[-1], words, self._pen)
        elif changes := cell_changes(elements[0], new):
            for paragraph, text in changes:
                revise(paragraph, text, self._pen)
        elif cell_changes(elements[0], new) is None:
            self._table_by_hand(new, theirs)

    def _table_by_hand(self, new: Block, theirs: Unit | None) -> None:
        """Our table stays; that of the source stands behind it as an insertion."""
        made = self._table(new, theirs)
        if made is None or self._last is None:
            self.by_hand.add(new)
            return
        self._redline.insert(made)
        for element in (inserted(TABLE, self._pen), made):
            self._last.addnext(element)
            self._last = element

    def _remove(self, old: Block, elements: Sequence[Element], *, tracked: bool) -> None:
        if not elements:
            self.by_hand.add_removed(old)
        for element in elements:
            if tracked:
                delete_item(element, self._pen)
                continue
            above = element.getparent()
            if above is not None:
                above.remove(element)

    def _insert(self, block: Block, theirs: Unit | None, *, tracked: bool) -> None:
        made = self._table(block, theirs) if block.rows else self._paragraph(block)
        if made is None:
            self.by_hand.add(block)
            return
        if tracked:
            self._redline.insert(made)
        if self._last is None:
            self._body.insert(0, made)
        else:
            self._last.addnext(made)
        self._last = made

    def _table(self, block: Block, theirs: Unit | None) -> Element | None:
        alike = (
            at for at, its in enumerate(theirs.blocks if theirs else ()) if its.rows == block.rows
        )
        place = next(alike, None)
        if theirs is None or place is None:
            return None
        elements = self._foreign[theirs.first_block + place]
        if not elements:
            return None
        made = self._redline.deleted(elements[0])
        reject(made)
        return made

    def _paragraph(self, block: Block) -> Element:
        """A paragraph of ours with their words: its form is that of our nearest one of the kind."""
        made = etree.Element(f"{W}p")
        place = nearest(block, self._blocks, self._places, last=self._last)
        model = self._places[place][-1] if place is not None else None
        typed = bool(block.number)
        form = None
        if model is not None:
            properties = model.find(f"{W}pPr")
            if properties is not None:
                made.append(deepcopy(properties))
                for section in list(made[0].iter(f"{W}sectPr")):
                    made[0].remove(section)
            typed = place is not None and is_typed(self._blocks[place], text_of(model))
            form = next((form_of(piece) for piece in pieces_of(model)), None)
        text = f"{block.number} {block.text}".strip() if typed else block.text
        made.append(new_runs(text, form, deleted=False))
        return made
