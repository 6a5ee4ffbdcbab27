"""One letter for each kind of thing that stands in a text and is no word."""

import hashlib
from collections.abc import Callable, Hashable, Sequence

from lxml import etree

from casa.drafting.readers.docx.package import W
from casa.drafting.xml import Element, local

_FIRST = 0xF0000
_MOST = 0xFFFD
_NOTES = ("footnoteReference", "endnoteReference")
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Letters:
    """Gives the same letter to the same things of two files.

    Notes are one letter, and text boxes another: what changes inside them is told there. Pictures
    are told apart by their bytes, fields by what they say and show.
    """

    def __init__(self, known: dict[Hashable, str], digest: Callable[[str], str]) -> None:
        """`known` is shared by both files; `digest` tells what a relation of this one leads to."""
        self._letters = known
        self._digest = digest

    def of(self, elements: Sequence[Element], shown: str) -> str:
        """The letter of some neighbours that are one thing."""
        sign = self._sign(elements, shown)
        if sign not in self._letters:
            self._letters[sign] = chr(_FIRST + min(len(self._letters), _MOST))
        return self._letters[sign]

    def _sign(self, elements: Sequence[Element], shown: str) -> Hashable:
        if len(elements) > 1:
            codes = (code.text or "" for one in elements for code in one.iter(f"{W}instrText"))
            return "field", "".join(codes).strip(), shown, _boxes_ticked(elements)
        thing = elements[0][-1] if elements[0].tag == f"{W}r" else elements[0]
        if local(thing) in _NOTES:
            return local(thing)
        if boxes := boxes_of(thing):
            return "box", len(boxes)
        related = [self._digest(name) for name in related_to(thing)]
        return tuple(related) or _content(thing)


def boxes_of(thing: Element) -> list[Element]:
    """The text boxes of a drawing, without those that an alternative repeats."""
    return [
        box
        for box in thing.iter(f"{W}txbxContent")
        if not any(local(above) == "Fallback" for above in box.iterancestors())
    ]


def related_to(thing: Element) -> list[str]:
    """The relations that a thing points to, as their identifiers."""
    return [
        str(value)
        for element in thing.iter()
        for name, value in element.attrib.items()
        if str(name).startswith(_RELATIONS)
    ]


def _content(thing: Element) -> str:
    return hashlib.sha256(etree.tostring(thing, method="c14n", exclusive=True)).hexdigest()


def _boxes_ticked(elements: Sequence[Element]) -> tuple[str, ...]:
    """The state of the check boxes of old forms, which show no words."""
    return tuple(_content(box) for one in elements for box in one.iter(f"{W}checkBox"))
