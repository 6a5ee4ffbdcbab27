"""The blanks of ordinary documents, proposed as typed fields: a person says which of them are.

____ · …… · [da compilare] · <<campo>> · XXXX · gg/mm/aaaa · ☐ · highlighted words · MERGEFIELD ·
form fields · content controls · placeholders of an ODT.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

from casa.drafting.filling.dialects import Dialect
from casa.drafting.filling.field import FieldType, Place
from casa.drafting.filling.guessing import WRITTEN, guess, named_after, named_from
from casa.drafting.filling.holders import Span, held_in, highlighted_in
from casa.drafting.filling.package import Package
from casa.drafting.filling.paragraphs import Paragraph
from casa.drafting.filling.places import lines_of
from casa.drafting.filling.signs import is_no_blank, signs_in
from casa.drafting.limits import DEFAULT, Limits

_BEFORE, _AFTER, _AROUND = 60, 30, 300
_MOST = 2_000
_TAG = re.compile(r"\{[{%#].{0,300}?[}%#]\}")
_LETTERS = re.compile(r"[^A-Za-zÀ-ÿ0-9 _/’'-]")
# such words say that something is missing and not what
_GENERIC = re.compile(
    r"\W*(?:(?:da\s+)?(?:complet|compil|inser|indic|specific|precis)\w{2,5}\b|campo$|testo$|$)\s*",
    re.IGNORECASE,
)
_ONE_FIELD = (FieldType.CIG, FieldType.CUP)
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that seems to wait for something. `number` counts from 1 in reading order.

    `kind` is line, dots, brackets, angles, letters, date, box, few, highlight, merge_field, form
    or control; `name`, `type` and `format` are proposals.
    """

    number: int
    kind: str
    name: str
    type: FieldType
    format: str
    text: str
    before: str
    after: str
    place: Place


@dataclass(frozen=True, slots=True)
class Found:
    """A blank with the paragraph it was found in."""

    blank: Blank
    line: Paragraph
    span: Span


@dataclass(slots=True)
class _Names:
    """The names given so far, and what they were given for."""

    used: set[str] = field(default_factory=set)
    known: dict[str, str] = field(default_factory=dict)

    def name(self, base: str, *, same: str, before: str) -> str:
        """A new name like `base`, or the one given before to the same words."""
        if same and same in self.known:
            return self.known[same]
        name = self._new(base, named_after(before).rpartition("_")[2])
        self.used.add(name)
        if same:
            self.known[same] = name
        return name

    def _new(self, base: str, word: str) -> str:
        """First "data", then "data_determinazione", then "data_2"."""
        longer = f"{base}_{word}"
        if base not in self.used:
            return base
        if word and word not in base and longer not in self.used:
            return longer
        numbered = (f"{base}_{number}" for number in count(2))
        return next(name for name in numbered if name not in self.used)


def blanks(path: Path, *, limits: Limits = DEFAULT) -> tuple[Blank, ...]:
    """The blanks of the DOCX or ODT at `path` in reading order. Raises Unreadable."""
    return tuple(found.blank for found in found_in(Package(path, limits=limits)))


def found_in(package: Package) -> list[Found]:
    """The blanks of an open document, with where they stand in its trees."""
    found: list[Found] = []
    names = _Names()
    for part in package.parts:
        for line, place in lines_of(part) if part.dialect != Dialect.PLAIN else ():
            last: Found | None = None
            for span in _spans(line):
                blank = _blank(len(found) + 1, line, place, span, names, last)
                last = Found(blank, line, span)
                found.append(last)
            if len(found) >= _MOST:
                return found
    return found


def _spans(line: Paragraph) -> list[Span]:
    """What does not overlap, in order: fields of the program first, then signs, then colours."""
    taken: list[Span] = [Span("tag", *match.span()) for match in _TAG.finditer(line.text)]
    for spans in (held_in(line), signs_in(line.text), _coloured(line)):
        free = (span for span in spans if not any(span.overlaps(other) for other in taken))
        taken = [*taken, *islice(free, _MOST)]
    blanks = sorted((span for span in taken if span.kind != "tag"), key=lambda span: span.start)
    return blanks[:_MOST]


def _coloured(line: Paragraph) -> Iterator[Span]:
    """Highlighted words, but for "eventuale" and the like, which ask for nothing."""
    for span in highlighted_in(line):
        words = line.text[span.start : span.end].strip("[] ")
        if not is_no_blank(f"[{words[:_BEFORE]}]"):
            yield span


def _blank(
    number: int, line: Paragraph, place: Place, span: Span, names: _Names, last: Found | None
) -> Blank:
    text = line.text[span.start : span.end]
    before = line.text[max(0, span.start - _AROUND) : span.start]
    after = line.text[span.end : span.end + _AROUND]
    label = _label(span, text)
    kind, usual = _guessed(span, label, before, text, after)
    if last is not None and _is_spelled(usual, last, span):
        kind, name, written = FieldType.AMOUNT, last.blank.name, "lettere"
    else:
        near = line.text[last.span.end : span.start] if last is not None else before
        words = near if named_after(near) else before
        same = usual if kind in _ONE_FIELD else label.lower()
        base = _base(span, label, usual or named_after(words), after)
        name = names.name(base, same=same, before=words)
        written = "lettere" if usual == "importo_lettere" else WRITTEN.get(kind, "")
    shown = before[-_BEFORE:], after[:_AFTER]
    return Blank(number, span.kind, name, kind, written, text, *shown, place)


def _label(span: Span, text: str) -> str:
    """What the blank itself says of what it wants: "[Settore competente]"; "" when nothing."""
    inside = span.kind in ("brackets", "angles", "highlight")
    label = span.name or (_LETTERS.sub(" ", text) if inside else "")
    return _GENERIC.sub("", label.strip(), count=1).strip()


def _is_spelled(usual: str, last: Found, span: Span) -> bool:
    """The same amount once more, in words: "euro ____ (euro ____)" or "euro ____ (____)"."""
    between = last.line.text[last.span.end : span.start].strip()
    return last.blank.type == FieldType.AMOUNT and (usual == "importo_lettere" or between == "(")


def _guessed(span: Span, label: str, before: str, text: str, after: str) -> tuple[FieldType, str]:
    if span.type is not None:
        return span.type, ""
    if span.kind == "box":
        return FieldType.BOOLEAN, ""
    if label:
        kind, usual = guess(f"{label} ", "", "")
        if kind != FieldType.TEXT:
            return kind, usual
    return guess(before, text, after)


def _base(span: Span, label: str, usual: str, after: str) -> str:
    """A name: the words inside the blank, else the usual one, else the words around."""
    inside = named_from(label)
    if len(inside) >= _SHORTEST_NAME:
        return inside
    if span.kind == "box":
        return named_from("_".join(after[:_BEFORE].split()[:4])) or "casella"
    return usual or "campo"
