"""Two Word paragraphs, letter by letter: words that go and come, their look, and what they hold."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Protocol

from lxml import etree

from casa.drafting.comparing import diff_words
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.carrying import Carrier
from casa.drafting.redline.fields import mark_inserted
from casa.drafting.redline.letters import Letters, boxes_of
from casa.drafting.redline.marks import Pen, remember_look
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.runs import Piece, form_of, part, pieces_of, run_level
from casa.drafting.redline.things import Things
from casa.drafting.xml import Element, local

_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_LOOKS = (
    "rStyle", "b", "i", "u", "strike", "dstrike", "caps", "smallCaps", "vanish", "vertAlign",
    "highlight",
)  # fmt: skip
_HOLDERS = frozenset({"footnoteReference", "endnoteReference", "txbxContent", "blip", "imagedata"})
_SAVES = re.compile(rb' w:rsid\w*="\w*"')
Span = tuple[int, int]
Same = tuple[int, int, int]


class Writer(Protocol):
    """What this module needs of a redline."""

    @property
    def old(self) -> OpenDocx:
        """The old file."""

    @property
    def new(self) -> OpenDocx:
        """The new file."""

    @property
    def pen(self) -> Pen:
        """In whose name."""

    @property
    def carrier(self) -> Carrier:
        """What fits styles and lists."""

    @property
    def before(self) -> Letters:
        """The letters of the old part."""

    @property
    def after(self) -> Letters:
        """The letters of the new part."""

    @property
    def things(self) -> Things:
        """What carries notes over."""

    def of_parts(self, source: str, target: str) -> "Writer":
        """The same for other parts."""

    def track(self, old: Element, new: Element) -> None:
        """Mark what differs inside."""

    def deleted_runs(self, elements: Sequence[Element]) -> Iterator[Element]:
        """Runs of the old file as deleted."""


def track_words(writer: Writer, old: Element, new: Element) -> None:
    """Mark in the new paragraph what differs from the old one, the paragraph's form apart."""
    if _is_alike(old, new):
        return
    before, after = pieces_of(old, writer.before), pieces_of(new, writer.after)
    gone, came, same = _split(_text(before), _text(after))
    twins = list(_twins(before, after, same))
    looks = [(start, end, was) for was, now, start, end in twins if _look_differs(writer, was, now)]
    cuts = {cut for span in came for cut in span} | {at for at, _ in gone}
    cuts |= {cut for start, end, _ in looks for cut in (start, end)}
    old_cuts = {cut for _, span in gone for cut in span}
    for was, now, _, _ in twins:
        _track_inside(writer, was, now)
    leaving = part(old, old_cuts, writer.before)
    placed = part(new, cuts, writer.after)
    for start, end, was in looks:
        _remember(writer, [piece for piece, a, b in placed if start <= a and b <= end], was)
    for at, (start, end) in gone:
        elements = [e for piece, a, b in leaving if start <= a and b <= end for e in piece.elements]
        _put(list(writer.deleted_runs(elements)), at, placed, new)
    for piece, start, end in placed:
        if any(since <= start and end <= until for since, until in came):
            mark_inserted(piece.elements, writer.pen)


def _is_alike(old: Element, new: Element) -> bool:
    """The same XML, and only words: nothing in which a change could hide."""
    if any(local(thing) in _HOLDERS for thing in new.iter()):
        return False
    was, now = (
        [
            _SAVES.sub(b"", etree.tostring(one, method="c14n", exclusive=True))
            for one in run_level(side)
        ]
        for side in (old, new)
    )
    return was == now


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _split(before: str, after: str) -> tuple[list[tuple[int, Span]], list[Span], list[Same]]:
    """What goes (and where in the new text it stood), what comes, what is the same."""
    gone: list[tuple[int, Span]] = []
    came: list[Span] = []
    same: list[Same] = []
    was = now = 0
    for words in diff_words(before, after):
        size = len(words.text)
        if words.op == "delete":
            gone.append((now, (was, was + size)))
        elif words.op == "insert":
            came.append((now, now + size))
        else:
            same.append((was, now, size))
        was += size if words.op != "insert" else 0
        now += size if words.op != "delete" else 0
    return gone, came, same


def _twins(
    before: Sequence[Piece], after: Sequence[Piece], same: Sequence[Same]
) -> Iterator[tuple[Piece, Piece, int, int]]:
    """Old and new piece of equal letters, with where these stand in the new text."""
    olds, news = _owners(before), _owners(after)
    for was, now, size in same:
        start = 0
        for at in range(1, size + 1):
            pair = olds[was + start], news[now + start]
            if at == size or (olds[was + at], news[now + at]) != pair:
                yield before[pair[0]], after[pair[1]], now + start, now + at
                start = at


def _owners(pieces: Sequence[Piece]) -> list[int]:
    return [place for place, piece in enumerate(pieces) for _ in piece.text]


def _look_differs(writer: Writer, old: Piece, new: Piece) -> bool:
    was, now = form_of(old), form_of(new)
    return _look(was, writer.carrier) != _look(now, None)


def _look(form: Element | None, carrier: Carrier | None) -> list[tuple[str, str]]:
    found = []
    for child in form if form is not None else ():
        if local(child) in _LOOKS:
            said = child.get(f"{W}val", "")
            style = carrier is not None and local(child) == "rStyle"
            found.append((local(child), carrier.style(said) if style and carrier else said))
    return sorted(pair for pair in found if pair[0] != "rStyle" or pair[1])


def _remember(writer: Writer, pieces: Sequence[Piece], old: Piece) -> None:
    form = form_of(old)
    for piece in pieces:
        for run in piece.elements:
            if run.tag == f"{W}r":
                made = etree.Element(f"{W}rPr") if form is None else _copy(form)
                writer.carrier.fit_run(made)
                remember_look(run, made, writer.pen)


def _copy(form: Element) -> Element:
    made = etree.Element(f"{W}rPr")
    made.extend([deepcopy(child) for child in form if local(child) != "rPrChange"])
    return made


def _track_inside(writer: Writer, old: Piece, new: Piece) -> None:
    """Notes and text boxes that both have are compared inside."""
    was, now = old.first, new.first
    thing = now[-1] if now.tag == f"{W}r" and len(now) else now
    other = was[-1] if was.tag == f"{W}r" and len(was) else was
    if local(thing) in _NOTES and local(other) == local(thing):
        kind = _NOTES[local(thing)]
        notes = writer.things.note(other, old=True), writer.things.note(thing, old=False)
        if notes[0] is not None and notes[1] is not None:
            inner = writer.of_parts(writer.old.name_of(kind), writer.new.name_of(kind))
            inner.track(notes[0], notes[1])
        return
    boxes = boxes_of(other)
    for box_of_new in [boxes_of(thing), _repeated(thing)]:
        if len(box_of_new) == len(boxes):
            for before, after in zip(boxes, box_of_new, strict=True):
                writer.track(before, after)


def _repeated(thing: Element) -> list[Element]:
    """The text boxes that an alternative for old programs repeats."""
    shown = boxes_of(thing)
    return [box for box in thing.iter(f"{W}txbxContent") if box not in shown]


def _put(
    marks: Sequence[Element], at: int, placed: Sequence[tuple[Piece, int, int]], paragraph: Element
) -> None:
    """Deleted words right behind the words before them."""
    before = [piece for piece, _, end in placed if end <= at]
    after = [piece for piece, start, _ in placed if start >= at]
    if before:
        for mark in reversed(marks):
            before[-1].elements[-1].addnext(mark)
    elif after:
        for mark in marks:
            after[0].first.addprevious(mark)
    else:
        paragraph.extend(marks)
