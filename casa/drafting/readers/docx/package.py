"""The parts of a DOCX and how they refer to each other."""

import posixpath
import zipfile
from functools import cached_property

from casa.drafting.archive import member
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.xml import Element, local, parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_IMAGES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".svg",
    ".webp",
)
_MACROS = ("vbaproject.bin", "vbadata.xml")


class Package:
    """An open DOCX archive: parts by their relation to the main document."""

    def __init__(self, archive: zipfile.ZipFile, *, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._names = archive.namelist()
        self._main = self._find_main()

    def body(self) -> Element:
        """The body of the main document."""
        root = self._parsed(self._main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise Unreadable("corrupt")
        return body

    def related(self, kind: str) -> Element | None:
        """The first part related to the document as `kind` ("styles", "numbering", …)."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, kind: str) -> list[Element]:
        """Every part of that kind, in the order of the relations."""
        roots = [self._parsed(target) for name, target in self._relations if name == kind]
        return [root for root in roots if root is not None]

    def properties(self, name: str) -> Element | None:
        """A part of docProps, "core" or "app"; None when missing or broken: it is not the text."""
        try:
            return self._parsed(f"docProps/{name}.xml")
        except Unreadable:
            return None

    def count(self, kind: str, tag: str) -> int:
        """How many elements of that name the related part holds."""
        return sum(len(root.findall(f"{W}{tag}")) for root in self.all_related(kind))

    @property
    def has_macros(self) -> bool:
        """A part holds program code."""
        return any(name.lower().endswith(_MACROS) for name in self._names)

    @property
    def has_images(self) -> bool:
        """A picture is stored in the file."""
        return any(name.lower().endswith(_IMAGES) and "/media/" in name for name in self._names)

    @cached_property
    def _relations(self) -> list[tuple[str, str]]:
        folder, name = posixpath.split(self._main)
        root = self._parsed(f"{folder}/_rels/{name}.rels")
        if root is None:
            return []
        told = (
            (relation.get("Type", "").rpartition("/")[2], _target(folder, relation))
            for relation in root
            if local(relation) == "Relationship" and relation.get("TargetMode") != "External"
        )
        return list(dict.fromkeys(told))  # a part told a thousand times is one part

    def _find_main(self) -> str:
        root = self._parsed("_rels/.rels")
        for relation in root if root is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return _target("", relation)
        return "word/document.xml"

    def _parsed(self, name: str) -> Element | None:
        data = member(self._archive, name, limits=self._limits)
        if data is None:
            return None
        return parse(data.replace(_STRICT, _TRANSITIONAL) if _STRICT in data[:4096] else data)


def _target(folder: str, relation: Element) -> str:
    target = relation.get("Target", "")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))


def value(parent: Element | None, tag: str) -> str | None:
    """The w:val of a child, None when the child is missing."""
    child = parent.find(f"{W}{tag}") if parent is not None else None
    return child.get(f"{W}val") if child is not None else None


def switched_on(parent: Element | None, tag: str) -> bool | None:
    """An on/off property: None when it is not said."""
    child = parent.find(f"{W}{tag}") if parent is not None else None
    if child is None:
        return None
    return child.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def number(text: str | None, default: int) -> int:
    """A whole number from an attribute, `default` when it is none."""
    try:
        return int(text) if text else default
    except ValueError:
        return default
