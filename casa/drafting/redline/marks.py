"""The marks of a tracked change: who, when, and a number that no other mark has."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import count

from lxml import etree

from casa.drafting.readers.docx.package import W, number
from casa.drafting.xml import Element

_BEFORE_MARK = ("sectPr", "pPrChange")


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes marks in the name of one author."""

    author: str
    on: date
    numbers: Iterator[int]

    def mark(self, name: str) -> Element:
        """An empty w:ins, w:del or another mark."""
        element = etree.Element(f"{W}{name}")
        element.set(f"{W}id", str(next(self.numbers)))
        element.set(f"{W}author", self.author)
        element.set(f"{W}date", f"{self.on.isoformat()}T00:00:00Z")
        return element


def pen_for(root: Element, *, author: str, on: date) -> Pen:
    """A pen whose numbers begin above all those of the document."""
    used = [number(element.get(f"{W}id"), 0) for element in root.iter() if element.get(f"{W}id")]
    return Pen(author, on, count(max([1000, *used]) + 1))


def mark_paragraph(paragraph: Element, mark: Element) -> None:
    """Say that the paragraph's own mark was inserted or deleted."""
    run = _mark_properties(paragraph)
    run.insert(0, mark)


def mark_row(row: Element, mark: Element) -> None:
    """Say that the row was inserted or deleted."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        ahead = row.find(f"{W}tblPrEx")
        row.insert(0 if ahead is None else row.index(ahead) + 1, properties)
    change = properties.find(f"{W}trPrChange")
    if change is None:
        properties.append(mark)
    else:
        change.addprevious(mark)


def remember_form(paragraph: Element, old: Element | None, pen: Pen) -> None:
    """Note the form (style, list) that the paragraph had before."""
    properties = paragraph_properties(paragraph)
    change = pen.mark("pPrChange")
    remembered = etree.SubElement(change, f"{W}pPr")
    remembered.extend([deepcopy(child) for child in (old if old is not None else ())])
    properties.append(change)


def remember_look(run: Element, old: Element, pen: Pen) -> None:
    """Note the look that the words of a run had before; `old` is a w:rPr of its own."""
    form = run.find(f"{W}rPr")
    if form is None:
        form = etree.Element(f"{W}rPr")
        run.insert(0, form)
    change = pen.mark("rPrChange")
    change.append(old)
    form.append(change)


def paragraph_properties(paragraph: Element) -> Element:
    """The w:pPr, made when there is none."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def _mark_properties(paragraph: Element) -> Element:
    properties = paragraph_properties(paragraph)
    run = properties.find(f"{W}rPr")
    if run is None:
        run = etree.Element(f"{W}rPr")
        behind = [child for name in _BEFORE_MARK for child in properties.findall(f"{W}{name}")]
        if behind:
            behind[0].addprevious(run)
        else:
            properties.append(run)
    return run
