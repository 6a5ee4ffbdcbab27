"""Two Word files become one with real tracked changes.

The package is that of the second file, so accepting all gives exactly it: styles, numbering,
headers, tables and pictures included. What the second file lacks comes from the first, as deleted
words in their own look.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path

from lxml import etree

from casa.drafting.comparing import align, diff_words
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.carrying import Carrier
from casa.drafting.redline.marks import (
    Pen,
    mark_paragraph,
    mark_row,
    paragraph_properties,
    pen_for,
    remember_form,
)
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.resolving import accept
from casa.drafting.redline.runs import Piece, deleted_runs, part, pieces_of, runs_of, text_of, wrap
from casa.drafting.xml import Element, local

_TABLE = "\x1f"
_FORM = ("pStyle", "numPr")
_NOT_FORM = ("rPr", "sectPr", "pPrChange")


def docx(before: Path, after: Path, *, author: str, on: date, limits: Limits = DEFAULT) -> bytes:
    """The second DOCX with tracked changes from the first, by `author` on that day.

    Changes that the files already track are taken as accepted. Raises Unreadable.
    """
    old, new = OpenDocx(before, limits=limits), OpenDocx(after, limits=limits)
    for document in (old, new):
        for root in document.texts():
            accept(root)
    pen = pen_for(new.body, author=author, on=on)
    Redline(pen=pen, carrier=Carrier(old, new)).track(old.body, new.body)
    return new.saved()


class Redline:
    """Writes the changes into the new text. Holds the pen and what carries styles over."""

    def __init__(self, *, pen: Pen, carrier: Carrier) -> None:
        self._pen = pen
        self._carrier = carrier

    def track(self, old: Element, new: Element) -> None:
        """Mark in `new` (a body or a cell) what differs from `old`."""
        olds, news = list(items_of(old)), list(items_of(new))
        last: Element | None = None
        for was, now in _pairs(olds, news):
            if was is not None and now is not None:
                self._change(was, now)
                last = now
            elif now is not None:
                self.insert(now)
                last = now
            elif was is not None:
                gone = self.deleted(was)
                _put(gone, behind=last, ahead=news[0] if news else None, inside=new)
                last = gone

    def insert(self, item: Element) -> None:
        """Mark a paragraph or a table as inserted."""
        if item.tag == f"{W}p":
            self._insert_paragraph(item)
            return
        for row in item.iter(f"{W}tr"):
            self._insert_row(row)

    def deleted(self, item: Element) -> Element:
        """A copy of a paragraph or a table of the old file, marked as deleted."""
        if item.tag == f"{W}p":
            return self._deleted_paragraph(item)
        table = etree.Element(f"{W}tbl")
        table.extend([deepcopy(child) for child in item if local(child) in ("tblPr", "tblGrid")])
        self._carrier.fit_table(table)
        table.extend([self._deleted_row(row) for row in rows_of(item)])
        return table

    def change_paragraph(self, old: Element, new: Element) -> None:
        """Mark in the new paragraph the words that differ from the old one."""
        pieces = list(pieces_of(old))
        before, after = "".join(piece.text for piece in pieces), text_of(new)
        if before != after:
            self._track_words(pieces, before, new, after)
        form = old.find(f"{W}pPr")
        if _form(form) != _form(new.find(f"{W}pPr")):
            fitted = self._carrier.fitted(form)
            remember_form(new, fitted, self._pen)

    def _track_words(self, pieces: list[Piece], before: str, new: Element, after: str) -> None:
        gone: dict[int, list[Element]] = {}
        came: list[tuple[int, int]] = []
        was = now = 0
        for words in diff_words(before, after):
            size = len(words.text)
            if words.op == "delete":
                gone.setdefault(now, []).extend(deleted_runs(pieces, was, was + size, self._pen))
            elif words.op == "insert":
                came.append((now, now + size))
            was += size if words.op != "insert" else 0
            now += size if words.op != "delete" else 0
        cuts = {cut for span in came for cut in span} | set(gone)
        placed = part(new, cuts)
        for at, marks in gone.items():
            _put_words(marks, at, placed, new)
        for run, start, end in placed:
            if any(since <= start and end <= until for since, until in came):
                wrap(run, self._pen.mark("ins"))

    def _change(self, old: Element, new: Element) -> None:
        if new.tag == f"{W}p":
            self.change_paragraph(old, new)
            return
        olds, news = list(rows_of(old)), list(rows_of(new))
        last: Element | None = None
        for was, now in _matched(
            olds, news, [_row_text(row) for row in olds], [_row_text(row) for row in news]
        ):
            last = self._change_row(was, now, last=last, table=new, news=news)

    def _change_row(
        self,
        old: Element | None,
        new: Element | None,
        *,
        last: Element | None,
        table: Element,
        news: Sequence[Element],
    ) -> Element | None:
        if old is not None and new is not None:
            cells = list(cells_of(old)), list(cells_of(new))
            if len(cells[0]) == len(cells[1]):
                for was, now in zip(*cells, strict=True):
                    self.track(was, now)
                return new
        if old is not None:
            gone = self._deleted_row(old)
            _put(gone, behind=last, ahead=news[0] if news else None, inside=table)
            last = gone
        if new is not None:
            self._insert_row(new)
            last = new
        return last

    def _insert_row(self, row: Element) -> None:
        mark_row(row, self._pen.mark("ins"))
        for paragraph in row.iter(f"{W}p"):
            self._insert_words(paragraph)

    def _insert_paragraph(self, paragraph: Element) -> None:
        self._insert_words(paragraph)
        mark_paragraph(paragraph, self._pen.mark("ins"))

    def _insert_words(self, paragraph: Element) -> None:
        for run in runs_of(paragraph):
            wrap(run, self._pen.mark("ins"))

    def _deleted_paragraph(self, paragraph: Element) -> Element:
        gone = self._deleted_words(paragraph)
        mark_paragraph(gone, self._pen.mark("del"))
        return gone

    def _deleted_words(self, paragraph: Element) -> Element:
        gone = etree.Element(f"{W}p")
        fitted = self._carrier.fitted(paragraph.find(f"{W}pPr"))
        if len(fitted):
            paragraph_properties(gone).extend(list(fitted))
        pieces = list(pieces_of(paragraph))
        length = sum(len(piece.text) for piece in pieces)
        gone.extend(deleted_runs(pieces, 0, length, self._pen))
        return gone

    def _deleted_row(self, row: Element) -> Element:
        gone = etree.Element(f"{W}tr")
        gone.extend([deepcopy(child) for child in row if local(child) in ("tblPrEx", "trPr")])
        for cell in cells_of(row):
            copy = etree.SubElement(gone, f"{W}tc")
            copy.extend([deepcopy(child) for child in cell if local(child) == "tcPr"])
            copy.extend([self._deleted_words(paragraph) for paragraph in cell.iter(f"{W}p")])
        mark_row(gone, self._pen.mark("del"))
        return gone


def items_of(container: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body or a cell, through content controls."""
    for child in container:
        name = local(child)
        if name in ("p", "tbl"):
            yield child
        elif name in ("sdt", "sdtContent", "customXml"):
            yield from items_of(child)


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, through content controls."""
    for child in table:
        if local(child) == "tr":
            yield child
        elif local(child) in ("sdt", "sdtContent", "customXml"):
            yield from rows_of(child)


def cells_of(row: Element) -> Iterator[Element]:
    """The cells of a row, through content controls."""
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in ("sdt", "sdtContent", "customXml"):
            yield from cells_of(child)


def item_text(item: Element) -> str:
    """What a paragraph or a table is recognised by."""
    return text_of(item) if item.tag == f"{W}p" else _TABLE + _row_text(item)


def _row_text(element: Element) -> str:
    return " | ".join(text_of(paragraph) for paragraph in element.iter(f"{W}p"))


def _pairs(
    olds: Sequence[Element], news: Sequence[Element]
) -> Iterator[tuple[Element | None, Element | None]]:
    """As aligned; a paragraph never becomes a table."""
    old_texts, new_texts = [item_text(item) for item in olds], [item_text(item) for item in news]
    for was, now in _matched(olds, news, old_texts, new_texts):
        if was is not None and now is not None and was.tag != now.tag:
            yield was, None
            yield None, now
        else:
            yield was, now


def _matched(
    olds: Sequence[Element], news: Sequence[Element], old_texts: list[str], new_texts: list[str]
) -> Iterator[tuple[Element | None, Element | None]]:
    for old, new in align(old_texts, new_texts):
        yield (
            olds[old] if old is not None else None,
            news[new] if new is not None else None,
        )


def _put(item: Element, *, behind: Element | None, ahead: Element | None, inside: Element) -> None:
    if behind is not None:
        behind.addnext(item)
    elif ahead is not None:
        ahead.addprevious(item)
    else:
        inside.insert(0, item)


def _put_words(
    marks: Sequence[Element],
    at: int,
    placed: Sequence[tuple[Element, int, int]],
    paragraph: Element,
) -> None:
    """Deleted words right behind the words before them, so that fields keep together."""
    before = [run for run, _, end in placed if end <= at]
    after = [run for run, start, _ in placed if start >= at]
    if before:
        for mark in reversed(marks):
            before[-1].addnext(mark)
    elif after:
        for mark in marks:
            after[0].addprevious(mark)
    else:
        paragraph.extend(marks)


def _form(properties: Element | None) -> list[bytes]:
    """Style and list of a paragraph, to compare."""
    found = [
        child for child in (properties if properties is not None else ()) if local(child) in _FORM
    ]
    return sorted(etree.tostring(child, method="c14n") for child in found)
