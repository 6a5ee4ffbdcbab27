"""Writes what changed into the new Word text: paragraph by paragraph, row by row, word by word."""

from collections.abc import Hashable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial

from lxml import etree

from casa.drafting.readers.docx.package import W
from casa.drafting.redline.carrying import Carrier
from casa.drafting.redline.fields import mark_inserted, whole_fields
from casa.drafting.redline.items import Pair, cells_of, grid_of, items_of, pairs, rows_of
from casa.drafting.redline.letters import Letters
from casa.drafting.redline.marks import (
    Pen,
    mark_paragraph,
    mark_row,
    paragraph_properties,
    remember_form,
)
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.runs import run_level, single, text_of
from casa.drafting.redline.things import Things
from casa.drafting.redline.wording import track_words
from casa.drafting.xml import Element, local


@dataclass(frozen=True)
class Redline:
    """Two files and the parts of them that are compared: the body, a header, the notes.

    `whole`: nothing is looked at closely, all of the old text goes and all of the new one comes.
    """

    old: OpenDocx
    new: OpenDocx
    pen: Pen
    carrier: Carrier
    source: str
    target: str
    whole: bool = False
    letters: dict[Hashable, str] = field(default_factory=dict)

    def of_parts(self, source: str, target: str) -> "Redline":
        """The same for other parts of the two files."""
        return replace(self, source=source, target=target)

    @property
    def before(self) -> Letters:
        """The letters of the old part."""
        return Letters(self.letters, partial(self.old.digest, self.source))

    @property
    def after(self) -> Letters:
        """The letters of the new part."""
        return Letters(self.letters, partial(self.new.digest, self.target))

    @property
    def things(self) -> Things:
        """What carries pictures and notes over."""
        return Things(self.old, self.new, carrier=self.carrier, pen=self.pen)

    def track(self, old: Element, new: Element) -> None:
        """Mark in `new` (a body, a cell, a note, a header) what differs from `old`."""
        olds, news = list(items_of(old)), list(items_of(new))
        last: Element | None = None
        for was, now in self._pairs(olds, news):
            if was is not None and now is not None:
                self._change(was, now)
            elif now is not None:
                self.insert(now)
            elif was is not None:
                gone = self.deleted(was)
                _put(gone, behind=last, ahead=news[0] if news else None, inside=new)
                last = self._apart(gone)
            last = now if now is not None else last

    def insert(self, item: Element) -> None:
        """Mark a paragraph or a table as inserted."""
        if item.tag == f"{W}p":
            self._insert_words(item)
            mark_paragraph(item, self.pen.mark("ins"))
            return
        for row in rows_of(item):
            self._insert_row(row)

    def deleted(self, item: Element) -> Element:
        """A copy of a paragraph or a table of the old file, marked as deleted."""
        if item.tag == f"{W}p":
            gone = self._deleted_words(item)
            mark_paragraph(gone, self.pen.mark("del"))
            return gone
        table = etree.Element(f"{W}tbl")
        table.extend([deepcopy(child) for child in item if local(child) in ("tblPr", "tblGrid")])
        self.carrier.fit_table(table)
        table.extend([self._deleted_row(row) for row in rows_of(item)])
        return table

    def change_paragraph(self, old: Element, new: Element) -> None:
        """Mark in the new paragraph the words, and the form, that differ from the old one."""
        track_words(self, old, new)
        fitted = self.carrier.fitted(old.find(f"{W}pPr"))
        if self.carrier.form(fitted) != self.carrier.form(new.find(f"{W}pPr")):
            remember_form(new, fitted, self.pen)

    def _apart(self, gone: Element) -> Element:
        """Two tables that touch are one for most programs: a paragraph that goes stands between.

        Gives the last of what goes.
        """
        if gone.tag != f"{W}tbl":
            return gone
        before, after = gone.getprevious(), gone.getnext()
        if before is not None and before.tag == f"{W}tbl":
            gone.addprevious(self._gap())
        if after is None or after.tag != f"{W}tbl":
            return gone
        gap = self._gap()
        gone.addnext(gap)
        return gap

    def _gap(self) -> Element:
        gap = etree.Element(f"{W}p")
        mark_paragraph(gap, self.pen.mark("del"))
        return gap

    def _pairs(self, olds: Sequence[Element], news: Sequence[Element]) -> list[Pair]:
        if self.whole:
            return [*((old, None) for old in olds), *((None, new) for new in news)]
        was, now = partial(text_of, letters=self.before), partial(text_of, letters=self.after)
        return pairs(olds, news, was=was, now=now)

    def _change(self, old: Element, new: Element) -> None:
        if new.tag == f"{W}p":
            self.change_paragraph(old, new)
            return
        news = list(rows_of(new))
        last: Element | None = None
        for was, now in self._pairs(list(rows_of(old)), news):
            last = self._change_row(was, now, last=last, table=new, first=next(iter(news), None))

    def _change_row(
        self,
        old: Element | None,
        new: Element | None,
        *,
        last: Element | None,
        table: Element,
        first: Element | None,
    ) -> Element | None:
        if old is not None and new is not None and self._change_cells(old, new):
            return new
        if old is not None:
            gone = self._deleted_row(old)
            _put(gone, behind=last, ahead=first, inside=table)
            last = gone
        if new is not None:
            self._insert_row(new)
            last = new
        return last

    def _change_cells(self, old: Element, new: Element) -> bool:
        """Track inside the cells, when both rows have the same."""
        olds, news = list(cells_of(old)), list(cells_of(new))
        if grid_of(olds) != grid_of(news):
            return False
        for was, now in zip(olds, news, strict=True):
            self.track(was, now)
        return True

    def _insert_row(self, row: Element) -> None:
        mark_row(row, self.pen.mark("ins"))
        for cell in cells_of(row):
            for item in items_of(cell):
                if item.tag == f"{W}p":
                    self._insert_words(item)
                else:
                    self.insert(item)
            self._mark_breaks(cell, "ins")

    def _insert_words(self, paragraph: Element) -> None:
        single(paragraph)
        mark_inserted(run_level(paragraph), self.pen)

    def _deleted_words(self, paragraph: Element) -> Element:
        gone = etree.Element(f"{W}p")
        fitted = self.carrier.fitted(paragraph.find(f"{W}pPr"))
        if len(fitted):
            paragraph_properties(gone).extend(list(fitted))
        single(paragraph)
        gone.extend(self.deleted_runs(run_level(paragraph)))
        return gone

    def deleted_runs(self, elements: Sequence[Element]) -> Iterator[Element]:
        """Copies of runs of the old file as deleted, one mark around each, or around a field.

        A check box of an old form becomes the sign that it shows: no program deletes the box.
        """
        for group in whole_fields(elements):
            mark = self.pen.mark("del")
            mark.extend([self._deleted_run(element) for element in group])
            yield mark

    def _deleted_run(self, element: Element) -> Element:
        copy = deepcopy(element)
        copy.tail = None
        self.things.fit(copy, source=self.source, target=self.target)
        for text in copy.findall(f"{W}t"):
            text.tag = f"{W}delText"
        for code in copy.findall(f"{W}instrText"):
            code.tag = f"{W}delInstrText"
        return copy

    def _deleted_row(self, row: Element) -> Element:
        gone = etree.Element(f"{W}tr")
        gone.extend([deepcopy(child) for child in row if local(child) in ("tblPrEx", "trPr")])
        for cell in cells_of(row):
            copy = etree.SubElement(gone, f"{W}tc")
            copy.extend([deepcopy(child) for child in cell if local(child) == "tcPr"])
            copy.extend([self._deleted_inside(item) for item in items_of(cell)])
            if not len(copy) or local(copy[-1]) != "p":
                etree.SubElement(copy, f"{W}p")
            self._mark_breaks(copy, "del")
        mark_row(gone, self.pen.mark("del"))
        return gone

    def _deleted_inside(self, item: Element) -> Element:
        return self._deleted_words(item) if item.tag == f"{W}p" else self.deleted(item)

    def _mark_breaks(self, cell: Element, name: str) -> None:
        """Mark the ends of paragraphs too: LibreOffice keeps a row in which anything stays."""
        for paragraph in cell.findall(f"{W}p"):
            following = paragraph.getnext()
            if following is not None and following.tag == f"{W}p":
                mark_paragraph(paragraph, self.pen.mark(name))


def _put(item: Element, *, behind: Element | None, ahead: Element | None, inside: Element) -> None:
    if behind is not None:
        behind.addnext(item)
    elif ahead is not None:
        ahead.addprevious(item)
    else:
        inside.insert(0, item)
