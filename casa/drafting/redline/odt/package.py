"""An ODT that is opened to be written again."""

import hashlib
import io
import posixpath
import zipfile
from pathlib import Path

from lxml import etree

from casa.drafting.archive import guard, member, opened
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.readers.odf.names import OFFICE
from casa.drafting.xml import Element, parse

_MANIFEST = "META-INF/manifest.xml"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_FIRST = "mimetype"


class OpenOdt:
    """The parts of one file; `content` and `styles` are trees that may be changed."""

    def __init__(self, path: Path, *, limits: Limits = DEFAULT) -> None:
        guard(path, limits=limits)
        with opened(path) as archive:
            self._order = archive.namelist()
            self._parts = {
                name: member(archive, name, limits=limits) or b"" for name in self._order
            }
        self.content = parse(self._parts.get("content.xml", b""))
        styles = self._parts.get("styles.xml") or f'<s:document-styles xmlns:s="{OFFICE[1:-1]}"/>'
        self.styles = parse(styles.encode() if isinstance(styles, str) else styles)

    @property
    def text(self) -> Element:
        """The text of the document."""
        text = self.content.find(f"{OFFICE}body/{OFFICE}text")
        if text is None:
            raise Unreadable("corrupt")
        return text

    def group(self, root: Element, name: str) -> Element:
        """office:automatic-styles or another group of styles, made when there is none."""
        found = root.find(f"{OFFICE}{name}")
        if found is None:
            found = etree.Element(f"{OFFICE}{name}")
            body = root.find(f"{OFFICE}body")
            root.insert(len(root) if body is None else root.index(body), found)
        return found

    def digest(self, name: str) -> str:
        """What tells a picture from all others."""
        data = self._parts.get(name)
        return name if data is None else hashlib.sha256(data).hexdigest()

    def take(self, other: "OpenOdt", name: str) -> str:
        """Copy a picture of another file; gives the name it has here."""
        data = other._parts.get(name)
        if data is None or self._parts.get(name) == data:
            return name
        stem, ending = posixpath.splitext(name)
        free, count = name, 1
        while free in self._parts:
            free, count = f"{stem}_{count}{ending}", count + 1
        self._order.append(free)
        self._parts[free] = data
        self._list(free, other.type_of(name))
        return free

    def type_of(self, name: str) -> str:
        """The media type that the manifest says."""
        root = parse(self._parts[_MANIFEST]) if _MANIFEST in self._parts else etree.Element("none")
        for entry in root:
            if entry.get(f"{{{_NAMES}}}full-path") == name:
                return entry.get(f"{{{_NAMES}}}media-type", "")
        return ""

    def saved(self) -> bytes:
        """The bytes of the ODT."""
        self._parts["content.xml"] = _written(self.content)
        if "styles.xml" in self._parts:
            self._parts["styles.xml"] = _written(self.styles)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self._order, key=lambda name: name != _FIRST):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                stored = name == _FIRST
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                archive.writestr(entry, self._parts[name])
        return made.getvalue()

    def _list(self, name: str, kind: str) -> None:
        if _MANIFEST not in self._parts:
            return
        root = parse(self._parts[_MANIFEST])
        entry = etree.SubElement(root, f"{{{_NAMES}}}file-entry")
        entry.set(f"{{{_NAMES}}}full-path", name)
        entry.set(f"{{{_NAMES}}}media-type", kind)
        self._parts[_MANIFEST] = _written(root)


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
