"""Pictures, notes and other things that deleted words hold, carried over to the new file."""

import posixpath
from copy import deepcopy

from casa.drafting.readers.docx.package import W, number
from casa.drafting.redline.carrying import Carrier
from casa.drafting.redline.letters import related_to
from casa.drafting.redline.marks import Pen
from casa.drafting.redline.package import OpenDocx
from casa.drafting.xml import Element, local

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


class Things:
    """Knows both files and what was carried already."""

    def __init__(self, old: OpenDocx, new: OpenDocx, *, carrier: Carrier, pen: Pen) -> None:
        self._old, self._new = old, new
        self._carrier, self._pen = carrier, pen
        self._parts: dict[str, str] = {}

    def fit(self, copy: Element, *, source: str, target: str) -> Element:
        """Make a copy from the old part `source` fit for the new part `target`, in place."""
        for properties in list(copy.iter(f"{W}pPr")):
            above = properties.getparent()
            if above is not None and above.tag == f"{W}p":
                above.replace(properties, self._carrier.fitted(properties))
        for form in copy.iter(f"{W}rPr"):
            self._carrier.fit_run(form)
        for reference in copy.iter(*(f"{W}{name}" for name in _NOTES)):
            self._carry_note(reference)
        self._carry_relations(copy, source=source, target=target)
        for shown in copy.iter("{*}docPr"):
            shown.set("id", str(next(self._pen.numbers)))
        return copy

    def note(self, reference: Element, *, old: bool) -> Element | None:
        """The body of the note that is called there."""
        root = (self._old if old else self._new).related(_NOTES[local(reference)])
        wanted = reference.get(f"{W}id")
        return next(
            (one for one in (() if root is None else root) if one.get(f"{W}id") == wanted), None
        )

    def order_notes(self) -> None:
        """Number the notes as they are called: some programs read them by their order alone."""
        for name, kind in _NOTES.items():
            root = self._new.related(kind)
            if root is not None:
                _ordered(root, list(self._new.body.iter(f"{W}{name}")))

    def _carry_note(self, reference: Element) -> None:
        kind = _NOTES[local(reference)]
        body = self.note(reference, old=True)
        if body is None:
            return
        copy = deepcopy(body)
        notes = self._notes(kind)
        used = [number(one.get(f"{W}id"), 0) for one in notes if one.get(f"{W}id")]
        copy.set(f"{W}id", str(max([0, *used]) + 1))
        reference.set(f"{W}id", copy.get(f"{W}id", ""))
        notes.append(copy)
        self.fit(copy, source=self._old.name_of(kind), target=self._new.name_of(kind))

    def _notes(self, kind: str) -> Element:
        """The notes of the new file; where it has none, an empty list with the old separators."""
        name = self._new.name_of(kind)
        if name:
            return self._new.tree(name)
        source = self._old.name_of(kind)
        name = self._new.add_text(kind, self._old.data(source))
        root = self._new.tree(name)
        for note in [one for one in root if one.get(f"{W}type") in (None, "normal")]:
            root.remove(note)
        return root

    def _carry_relations(self, copy: Element, *, source: str, target: str) -> None:
        known = {name: self._carried(name, source, target) for name in set(related_to(copy))}
        for element in copy.iter():
            for name, value in element.attrib.items():
                if str(name).startswith(_RELATIONS):
                    element.set(name, known[str(value)])

    def _carried(self, identifier: str, source: str, target: str) -> str:
        relation = self._old.relations(source).found(identifier)
        if relation is None:
            return identifier
        kind, there = relation.get("Type", ""), self._new.relations(target)
        where = self._old.relations(source).target(identifier)
        if relation.get("TargetMode") == "External":
            return there.add(kind, where, external=True)
        return there.add(kind, self._part(where))

    def _part(self, name: str) -> str:
        """The part copied, with all that it refers to."""
        if name in self._parts:
            return self._parts[name]
        folder, file = posixpath.split(name)
        made = self._new.add(
            f"{folder}/{file}", self._old.data(name), content_type=self._old.type_of(name)
        )
        self._parts[name] = made
        said = self._old.relations(name)
        for identifier in said.identifiers():
            self._carry_inner(name, made, identifier)
        return made

    def _carry_inner(self, name: str, made: str, identifier: str) -> None:
        fresh = self._carried(identifier, name, made)
        relation = self._new.relations(made).found(fresh)
        if relation is not None:
            relation.set("Id", identifier)


def _ordered(root: Element, references: list[Element]) -> None:
    """Notes in the order in which they are called first; those that nobody calls go last."""
    notes = {one.get(f"{W}id"): one for one in root if one.get(f"{W}type") in (None, "normal")}
    first = max([0, *(number(one.get(f"{W}id"), 0) for one in root if one not in notes.values())])
    called = [one.get(f"{W}id") for one in references if one.get(f"{W}id") in notes]
    names = {
        old: str(first + place) for place, old in enumerate(dict.fromkeys([*called, *notes]), 1)
    }
    for old, fresh in names.items():
        notes[old].set(f"{W}id", fresh)
        root.append(notes[old])
    for reference in references:
        identifier = reference.get(f"{W}id")
        reference.set(f"{W}id", names.get(identifier, identifier or ""))
