"""An OpenDocument paragraph, letter by letter: what stands for what, and written again."""

import hashlib
import re
from collections.abc import Hashable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from casa.drafting.readers.odf.names import DRAW, TEXT, XLINK
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.xml import Element, local

_FIRST = 0xF0000
_MOST = 0xFFFD
_AROUND = (f"{TEXT}span", f"{TEXT}a")
_SILENT = frozenset({
    "soft-page-break", "bookmark", "bookmark-start", "bookmark-end", "reference-mark-start",
    "reference-mark-end", "annotation", "annotation-end", "change", "change-start", "change-end",
})  # fmt: skip
_SPACES = re.compile(r"\s+")
_MOST_SPACES = 1000


@dataclass(frozen=True, slots=True)
class Atom:
    """Some letters inside the same spans; `thing` is what one letter stands for."""

    text: str
    around: tuple[Element, ...] = ()
    thing: Element | None = None


class Letters:
    """Gives the same letter to the same things of two files; `known` is shared by both."""

    def __init__(self, known: dict[Hashable, str], document: OpenOdt) -> None:
        self._known = known
        self._document = document

    @property
    def objects(self) -> frozenset[str]:
        """All letters that stand for no word."""
        return frozenset(self._known.values())

    def atoms(self, paragraph: Element) -> list[Atom]:
        """What the paragraph shows, in order; what shows nothing has no letters."""
        return [atom for atom in self._walk(paragraph, ()) if atom.text or atom.thing is not None]

    def text(self, paragraph: Element) -> str:
        """All its letters."""
        return "".join(atom.text for atom in self.atoms(paragraph))

    def _walk(self, element: Element, around: tuple[Element, ...]) -> Iterator[Atom]:
        yield Atom(_SPACES.sub(" ", element.text or ""), around)
        for child in element:
            name = local(child)
            if child.tag in _AROUND:
                yield from self._walk(child, (*around, child))
            elif name in _SILENT:
                yield Atom("", around, child)
            elif name == "s":
                count = child.get(f"{TEXT}c", "1")
                spaces = min(int(count), _MOST_SPACES) if count.isdigit() else 1
                yield Atom(" " * spaces, around)
            elif name in ("tab", "line-break"):
                yield Atom("\t" if name == "tab" else "\n", around, child)
            elif name:
                yield Atom(self._letter(child), around, child)
            yield Atom(_SPACES.sub(" ", child.tail or ""), around)

    def _letter(self, thing: Element) -> str:
        sign = self._sign(thing)
        if sign not in self._known:
            self._known[sign] = chr(_FIRST + min(len(self._known), _MOST))
        return self._known[sign]

    def _sign(self, thing: Element) -> Hashable:
        if local(thing) == "note":
            return "note", thing.get(f"{TEXT}note-class")
        if boxes := boxes_of(thing):
            return "box", len(boxes)
        pictures = [self._document.digest(one.get(f"{XLINK}href", "")) for one in images_in(thing)]
        bare = deepcopy(thing)
        bare.tail = None
        content = etree.tostring(bare, method="c14n", exclusive=True)
        return tuple(pictures) or hashlib.sha256(content).hexdigest()


def boxes_of(thing: Element) -> list[Element]:
    """What of a note, a frame or a drawing holds paragraphs of its own."""
    if local(thing) == "note":
        return thing.findall(f"{TEXT}note-body")
    return [one for one in thing.iter(f"{DRAW}text-box") if len(one)]


def images_in(thing: Element) -> list[Element]:
    """The pictures in it that the file holds."""
    return [one for one in thing.iter(f"{DRAW}image") if one.get(f"{XLINK}href")]


def cut(atoms: Sequence[Atom], start: int, end: int) -> list[Atom]:
    """The atoms of the letters from `start` to `end`; silent ones go with what follows them."""
    found, at = [], 0
    for atom in atoms:
        until = at + len(atom.text)
        if not atom.text:
            found += [atom] if start <= at < end else []
        elif text := atom.text[max(0, start - at) : max(0, end - at)]:
            found.append(replace(atom, text=text))
        at = until
    return found


def silent(atoms: Sequence[Atom]) -> list[Atom]:
    """Only what shows nothing."""
    return [atom for atom in atoms if not atom.text]


def write(paragraph: Element, atoms: Sequence[Atom]) -> None:
    """Make the paragraph hold these atoms; equal spans of neighbours are one again."""
    paragraph.text = None
    for child in list(paragraph):
        paragraph.remove(child)
    open_spans: list[tuple[Element, Element]] = []
    spaced = True
    for atom in atoms:
        common = 0
        for (source, _), wanted in zip(open_spans, atom.around, strict=False):
            if source is not wanted:
                break
            common += 1
        del open_spans[common:]
        for span in atom.around[common:]:
            made = etree.SubElement(open_spans[-1][1] if open_spans else paragraph, span.tag)
            made.attrib.update(span.attrib)
            open_spans.append((span, made))
        spaced = _append(open_spans[-1][1] if open_spans else paragraph, atom, spaced=spaced)


def _append(inside: Element, atom: Atom, *, spaced: bool) -> bool:
    """Add one atom; gives whether the text now ends with a space, or begins."""
    if atom.thing is not None:
        copy = deepcopy(atom.thing)
        copy.tail = None
        inside.append(copy)
        return spaced if not atom.text else False
    for piece in re.split("( )", atom.text):
        if piece == " " and spaced:
            etree.SubElement(inside, f"{TEXT}s")
        elif piece:
            _say(inside, piece)
            spaced = piece == " "
    return spaced


def _say(inside: Element, text: str) -> None:
    if len(inside):
        inside[-1].tail = (inside[-1].tail or "") + text
    else:
        inside.text = (inside.text or "") + text
