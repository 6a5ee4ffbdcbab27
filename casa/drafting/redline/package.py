"""A DOCX that is opened to be written again: its parts as bytes, those that change as trees."""

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from casa.drafting.archive import guard, member, opened
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.readers.docx.package import Package, W
from casa.drafting.redline.relations import Relations
from casa.drafting.xml import Element, local, parse

_STRICT = b"http://purl.oclc.org/ooxml/"
_NOT_STRICT = (
    "Il documento è in formato «Strict Open XML»: salvalo come «Documento di Word» (.docx) e "
    "caricalo di nuovo."
)
_TEXT_PARTS = ("footnotes", "endnotes", "header", "footer")
_TYPES = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class OpenDocx:
    """The parts of one file. `body` may be changed; `saved` gives the bytes of the new file."""

    def __init__(self, path: Path, *, limits: Limits = DEFAULT) -> None:
        guard(path, limits=limits)
        with opened(path) as archive:
            self._order = archive.namelist()
            package = Package(archive, limits=limits)
            package.body()
            self.main = package._main
            self._names = dict(_related(package))
            self._parts = {
                name: member(archive, name, limits=limits) or b"" for name in self._order
            }
        self._trees: dict[str, Element] = {}
        if _STRICT in self._parts[self.main][:4096]:
            raise Unreadable("not_supported", _NOT_STRICT)

    @property
    def body(self) -> Element:
        """The body of the main document."""
        body = self.tree(self.main).find(f"{W}body")
        if body is None:
            raise Unreadable("corrupt")
        return body

    def related(self, kind: str) -> Element | None:
        """The part of that kind ("styles", "numbering", "footnotes"), None when there is none."""
        name = self.name_of(kind)
        return self.tree(name) if name else None

    def name_of(self, kind: str) -> str:
        """The name of the part of that kind, "" when there is none."""
        return next((name for name, its in self._names.items() if its == kind), "")

    def texts(self) -> Iterator[Element]:
        """The root of every part in which people write."""
        yield self.tree(self.main)
        for name, kind in list(self._names.items()):
            if kind in _TEXT_PARTS:
                yield self.tree(name)

    def tree(self, name: str) -> Element:
        """The root of a part; what is changed in it is saved."""
        if name not in self._trees:
            self._trees[name] = parse(self._parts[name])
        return self._trees[name]

    def relations(self, name: str) -> Relations:
        """What a part refers to."""
        folder, file = posixpath.split(name)
        said = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if said not in self._parts:
            self._order.append(said)
            self._parts[said] = Relations.EMPTY
        return Relations(self.tree(said), folder=folder)

    def data(self, name: str) -> bytes:
        """The bytes of a part, b"" when there is none."""
        return self._parts.get(name, b"")

    def digest(self, name: str, identifier: str) -> str:
        """What tells the target of a relation of that part from all others."""
        target = self.relations(name).target(identifier)
        data = self._parts.get(target)
        return target if data is None else hashlib.sha256(data).hexdigest()

    def add(self, name: str, data: bytes, *, content_type: str) -> str:
        """A new part; gives the name that it got, which is free."""
        stem, ending = posixpath.splitext(name)
        free, count = name, 1
        while free in self._parts:
            free, count = f"{stem}_{count}{ending}", count + 1
        self._order.append(free)
        self._parts[free] = data
        types = self.tree(_TYPES)
        said = etree.SubElement(types, types.tag.replace("}Types", "}Override"))
        said.set("PartName", f"/{free}")
        said.set("ContentType", content_type)
        return free

    def add_text(self, kind: str, data: bytes) -> str:
        """A new header, footer, list of notes or lists, related to the document."""
        folder = posixpath.dirname(self.main)
        name = self.add(f"{folder}/{kind}.xml", data, content_type=f"{_WORD}{kind}+xml")
        self._names[name] = kind
        self.relations(self.main).add(kind, name)
        return name

    def type_of(self, name: str) -> str:
        """The content type of a part."""
        types = [one for one in self.tree(_TYPES) if local(one)]
        ending = name.rpartition(".")[2].lower()
        said = {one.get("PartName"): one.get("ContentType", "") for one in types}
        usual = {(one.get("Extension") or "").lower(): one.get("ContentType", "") for one in types}
        return said.get(f"/{name}") or usual.get(ending) or "application/octet-stream"

    def saved(self) -> bytes:
        """The bytes of the DOCX; parts that nobody asked for are those of the file."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self._order:
                archive.writestr(_entry(name), self._bytes(name))
        return made.getvalue()

    def _bytes(self, name: str) -> bytes:
        tree = self._trees.get(name)
        if tree is None:
            return self._parts[name]
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _related(package: Package) -> Iterator[tuple[str, str]]:
    """The name and the kind of each part that is there."""
    present = set(package._names)
    for kind, name in package._relations:
        if name in present:
            yield name, kind


def _entry(name: str) -> zipfile.ZipInfo:
    """The same bytes make the same file, whatever the hour."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
