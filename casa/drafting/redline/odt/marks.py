"""The marks of a tracked change in an OpenDocument text: who, when, and what went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from casa.drafting.readers.odf.names import OFFICE, TEXT, XML_ID
from casa.drafting.xml import Element, local

_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in the name of one author; `holder` is the text or the header that is marked."""

    author: str
    on: date
    holder: Element
    numbers: Iterator[int]

    def insertion(self) -> tuple[Element, Element]:
        """The marks before and behind what came."""
        name = self._region("insertion", ())
        return _mark("change-start", name), _mark("change-end", name)

    def deletion(self, content: Sequence[Element]) -> Element:
        """The mark where these blocks stood."""
        return _mark("change", self._region("deletion", content))

    def _region(self, kind: str, content: Sequence[Element]) -> str:
        name = f"ct{next(self.numbers)}"
        region = etree.SubElement(self._changes(), f"{TEXT}changed-region")
        region.set(XML_ID, name)
        region.set(f"{TEXT}id", name)
        change = etree.SubElement(region, f"{TEXT}{kind}")
        info = etree.SubElement(change, f"{OFFICE}change-info")
        etree.SubElement(info, f"{_DC}creator").text = self.author
        etree.SubElement(info, f"{_DC}date").text = f"{self.on.isoformat()}T00:00:00"
        change.extend(content)
        return name

    def _changes(self) -> Element:
        found = self.holder.find(f"{TEXT}tracked-changes")
        if found is None:
            found = etree.Element(f"{TEXT}tracked-changes")
            found.set(f"{TEXT}track-changes", "false")
            first = len(self.holder) > 0 and local(self.holder[0]) == "forms"
            self.holder.insert(int(first), found)
        return found


def empty() -> Element:
    """A paragraph without words: the end of the one before it, or the start of the next."""
    return etree.Element(f"{TEXT}p")


def put_first(paragraph: Element, mark: Element) -> None:
    """The mark before all words of the paragraph."""
    mark.tail, paragraph.text = paragraph.text, None
    paragraph.insert(0, mark)


def _mark(name: str, region: str) -> Element:
    mark = etree.Element(f"{TEXT}{name}")
    mark.set(f"{TEXT}change-id", region)
    return mark
