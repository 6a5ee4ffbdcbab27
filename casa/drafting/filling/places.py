"""Every paragraph of a model in reading order, with a place that a person finds again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casa.drafting.filling.dialects import Dialect
from casa.drafting.filling.field import Place
from casa.drafting.filling.package import Part
from casa.drafting.filling.paragraphs import Paragraph, paragraph
from casa.drafting.readers.docx.package import W
from casa.drafting.readers.odf.names import OFFICE, STYLE, TABLE, TEXT
from casa.drafting.xml import Element, local

_TAGS = re.compile(r"\{[{%#][^{}%#]*[}%#]\}")
_SPACES = re.compile(r"\s+")
_HEADING = re.compile(r"(?:heading|titolo|title)\s?\d*", re.IGNORECASE)
_ARTICLE = re.compile(r"art(?:icolo|\.)\s*\d", re.IGNORECASE)
_SHOWN = 40
_TABLES = (f"{W}tbl", f"{TABLE}table")
_ROWS = (f"{W}tr", f"{TABLE}table-row")
_BOXES = (f"{W}txbxContent", "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box")
_NOTES = (f"{W}footnote", f"{W}endnote", f"{TEXT}note")
_COMMENTS = (f"{W}comment", f"{OFFICE}annotation")
_LINES = {Dialect.WORD: (f"{W}p",), Dialect.ODF: (f"{TEXT}p", f"{TEXT}h")}
_SKIPPED = frozenset({f"{TEXT}tracked-changes"})
_FOOTERS = ("footer", "footer-left", "footer-first")
_PARTS = {"header": "intestazione", "footer": "piè di pagina", "note": "nota"}
_PROPERTIES = {
    "title": "titolo", "subject": "oggetto", "description": "descrizione",
    "keywords": "parole chiave", "keyword": "parola chiave", "category": "categoria",
    "creator": "autore", "user-defined": "proprietà personalizzata",
}  # fmt: skip


@dataclass(slots=True)
class _Count:
    """Where we are in a part: how many paragraphs and tables so far, the last heading."""

    lines: int = 0
    tables: int = 0
    rows: int = 0
    notes: int = 0
    heading: str = ""


def lines_of(part: Part) -> Iterator[tuple[Paragraph, Place]]:
    """The paragraphs of a part and their places; headers of an ODT stand in its styles."""
    if part.dialect == Dialect.PLAIN:
        yield from _properties(part)
        return
    yield from _walk(part.root, part, _Count(), part.kind, "")


def _properties(part: Part) -> Iterator[tuple[Paragraph, Place]]:
    for number, element in enumerate(part.root.iter(), start=1):
        if local(element) in _PROPERTIES:
            words = f"proprietà del documento, {_PROPERTIES[local(element)]}"
            yield paragraph(element, dialect=part.dialect), Place("properties", number, words)


def _walk(
    element: Element, part: Part, count: _Count, kind: str, inside: str
) -> Iterator[tuple[Paragraph, Place]]:
    for child in element:
        if child.tag in _LINES[part.dialect]:
            yield from _line(child, part, count, kind, inside)
        elif local(child) and child.tag not in _SKIPPED:
            deeper = _inside(child, count, inside)
            yield from _walk(child, part, count, _kind(child, kind), deeper)


def _line(
    element: Element, part: Part, count: _Count, kind: str, inside: str
) -> Iterator[tuple[Paragraph, Place]]:
    line = paragraph(element, dialect=part.dialect)
    words = _SPACES.sub(" ", _TAGS.sub("", line.text)).strip()
    count.lines += bool(line.text.strip()) and not inside
    place = Place(kind, max(1, count.lines), _words(count, kind, inside))
    yield line, place
    if words and not inside and _is_heading(element, words):
        count.heading = words[:_SHOWN]
    if next(element.iterdescendants(*_LINES[part.dialect]), None) is not None:
        yield from _walk(element, part, count, kind, inside)


def _kind(element: Element, kind: str) -> str:
    if element.tag in _NOTES:
        return "note"
    if element.tag in _COMMENTS:
        return "comment"
    if element.tag.startswith(STYLE) and local(element) in _FOOTERS:
        return "footer"
    return kind


def _inside(element: Element, count: _Count, inside: str) -> str:
    if element.tag in _TABLES:
        count.tables, count.rows = count.tables + 1, 0
        return f"tabella {count.tables}"
    if element.tag in _ROWS and inside.startswith("tabella"):
        count.rows += 1
        return f"{inside.split(',', maxsplit=1)[0]}, riga {count.rows}"
    if element.tag in _BOXES:
        return "casella di testo"
    if element.tag in _NOTES:
        count.notes += element.get(f"{W}type", "normal") == "normal"
        return f"nota {count.notes}"
    return "commento" if element.tag in _COMMENTS else inside


def _words(count: _Count, kind: str, inside: str) -> str:
    after = f" (dopo «{count.heading}»)" if count.heading else ""
    if kind in ("header", "footer"):
        return f"{_PARTS[kind]}{f', {inside}' if inside else ''}"
    if inside:
        return f"{inside}{after}"
    return f"paragrafo {max(1, count.lines)}{after}"


def _is_heading(element: Element, words: str) -> bool:
    if element.tag == f"{TEXT}h" or _ARTICLE.match(words):
        return True
    style = element.find(f"{W}pPr/{W}pStyle")
    name = style.get(f"{W}val", "") if style is not None else element.get(f"{TEXT}style-name", "")
    return bool(_HEADING.fullmatch(name))
