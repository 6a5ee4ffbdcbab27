"""Where Word and LibreOffice themselves keep a place to fill: fields, controls, colours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casa.drafting.filling.dialects import Dialect
from casa.drafting.filling.field import FieldType
from casa.drafting.filling.paragraphs import Paragraph, Piece
from casa.drafting.readers.docx.package import W
from casa.drafting.readers.odf.names import FO, OFFICE, STYLE, TEXT
from casa.drafting.xml import Element

_MERGE = re.compile(r"\s*MERGEFIELD\s+(?:\"([^\"]{1,60})\"|([^\s\\\"]{1,60}))", re.IGNORECASE)
_FORM = re.compile(r"\s*FORMTEXT\b", re.IGNORECASE)
_UNNAMED = re.compile(r"(?:Testo|Text)\d*")
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ODF_HOLDERS = {
    f"{TEXT}placeholder": "control",
    f"{TEXT}text-input": "form",
    f"{TEXT}database-display": "merge_field",
}
_NO_COLOUR = ("none", "transparent", "auto", "#ffffff", "")
HOLDERS = frozenset({f"{W}sdt", f"{W}fldSimple", *_ODF_HOLDERS})


@dataclass(frozen=True, slots=True)
class Span:
    """Some characters of a paragraph that are a blank: why, from where to where, how it is called.

    `holders` are the elements that go away when the blank becomes a field.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    type: FieldType | None = None
    holders: tuple[Element, ...] = ()

    def overlaps(self, other: "Span") -> bool:
        """They share a character."""
        return self.start < other.end and other.start < self.end


def held_in(line: Paragraph) -> Iterator[Span]:
    """The fields and controls of the program in a paragraph."""
    if line.dialect == Dialect.WORD:
        yield from _complex_fields(line)
    held: dict[Element, list[Piece]] = {}
    for piece in line.pieces:
        holder = _holder(piece, line.element)
        if holder is not None and piece.text:
            held.setdefault(holder, []).append(piece)
    for holder, pieces in held.items():
        yield from _held(holder, pieces, line)


def _holder(piece: Piece, top: Element) -> Element | None:
    """The outermost holder around some characters; a tail stands outside its element."""
    element: Element | None = piece.element
    if piece.where == "tail" and element is not None:
        element = element.getparent()
    found = None
    while element is not None and element is not top:
        found = element if element.tag in HOLDERS else found
        element = element.getparent()
    return found


def _held(holder: Element, own: list[Piece], line: Paragraph) -> Iterator[Span]:
    start, end = own[0].start, own[-1].start + len(own[-1].text)
    if holder.tag == f"{W}sdt":
        yield Span("control", start, end, _control_name(holder), _control_type(holder), (holder,))
    elif holder.tag == f"{W}fldSimple":
        merge = _MERGE.match(holder.get(f"{W}instr", ""))
        if merge:
            yield Span("merge_field", start, end, merge[1] or merge[2], None, (holder,))
    else:
        name = holder.get(f"{TEXT}description") or holder.get(f"{TEXT}column-name") or ""
        shown = name or line.text[start:end].strip("<>«» ")
        yield Span(_ODF_HOLDERS[holder.tag], start, end, shown, None, (holder,))


def _control_name(control: Element) -> str:
    for tag in ("alias", "tag"):
        said = control.find(f"{W}sdtPr/{W}{tag}")
        if said is not None and said.get(f"{W}val"):
            return said.get(f"{W}val", "")
    return ""


def _control_type(control: Element) -> FieldType | None:
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        return None
    if properties.find(f"{_WORD_2010}checkbox") is not None:
        return FieldType.BOOLEAN
    return FieldType.DATE if properties.find(f"{W}date") is not None else None


@dataclass(slots=True)
class _Open:
    """A complex field that has begun: its instruction, where its result begins, its elements."""

    elements: list[Element]
    name: str
    words: str = ""
    start: int | None = None


def _complex_fields(line: Paragraph) -> Iterator[Span]:
    """Fields made of begin, instruction, result and end, each in runs of its own."""
    ends = {piece.element: piece.start + len(piece.text) for piece in line.pieces}
    opened: _Open | None = None
    at = 0
    for element in line.element.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        at = ends.get(element, at)
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            opened = _Open([element], _form_name(element))
        elif opened is not None and element.tag != f"{W}t":
            _continue(opened, element, at)
            if kind == "end":
                yield from _complex(opened, at)
                opened = None


def _continue(opened: _Open, element: Element, at: int) -> None:
    opened.elements.append(element)
    if element.tag == f"{W}instrText":
        opened.words += element.text or ""
    elif element.get(f"{W}fldCharType") == "separate":
        opened.start = at


def _form_name(begin: Element) -> str:
    name = begin.find(f"{W}ffData/{W}name")
    said = name.get(f"{W}val", "") if name is not None else ""
    return "" if _UNNAMED.fullmatch(said) else said


def _complex(opened: _Open, end: int) -> Iterator[Span]:
    if opened.start is None or opened.start >= end:
        return
    merge, holders = _MERGE.match(opened.words), tuple(opened.elements)
    if merge:
        yield Span("merge_field", opened.start, end, merge[1] or merge[2], None, holders)
    elif _FORM.match(opened.words):
        yield Span("form", opened.start, end, opened.name, None, holders)


def highlighted_in(line: Paragraph) -> Iterator[Span]:
    """Words that somebody has coloured to be looked at again."""
    start: int | None = None
    end = 0
    for piece in (piece for piece in line.pieces if piece.text):
        if _is_coloured(piece, line.dialect):
            start = piece.start if start is None else start
            end = piece.start + len(piece.text)
        elif start is not None:
            yield from _coloured(line.text, start, end)
            start = None
    if start is not None:
        yield from _coloured(line.text, start, end)


def _coloured(text: str, start: int, end: int) -> Iterator[Span]:
    """Without the blanks at its ends; what has no letter or figure is no field."""
    words = text[start:end]
    if any(character.isalnum() for character in words):
        start += len(words) - len(words.lstrip())
        yield Span("highlight", start, start + len(words.strip()))


def _is_coloured(piece: Piece, dialect: Dialect) -> bool:
    if dialect == Dialect.WORD:
        run = piece.element.getparent()
        colour = run.find(f"{W}rPr/{W}highlight") if run is not None else None
        return colour is not None and colour.get(f"{W}val") not in _NO_COLOUR
    element = piece.element.getparent() if piece.where == "tail" else piece.element
    if element is None or element.tag != f"{TEXT}span":
        return False
    return _odf_colour(element) not in _NO_COLOUR


def _odf_colour(span: Element) -> str:
    """The background of an automatic style of the same file."""
    name = span.get(f"{TEXT}style-name", "")
    styles = span.getroottree().getroot().find(f"{OFFICE}automatic-styles")
    for style in styles if styles is not None else ():
        if style.get(f"{STYLE}name") == name:
            properties = style.find(f"{STYLE}text-properties")
            return properties.get(f"{FO}background-color", "") if properties is not None else ""
    return ""
