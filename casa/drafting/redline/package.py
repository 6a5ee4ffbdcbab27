"""A DOCX that is opened to be written again: its parts as bytes, those that change as trees."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from casa.drafting.archive import guard, member, opened
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.readers.docx.package import Package, W
from casa.drafting.xml import Element, parse

_STRICT = b"http://purl.oclc.org/ooxml/"
_NOT_STRICT = (
    "Il documento è in formato «Strict Open XML»: salvalo come «Documento di Word» (.docx) e "
    "caricalo di nuovo."
)
_TEXT_PARTS = ("footnotes", "endnotes", "header", "footer")


class OpenDocx:
    """The parts of one file. `body` may be changed; `saved` gives the bytes of the new file."""

    def __init__(self, path: Path, *, limits: Limits = DEFAULT) -> None:
        guard(path, limits=limits)
        with opened(path) as archive:
            self._order = archive.namelist()
            package = Package(archive, limits=limits)
            package.body()
            self._main = package._main
            self._names = dict(_related(package))
            self._parts = {
                name: member(archive, name, limits=limits) or b"" for name in self._order
            }
        self._trees: dict[str, Element] = {}
        if _STRICT in self._parts[self._main][:4096]:
            raise Unreadable("not_supported", _NOT_STRICT)

    @property
    def body(self) -> Element:
        """The body of the main document."""
        body = self._tree(self._main).find(f"{W}body")
        if body is None:
            raise Unreadable("corrupt")
        return body

    def related(self, kind: str) -> Element | None:
        """The part of that kind ("styles", "numbering", "footnotes"), None when there is none."""
        return next((self._tree(name) for name, its in self._names.items() if its == kind), None)

    def texts(self) -> Iterator[Element]:
        """The root of every part in which people write."""
        yield self._tree(self._main)
        for name, kind in self._names.items():
            if kind in _TEXT_PARTS:
                yield self._tree(name)

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

    def _tree(self, name: str) -> Element:
        if name not in self._trees:
            self._trees[name] = parse(self._parts[name])
        return self._trees[name]


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
