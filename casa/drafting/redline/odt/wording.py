"""Two OpenDocument paragraphs, letter by letter, and the notes and boxes that both have."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from casa.drafting.comparing import Words, diff_words
from casa.drafting.redline.odt.atoms import Atom, Letters, boxes_of, cut, silent, write
from casa.drafting.redline.odt.marks import Pen, empty
from casa.drafting.xml import Element


class Writer(Protocol):
    """What this module needs of a redline."""

    @property
    def pen(self) -> Pen:
        """In whose name."""

    @property
    def before(self) -> Letters:
        """The letters of the old file."""

    @property
    def after(self) -> Letters:
        """The letters of the new file."""

    def track(self, old: Element, new: Element) -> None:
        """Mark what differs inside."""

    def deleted(self, paragraph: Element) -> Element:
        """Old words, fit for the new file."""


def track_words(writer: Writer, old: Element, new: Element) -> None:
    """Mark in the new paragraph the words that differ from the old one."""
    before, after = writer.before.atoms(old), writer.after.atoms(new)
    changes = diff_words(_text(before), _text(after))
    _track_inside(writer, before, after, changes)
    if all(words.op == "equal" for words in changes):
        return
    write(new, list(_written(writer, before, after, changes)))


def _written(
    writer: Writer, before: Sequence[Atom], after: Sequence[Atom], changes: Sequence[Words]
) -> Iterator[Atom]:
    was = now = 0
    for words in changes:
        size = len(words.text)
        if words.op == "delete":
            fragment = empty()
            write(fragment, [atom for atom in cut(before, was, was + size) if atom.text])
            yield Atom("", (), writer.pen.deletion([writer.deleted(fragment)]))
        elif words.op == "insert":
            start, end = writer.pen.insertion()
            yield from (Atom("", (), start), *cut(after, now, now + size), Atom("", (), end))
        else:
            yield from cut(after, now, now + size)
        was += size if words.op != "insert" else 0
        now += size if words.op != "delete" else 0
    yield from _last(after)


def _last(atoms: Sequence[Atom]) -> list[Atom]:
    """What shows nothing behind the last letter."""
    place = max((place for place, atom in enumerate(atoms, 1) if atom.text), default=0)
    return silent(atoms[place:])


def _track_inside(
    writer: Writer, before: Sequence[Atom], after: Sequence[Atom], changes: Sequence[Words]
) -> None:
    olds, news = _things(before), _things(after)
    was = now = 0
    for words in changes:
        size = len(words.text)
        if words.op == "equal":
            for at in range(size):
                if was + at in olds and now + at in news:
                    _track_boxes(writer, olds[was + at], news[now + at])
        was += size if words.op != "insert" else 0
        now += size if words.op != "delete" else 0


def _track_boxes(writer: Writer, old: Element, new: Element) -> None:
    for was, now in zip(boxes_of(old), boxes_of(new), strict=False):
        writer.track(was, now)


def _things(atoms: Sequence[Atom]) -> dict[int, Element]:
    """What is no word, by where its letter stands."""
    found, at = {}, 0
    for atom in atoms:
        if atom.thing is not None and atom.text:
            found[at] = atom.thing
        at += len(atom.text)
    return found


def _text(atoms: Sequence[Atom]) -> str:
    return "".join(atom.text for atom in atoms)
