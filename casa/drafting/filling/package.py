"""The archive of a model: which parts hold text, and the bytes of the document made from it."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from casa.drafting.archive import guard, member, opened
from casa.drafting.errors import Unreadable
from casa.drafting.filling.dialects import MARK, Dialect
from casa.drafting.kinds import LABELS, Kind
from casa.drafting.limits import Limits
from casa.drafting.sniffing import sniff
from casa.drafting.xml import Element, parse

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TYPES = "[Content_Types].xml"
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml."
# the end of a content type, and what people call the part
_WORD_PARTS = (
    (".document.main+xml", "body"),
    (".template.main+xml", "body"),
    (".header+xml", "header"),
    (".footer+xml", "footer"),
    (".footnotes+xml", "note"),
    (".endnotes+xml", "note"),
    (".comments+xml", "comment"),
    (".core-properties+xml", "properties"),
    (".styles+xml", "styles"),
)
_ODF_PARTS = (("content.xml", "body"), ("styles.xml", "header"), ("meta.xml", "properties"))
_ODF_TEMPLATE = b"application/vnd.oasis.opendocument.text-template"
_ORDER = ("body", "header", "footer", "note", "comment", "properties", "styles")
_NOT_A_MODEL = "Un modello si scrive in DOCX o in ODT. Questo è {}: salvalo in uno dei due formati."
_NOT_STRICT = (
    "Il modello è in formato «Strict Open XML»: salvalo come «Documento di Word» (.docx) e "
    "caricalo di nuovo."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One XML part in which people write: `kind` is a part of `Place`."""

    name: str
    kind: str
    dialect: Dialect
    root: Element


class Package:
    """An open model. The trees of `parts` may be changed; `saved` gives the new file."""

    def __init__(self, path: Path, *, limits: Limits) -> None:
        self.kind = sniff(path)
        if self.kind not in (Kind.DOCX, Kind.ODT):
            raise Unreadable("not_supported", _NOT_A_MODEL.format(LABELS[self.kind]))
        guard(path, limits=limits)
        with opened(path) as archive:
            self._entries = archive.infolist()
            self._data = {
                entry.filename: member(archive, entry.filename, limits=limits) or b""
                for entry in self._entries
            }
        self.parts = tuple(self._word_parts() if self.kind == Kind.DOCX else self._odf_parts())
        if not any(part.kind == "body" for part in self.parts):
            raise Unreadable("corrupt")

    def tree(self, name: str) -> Element | None:
        """A part that is only looked at (styles, say); None when there is none."""
        return parse(self._data[name]) if self._data.get(name) else None

    def _word_parts(self) -> list[Part]:
        types = parse(self._data[_TYPES])
        found = [
            (said, override.get("PartName", "").lstrip("/"))
            for override in types
            for suffix, said in _WORD_PARTS
            if override.get("ContentType", "").endswith(suffix)
        ]
        parts = [
            Part(name, kind, _word_dialect(kind), self._root(name))
            for kind, name in found
            if self._data.get(name)
        ]
        return sorted(parts, key=lambda part: _ORDER.index(part.kind))

    def _odf_parts(self) -> list[Part]:
        return [
            Part(name, kind, _odf_dialect(kind), self._root(name))
            for name, kind in _ODF_PARTS
            if self._data.get(name)
        ]

    def _root(self, name: str) -> Element:
        data = self._data[name]
        if _STRICT in data[:4096]:
            raise Unreadable("not_supported", _NOT_STRICT)
        root = parse(data)
        if next(root.iter(MARK), None) is not None:  # ours alone: a file that has them lies
            raise Unreadable("corrupt")
        return root

    def saved(self) -> bytes:
        """The bytes of the document: parts that nobody changed are those of the model."""
        trees = {part.name: part.root for part in self.parts}
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in self._entries:
                name = entry.filename
                data = _bytes(trees[name]) if name in trees else self._document(name)
                archive.writestr(_entry(entry), data)
        return made.getvalue()

    def _document(self, name: str) -> bytes:
        """What is filled is no template any more, and says so where the template said it was."""
        data = self._data[name]
        if name == _TYPES:
            return data.replace(_WORD + b"template.main+xml", _WORD + b"document.main+xml")
        if name in ("mimetype", "META-INF/manifest.xml"):
            return data.replace(_ODF_TEMPLATE, _ODF_TEMPLATE.removesuffix(b"-template"))
        return data


def _word_dialect(kind: str) -> Dialect:
    return Dialect.PLAIN if kind == "properties" else Dialect.WORD


def _odf_dialect(kind: str) -> Dialect:
    return Dialect.PLAIN if kind == "properties" else Dialect.ODF


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same data make the same file, whatever the hour; `mimetype` stays unpacked and first."""
    made = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
    made.compress_type = entry.compress_type
    return made
