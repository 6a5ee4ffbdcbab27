"""The text of a Word paragraph, letter by letter, with the run that each letter stands in."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from casa.drafting.readers.docx.package import W
from casa.drafting.redline.marks import Pen
from casa.drafting.xml import Element, local

OBJECT = "\ufffc"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_OBJECTS = frozenset({
    "drawing", "pict", "object", "footnoteReference", "endnoteReference", "sym", "AlternateContent",
})  # fmt: skip
_ELEMENTS = {"\t": "tab", "\n": "br", "\u2011": "noBreakHyphen"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One child of a run that shows something: words, a sign, or an object as one letter."""

    run: Element
    child: Element
    text: str


def pieces_of(paragraph: Element) -> Iterator[Piece]:
    """What the paragraph shows, in order; text boxes inside it are objects."""
    for run in runs_of(paragraph):
        for child in run:
            text = _shown(child)
            if text:
                yield Piece(run, child, text)


def text_of(paragraph: Element) -> str:
    """The words of the paragraph; pictures and notes as one letter each."""
    return "".join(piece.text for piece in pieces_of(paragraph))


def form_of(piece: Piece) -> Element | None:
    """The look of the words."""
    return piece.run.find(f"{W}rPr")


def part(paragraph: Element, cuts: set[int]) -> list[tuple[Element, int, int]]:
    """Split the runs so that each holds one piece and none goes over a cut.

    Gives every run that shows something with where it starts and ends in the text.
    """
    at = 0
    placed: list[tuple[Element, int, int]] = []
    for piece in list(pieces_of(paragraph)):
        inside = sorted(cut - at for cut in cuts if at < cut < at + len(piece.text))
        bounds = [0, *inside, len(piece.text)]
        for start, end in pairwise(bounds):
            run = _own_run(piece, piece.text[start:end])
            placed.append((run, at + start, at + end))
        at += len(piece.text)
    for run in {id(piece_run): piece_run for piece_run in _emptied(paragraph)}.values():
        run.getparent().remove(run)  # type: ignore[union-attr]
    return placed


def new_runs(text: str, form: Element | None, *, deleted: bool) -> Element:
    """A run with these words in this look. Objects are left out: they belong to another file."""
    run = etree.Element(f"{W}r")
    if form is not None:
        run.append(deepcopy(form))
    words = ""
    for letter in text.replace(OBJECT, ""):
        if letter in _ELEMENTS:
            _add_words(run, words, deleted=deleted)
            words = ""
            etree.SubElement(run, f"{W}{_ELEMENTS[letter]}")
        else:
            words += letter
    _add_words(run, words, deleted=deleted)
    return run


def wrap(run: Element, mark: Element) -> None:
    """Put the run inside the mark, in its place."""
    run.addprevious(mark)
    mark.tail, run.tail = run.tail, None
    mark.append(run)


def deleted_runs(pieces: list[Piece], start: int, end: int, pen: Pen) -> list[Element]:
    """The words from `start` to `end` of another paragraph as deleted, each in its own look."""
    marks, at = [], 0
    for piece in pieces:
        text = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if text.replace(OBJECT, ""):
            mark = pen.mark("del")
            mark.append(new_runs(text, form_of(piece), deleted=True))
            marks.append(mark)
        elif text and local(piece.child) == "sym":
            mark = pen.mark("del")
            run = new_runs("", form_of(piece), deleted=True)
            run.append(deepcopy(piece.child))
            mark.append(run)
            marks.append(mark)
    return marks


def _add_words(run: Element, words: str, *, deleted: bool) -> None:
    if words:
        element = etree.SubElement(run, f"{W}{'delText' if deleted else 't'}")
        element.text = words
        element.set(_SPACE, "preserve")


def _own_run(piece: Piece, text: str) -> Element:
    """A run of its own before the run of the piece, for a part of the piece."""
    run = etree.Element(f"{W}r")
    form = form_of(piece)
    if form is not None:
        run.append(deepcopy(form))
    before = [child for child in piece.run if child.tag != f"{W}rPr"]
    for silent in before[: before.index(piece.child)]:
        run.append(silent)
    if local(piece.child) == "t":
        _add_words(run, text, deleted=False)
        piece.child.text = (piece.child.text or "")[len(text) :]
    else:
        run.append(piece.child)
    piece.run.addprevious(run)
    return run


def _emptied(paragraph: Element) -> Iterator[Element]:
    """Runs from which everything was taken out."""
    for run in runs_of(paragraph):
        texts = [child for child in run if child.tag != f"{W}rPr"]
        if all(local(child) == "t" and not child.text for child in texts):
            yield run


def runs_of(paragraph: Element) -> list[Element]:
    """The runs of this paragraph, through hyperlinks and controls, not those of text boxes."""
    found: list[Element] = []
    for child in paragraph:
        name = local(child)
        if name == "r":
            found.append(child)
        elif name and name not in ("pPr", "del", "moveFrom", "AlternateContent"):
            found += runs_of(child)
    return found


def _shown(child: Element) -> str:
    name = local(child)
    if name == "t":
        return child.text or ""
    if name in _OBJECTS:
        return OBJECT
    return _SIGNS.get(name, "")
