"""The text of a Word paragraph, letter by letter, with what each letter stands for.

A piece is words of one run, or something that is one letter: a sign, a picture, a note, a field.
With `Letters` different things are different letters, and nothing of a paragraph is without one;
without them all objects are `OBJECT`, fields show their words, and silent marks are left out.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from casa.drafting.readers.docx.package import W
from casa.drafting.redline.letters import Letters
from casa.drafting.xml import Element, local

OBJECT = "\ufffc"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_OBJECTS = frozenset({
    "drawing", "pict", "object", "footnoteReference", "endnoteReference", "sym", "AlternateContent",
})  # fmt: skip
_ELEMENTS = {"\t": "tab", "\n": "br", "\u2011": "noBreakHyphen"}
_DEAD = ("lastRenderedPageBreak",)
_WHOLE = ("oMath", "oMathPara", "AlternateContent")
_PASSED_BY = frozenset({"pPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "smartTagPr"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Runs (or a formula) that stand for some letters; only words of one run can be cut."""

    elements: tuple[Element, ...]
    text: str

    @property
    def first(self) -> Element:
        """The run that the piece begins with."""
        return self.elements[0]


def pieces_of(paragraph: Element, letters: Letters | None = None) -> list[Piece]:
    """What the paragraph shows, in order; text boxes inside it are objects."""
    single(paragraph)
    elements = run_level(paragraph)
    if letters is None:
        return [Piece((one,), text) for one in elements if (text := _shown(one))]
    return list(_lettered(elements, letters))


def text_of(paragraph: Element, letters: Letters | None = None) -> str:
    """The words of the paragraph, which stays as it is; what is no word as letters."""
    asked = paragraph if _is_single(paragraph) else deepcopy(paragraph)
    return "".join(piece.text for piece in pieces_of(asked, letters))


def form_of(piece: Piece) -> Element | None:
    """The look of the words."""
    return piece.first.find(f"{W}rPr")


def part(
    paragraph: Element, cuts: set[int], letters: Letters | None = None
) -> list[tuple[Piece, int, int]]:
    """Split the runs so that no words go over a cut.

    Gives every piece with where it starts and ends in the text.
    """
    at = 0
    placed: list[tuple[Piece, int, int]] = []
    for piece in pieces_of(paragraph, letters):
        inside = sorted(cut - at for cut in cuts if at < cut < at + len(piece.text))
        for start, end in pairwise([0, *inside, len(piece.text)]):
            placed.append((_cut(piece, start, end), at + start, at + end))
        at += len(piece.text)
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


def wrap(elements: Sequence[Element], mark: Element) -> None:
    """Put neighbours inside the mark, in their place."""
    elements[0].addprevious(mark)
    mark.tail = None
    for element in elements:
        element.tail = None
        mark.append(element)


def run_level(paragraph: Element) -> list[Element]:
    """Runs and formulas, through hyperlinks and controls, not those of text boxes."""
    found: list[Element] = []
    for child in paragraph:
        name = local(child)
        if child.tag == f"{W}r" or name in _WHOLE:
            found.append(child)
        elif name and name not in _PASSED_BY:
            found += run_level(child)
    return found


def runs_of(paragraph: Element) -> list[Element]:
    """The runs of this paragraph alone."""
    return [one for one in run_level(paragraph) if one.tag == f"{W}r"]


def single(paragraph: Element) -> None:
    """Give each thing of the paragraph a run of its own; simple fields become complex ones."""
    for simple in list(paragraph.iterdescendants(f"{W}fldSimple")):
        _make_complex(simple)
    for run in runs_of(paragraph):
        things = [child for child in run if child.tag != f"{W}rPr"]
        for dead in [
            child for child in things if local(child) in _DEAD or not _is_something(child)
        ]:
            things.remove(dead)
            run.remove(dead)
        for thing in things[:-1]:
            alone = _like(run)
            alone.append(thing)
            run.addprevious(alone)
        above = run.getparent()
        if not things and above is not None:
            above.remove(run)


def shown_of(elements: Sequence[Element]) -> str:
    """The words of some runs as a reader sees them."""
    return "".join(map(_shown, elements))


def _is_single(paragraph: Element) -> bool:
    return next(paragraph.iter(f"{W}fldSimple"), None) is None and all(
        sum(child.tag != f"{W}rPr" for child in run) == 1 for run in runs_of(paragraph)
    )


def _is_something(child: Element) -> bool:
    return bool(local(child)) and (child.tag != f"{W}t" or bool(child.text))


def _like(run: Element) -> Element:
    """An empty run in the same look."""
    alone = etree.Element(f"{W}r")
    form = run.find(f"{W}rPr")
    if form is not None:
        alone.append(deepcopy(form))
    return alone


def _make_complex(simple: Element) -> None:
    words = list(simple)
    for place, name in enumerate(("begin", "separate", "end")):
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", name)
        simple.addprevious(run)
        if not place:
            order = etree.Element(f"{W}r")
            etree.SubElement(order, f"{W}instrText").text = simple.get(f"{W}instr", "")
            order[0].set(_SPACE, "preserve")
            simple.addprevious(order)
        elif name == "separate":
            for word in words:
                simple.addprevious(word)
    above = simple.getparent()
    if above is not None:
        above.remove(simple)


def _lettered(elements: Sequence[Element], letters: Letters) -> Iterator[Piece]:
    at = 0
    while at < len(elements):
        until = end_of_field(elements, at)
        group = tuple(elements[at:until])
        text = "" if len(group) > 1 else _words(group[0])
        yield Piece(group, text or letters.of(group, shown_of(group)))
        at = until


def end_of_field(elements: Sequence[Element], at: int) -> int:
    """Behind the end of the field that begins here, if it stands in one place; else behind this."""
    depth = 0
    above = elements[at].getparent()
    for place in range(at, len(elements)):
        mark = elements[place].find(f"{W}fldChar")
        kind = mark.get(f"{W}fldCharType") if mark is not None else ""
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if depth <= 0 or elements[place].getparent() is not above:
            return place + 1 if depth == 0 and elements[place].getparent() is above else at + 1
    return at + 1


def _words(run: Element) -> str:
    """What is words or a plain sign, "" for all else."""
    thing = run[-1] if len(run) else run
    if thing.tag == f"{W}t":
        return thing.text or ""
    plain = not (local(thing) == "br" and thing.get(f"{W}type") not in (None, "textWrapping"))
    return _SIGNS.get(local(thing), "") if plain and run.tag == f"{W}r" else ""


def _shown(element: Element) -> str:
    if element.tag != f"{W}r":
        return OBJECT
    thing = element[-1] if len(element) else element
    if thing.tag == f"{W}t":
        return thing.text or ""
    return OBJECT if local(thing) in _OBJECTS else _SIGNS.get(local(thing), "")


def _add_words(run: Element, words: str, *, deleted: bool) -> None:
    if words:
        element = etree.SubElement(run, f"{W}{'delText' if deleted else 't'}")
        element.text = words
        element.set(_SPACE, "preserve")


def _cut(piece: Piece, start: int, end: int) -> Piece:
    """A run of its own for a part of the piece, before what is left of it."""
    if (start, end) == (0, len(piece.text)) or end == len(piece.text):
        return Piece(piece.elements, piece.text[start:end])
    run = piece.first
    alone = _like(run)
    _add_words(alone, piece.text[start:end], deleted=False)
    run.addprevious(alone)
    run[-1].text = piece.text[end:]
    run[-1].set(_SPACE, "preserve")
    return Piece((alone,), piece.text[start:end])
