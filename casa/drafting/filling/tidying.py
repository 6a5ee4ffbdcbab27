"""What Word and LibreOffice demand of a document when parts of it have gone."""

from collections.abc import Iterable

from lxml import etree

from casa.drafting.filling.package import Part
from casa.drafting.filling.paragraphs import beside, remove
from casa.drafting.readers.docx.package import W
from casa.drafting.readers.odf.names import FO, STYLE, TABLE, TEXT
from casa.drafting.xml import Element

_NOTES = ((f"{W}footnote", f"{W}footnoteReference"), (f"{W}endnote", f"{W}endnoteReference"))
_HOLDERS = frozenset(
    f"{W}{name}" for name in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")
)
_ROWS = {f"{W}tbl": (f"{W}tr",), f"{TABLE}table": (f"{TABLE}table-row",)}


def tidy(changed: Iterable[Element]) -> None:
    """Mend the elements whose children changed: a cell ends with a paragraph, and so on."""
    for element in changed:
        if element.tag in _HOLDERS:
            _end_with_paragraph(element)
        elif element.tag in _ROWS:
            _drop_without_rows(element)
        elif element.tag == f"{TEXT}list" and not len(element):
            remove(element)
        elif element.tag == f"{TABLE}table-cell" and not len(element):
            etree.SubElement(element, f"{TEXT}p")
        _part_tables(element)


def _end_with_paragraph(element: Element) -> None:
    last = element[-1] if len(element) else None
    if last is None or last.tag not in (f"{W}p", f"{W}sdt"):
        etree.SubElement(element, f"{W}p")


def _drop_without_rows(table: Element) -> None:
    parent = table.getparent()
    if next(table.iter(*_ROWS[table.tag]), None) is not None or parent is None:
        return
    remove(table)
    if parent.tag in _HOLDERS:
        _end_with_paragraph(parent)


def _part_tables(element: Element) -> None:
    """Word makes one table of two that touch."""
    for table in element.findall(f"{W}tbl"):
        following = table.getnext()
        if following is not None and following.tag == f"{W}tbl":
            beside(table, [etree.Element(f"{W}p")])


def speak_italian(parts: Iterable[Part]) -> None:
    """A document whose language nobody chose (English, as programs have it) is read as Italian.

    Otherwise a PDF made of it is spoken by screen readers with an English voice.
    """
    for part in parts:
        for language in part.root.findall(f"{W}docDefaults//{W}lang"):
            if language.get(f"{W}val", "en").startswith("en"):
                language.set(f"{W}val", "it-IT")
        for properties in part.root.iterfind(f".//{STYLE}default-style/{STYLE}text-properties"):
            if properties.get(f"{FO}language") == "en":
                properties.set(f"{FO}language", "it")
                properties.set(f"{FO}country", "IT")


def drop_unused_notes(part: Part, parts: Iterable[Part]) -> None:
    """Notes of clauses that went go with them, so that nothing is asked for them."""
    for note, reference in _NOTES:
        used = {
            element.get(f"{W}id")
            for other in parts
            if other.kind == "body"
            for element in other.root.iter(reference)
        }
        for element in part.root.findall(note):
            if element.get(f"{W}type", "normal") == "normal" and element.get(f"{W}id") not in used:
                part.root.remove(element)
