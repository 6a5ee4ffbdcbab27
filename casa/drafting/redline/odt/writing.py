"""Writes what changed into the new OpenDocument text."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml import etree

from casa.drafting.readers.odf.body import cells_of, rows_of
from casa.drafting.readers.odf.names import TEXT
from casa.drafting.redline.odt.atoms import Letters
from casa.drafting.redline.odt.carrying import Carrier
from casa.drafting.redline.odt.items import (
    PARAGRAPHS,
    inside_item,
    items_of,
    last_leaf,
    leaves_of,
)
from casa.drafting.redline.odt.marks import Pen, empty, put_first
from casa.drafting.redline.odt.matching import Matcher, Pair
from casa.drafting.redline.odt.wording import track_words
from casa.drafting.xml import Element, local


@dataclass(frozen=True)
class Redline:
    """Compares one part of two files, the text or a header, and what it is made of."""

    pen: Pen
    carrier: Carrier
    before: Letters
    after: Letters
    strict: bool = False

    @property
    def matcher(self) -> Matcher:
        """What pairs blocks."""
        return Matcher(self.carrier, self.before.text, self.after.text, strict=self.strict)

    def for_part(self, pen: Pen, carrier: Carrier) -> "Redline":
        """The same for another part of the files."""
        return replace(self, pen=pen, carrier=carrier)

    def track(self, old: Element, new: Element) -> None:
        """Mark in `new` (a text, a cell, a note, a box) what differs from `old`."""
        olds, news = list(items_of(old)), list(items_of(new))
        pairs = self._held(self.matcher.pairs(olds, news), olds, news)
        for was, now in pairs:
            if was is not None and now is not None:
                self._change(was, now)
        self._place(pairs, inside=new)

    def whole(self, old: Element, new: Element) -> None:
        """All of the old text goes and all of the new one comes."""
        olds, news = list(items_of(old)), list(items_of(new))
        first = news[0] if news else empty()
        if not news:
            new.append(first)
        copies = [self._copy(block) for block in olds]
        first.addprevious(self.pen.deletion([*copies, empty()]))
        start, end = self.pen.insertion()
        first.addprevious(start)
        last = news[-1] if news else first
        last.addnext(end)
        end.addnext(empty())

    def _held(
        self, pairs: list[Pair], olds: Sequence[Element], news: Sequence[Element]
    ) -> list[Pair]:
        """Where nothing is left of a text, its last paragraph takes the place of the old one."""
        if any(old is not None and new is not None for old, new in pairs):
            return pairs
        was = next((old for old in reversed(olds) if old.tag == f"{TEXT}p"), None)
        now = next((new for new in reversed(news) if new.tag == f"{TEXT}p"), None)
        if was is None or now is None or not self.matcher.can_be(was, now):
            return pairs
        at, place = olds.index(was), news.index(now)
        first = [*((old, None) for old in olds[:at]), *((None, new) for new in news[:place])]
        rest = [*((o, None) for o in olds[at + 1 :]), *((None, n) for n in news[place + 1 :])]
        return [*first, (was, now), *rest]

    def _change(self, old: Element, new: Element) -> None:
        if new.tag in PARAGRAPHS:
            track_words(self, old, new)
        elif local(new) == "list":
            self._change_list(old, new)
        else:
            for was, now in zip(rows_of(old), rows_of(new), strict=True):
                for cell, other in zip(cells_of(was), cells_of(now), strict=True):
                    self.track(cell, other)

    def _change_list(self, old: Element, new: Element) -> None:
        pairs = self.matcher.item_pairs(old, new)
        for was, now in pairs:
            if was is not None and now is not None:
                for one, other in zip(inside_item(was), inside_item(now), strict=True):
                    self._change(one, other)
        self._place(pairs, inside=new)

    def _place(self, pairs: Sequence[Pair], *, inside: Element) -> None:
        """Mark what goes and what comes between the blocks, or the items, that both have."""
        last: Element | None = None
        for kept, gone, came in _gaps(pairs):
            self._delete(gone, behind=last, ahead=kept, inside=inside)
            for run in _runs(came):
                self._insert(run, behind=last, ahead=kept)
                last = run[-1]
            last = kept if kept is not None else last

    def _insert(
        self, run: Sequence[Element], *, behind: Element | None, ahead: Element | None
    ) -> None:
        """From the end of what is before to its own end; or around it, where nothing is."""
        start, end = self.pen.insertion()
        leaf, own = _end_of(behind, beside=run[0]), last_leaf(run[-1])
        if leaf is not None and own is not None:
            leaf.append(start)
            own.append(end)
        elif local(run[0]) in ("list-item", "list-header") and ahead is not None:
            put_first(next(leaves_of(ahead)), end)
            put_first(next(leaves_of(run[0])), start)
        else:
            _put_around(run, start, end)

    def _delete(
        self,
        gone: Sequence[Element],
        *,
        behind: Element | None,
        ahead: Element | None,
        inside: Element,
    ) -> None:
        if not gone:
            return
        copies = [self._copy(block) for block in gone]
        if local(gone[0]) in ("list-item", "list-header"):
            copies = [self._as_list(gone[0], copies)]
        leaf = _end_of(behind, beside=None)
        first = (
            next(leaves_of(ahead), None) if ahead is not None and local(ahead) != "table" else None
        )
        if leaf is not None:
            rest = [empty()] if local(copies[-1]) == "table" else []
            leaf.append(self.pen.deletion([empty(), *copies, *rest]))
        elif first is not None:
            put_first(first, self.pen.deletion([*copies, empty()]))
        else:
            mark = self.pen.deletion([*copies, empty()])
            _put(mark, behind=behind, ahead=next(items_of(inside), None), inside=inside)

    def _as_list(self, item: Element, copies: Sequence[Element]) -> Element:
        """Items that go, inside the lists in which they stood; it continues the list before."""
        holders = list(item.iterancestors(f"{TEXT}list", f"{TEXT}list-item", f"{TEXT}list-header"))
        made = [etree.Element(holder.tag) for holder in holders]
        for holder, copy in zip(holders, made, strict=True):
            if said := holder.get(f"{TEXT}style-name"):
                copy.set(f"{TEXT}style-name", said)
            self.carrier.fit(copy)
        for inner, outer in pairwise(made):
            outer.append(inner)
        made[-1].set(f"{TEXT}continue-numbering", "true")
        made[0].extend(copies)
        return made[-1]

    def deleted(self, paragraph: Element) -> Element:
        """A fragment of an old paragraph, fit for the new file."""
        return self.carrier.fit(paragraph)

    def _copy(self, block: Element) -> Element:
        copy = deepcopy(block)
        copy.tail = None
        return self.carrier.fit(copy)


def _gaps(pairs: Sequence[Pair]) -> Iterator[tuple[Element | None, list[Element], list[Element]]]:
    """The blocks that both have, each with what goes and what comes before it; None at the end."""
    gone: list[Element] = []
    came: list[Element] = []
    for old, new in pairs:
        if old is not None and new is not None:
            yield new, gone, came
            gone, came = [], []
        elif old is not None:
            gone.append(old)
        elif new is not None:
            came.append(new)
    yield None, gone, came


def _runs(blocks: Sequence[Element]) -> Iterator[list[Element]]:
    """Neighbours in one place."""
    run: list[Element] = []
    for block in blocks:
        if run and run[-1].getparent() is not block.getparent():
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _put_around(run: Sequence[Element], start: Element, end: Element) -> None:
    """Between blocks; but before a table, or at the end, programs want a mark in a paragraph."""
    run[0].addprevious(start)
    behind = run[-1].getnext()
    if run[-1].tag in PARAGRAPHS and (behind is None or local(behind) == "table"):
        run[-1].append(end)
        return
    end.tail, run[-1].tail = run[-1].tail, None
    run[-1].addnext(end)


def _end_of(block: Element | None, *, beside: Element | None) -> Element | None:
    """The paragraph in which what comes before ends, when it is in the same place."""
    if block is None or (beside is not None and block.getparent() is not beside.getparent()):
        return None
    return last_leaf(block)


def _put(mark: Element, *, behind: Element | None, ahead: Element | None, inside: Element) -> None:
    if behind is not None:
        mark.tail, behind.tail = behind.tail, None
        behind.addnext(mark)
    elif ahead is not None:
        ahead.addprevious(mark)
    else:
        inside.append(mark)
