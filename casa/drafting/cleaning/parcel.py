"""Parts of an office file that stay, as trees and as bytes, and the archive made of them."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from lxml import etree

from casa.drafting.archive import guard, member, opened
from casa.drafting.cleaning import naming
from casa.drafting.cleaning.pictures import without_metadata
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.text import visible
from casa.drafting.xml import Element, local, parse

_TREES = (".xml", ".rels", ".svg")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SORTS = (
    (re.compile(r"docProps/thumbnail\..*|Thumbnails/.+"), "thumbnails"),
    (re.compile(r"docProps/.+|meta\.xml"), "properties"),
    (re.compile(r"customXml/(?!_rels).+"), "custom-data"),
    (re.compile(r".*/(?:embeddings|activeX)/.+|Object [^/]+/content\.xml|Object[^/]*"),
     "embedded-objects"),
    (re.compile(r".*vba(?:Project|Data).*"), "macros"),
    (re.compile(r"(?:Basic|Scripts|Dialogs)/(?!.*(?:script|dialog)-l[bc]\.xml).+"), "macros"),
    (re.compile(r"_xmlsignatures/sig.*|META-INF/.*signatures.*"), "signatures"),
    (re.compile(r".*/printerSettings/.+"), "printer-settings"),
    (re.compile(r".*/externalLinks/[^/]+\.xml"), "external-links"),
    (re.compile(r".*/(?:charts|diagrams)/(?:chart|data)\d*\.xml"), "charts"),
    (re.compile(r"Versions/.+"), "versions"),
)  # fmt: skip
_SILENT = re.compile(
    r".*\.rels|.*/|.*comments.*|.*people\.xml|.*/persons?/.*|.*calcChain.*|.*sharedStrings.*"
    r"|META-INF/manifest\.xml|manifest\.rdf|layout-cache|(?:Basic|Dialogs)/.+|Configurations2.*|mimetype"
    r"|.*(?:webSettings|stylesWithEffects).*|Object.*"
)


class Parcel:
    """The parts of one file whose names fit `keep`; the others are counted in `work`."""

    def __init__(
        self, path: Path, *, keep: re.Pattern[str], work: Work, limits: Limits = DEFAULT
    ) -> None:
        guard(path, limits=limits)
        self.trees: dict[str, Element] = {}
        self.media: dict[str, bytes] = {}
        with opened(path) as archive:
            self.names = archive.namelist()
            for name in self.names:
                if keep.fullmatch(name):
                    self._take(name, member(archive, name, limits=limits) or b"")
                elif sort := sort_of(name):
                    work.dropped[sort] += 1
        for root in self.trees.values():
            _without_the_invisible(root)

    def _take(self, name: str, data: bytes) -> None:
        if name.endswith(_TREES):
            self.trees[name] = parse(data)
        else:
            self.media[name] = data

    def drop(self, name: str) -> None:
        """Leave one more part out."""
        self.trees.pop(name, None)
        self.media.pop(name, None)

    def rename(
        self, work: Work, *, named: naming.Named, codes: frozenset[str] = frozenset()
    ) -> None:
        """Names that say a value become others, those of the pictures too (see `naming`)."""
        stems = {name: PurePosixPath(name).stem for name in self.media}
        new = naming.rename(
            self.trees.values(), work, named=named, codes=codes, files=stems.values()
        )
        self.media = {
            str(PurePosixPath(name).with_stem(new.get(stem, stem))): self.media[name]
            for name, stem in stems.items()
        }

    def clean_pictures(self, work: Work) -> None:
        """Pictures without what camera and program wrote beside; none was read."""
        for name, data in self.media.items():
            if name != "mimetype":
                self.media[name] = without_metadata(name, data)
                work.warn("pictures")

    def packed(self, first: str = "") -> bytes:
        """The archive; the same parts make the same bytes. `first` stands first, unpacked."""
        made = io.BytesIO()
        written = {
            name: etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
            for name, root in self.trees.items()
        }
        parts = {**self.media, **written}
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(parts, key=lambda name: (name != first, "/" in name, name)):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                way = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
                archive.writestr(entry, parts[name], compress_type=way)
        return made.getvalue()


def sort_of(name: str) -> str:
    """The code of what a part is, "" for one that says nothing of anybody."""
    for form, code in _SORTS:
        if form.fullmatch(name):
            return "" if name.endswith((".rels", "/")) else code
    return "" if _SILENT.fullmatch(name) else "other-parts"


def forget(parcel: Parcel, work: Work) -> None:
    """Take out relations and types of parts that are gone, and what pointed to them (OOXML)."""
    there = {*parcel.trees, *parcel.media}
    for name, root in list(parcel.trees.items()):
        gone = set()
        for child in list(root) if name.endswith((".rels", "[Content_Types].xml")) else ():
            if _is_gone(child, name, there):
                outside = child.get("TargetMode") == "External"
                work.dropped["external-links"] += outside
                gone.add(child.get("Id", ""))
                root.remove(child)
        owner = parcel.trees.get(name.replace("_rels/", "").removesuffix(".rels"))
        if owner is not None and gone:
            _without_pointers(owner, gone)


def _is_gone(child: Element, name: str, there: set[str]) -> bool:
    if "macroEnabled" in child.get("ContentType", ""):
        raise Unreadable("macros")
    if local(child) not in ("Override", "Relationship"):
        return False
    if child.get("TargetMode") == "External":
        return "hyperlink" not in child.get("Type", "")
    base = posixpath.dirname(posixpath.dirname(name))
    target = child.get("PartName") or child.get("Target") or ""
    return posixpath.normpath(posixpath.join("/", base, target)).lstrip("/") not in there


def _without_pointers(root: Element, gone: set[str]) -> None:
    """A drawing that shows what is gone goes; elsewhere only the pointer does."""
    for element in list(root.iter()):
        for key in [key for key, value in element.attrib.items()
                    if str(key).startswith(_RELATION) and value in gone]:  # fmt: skip
            del element.attrib[key]
            _drop_drawing(element)


def _drop_drawing(element: Element) -> None:
    if local(element) in _POINTERS:
        cut(element)
        return
    linked = any(str(key).startswith(_RELATION) for key in element.attrib)
    if linked or local(element) not in _SHOWN:  # a linked picture may be in the file as well
        return
    for above in element.iterancestors():
        if local(above) in (*_ANCHORS, "drawing", "pict", "object"):
            cut(above)
            return


_POINTERS = ("drawing", "legacyDrawing", "legacyDrawingHF", "tablePart", "picture")
_SHOWN = ("chart", "relIds", "blip", "imagedata", "contentPart")
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


def cut(element: Element) -> None:
    """Take an element out; the words behind it stay."""
    above = element.getparent()
    if above is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        above.text = (above.text or "") + tail
    above.remove(element)


def unwrap(element: Element) -> None:
    """Leave what an element holds in its place."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.text or "")
    else:
        above.text = (above.text or "") + (element.text or "")
    for child in list(element):
        element.addprevious(child)
    cut(element)


def without(element: Element, *names: str) -> None:
    """Take attributes away, where they are there."""
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def _without_the_invisible(root: Element) -> None:
    """No sign that nobody sees may hide a value; comments of the XML go."""
    for element in list(root.iter()):
        if not local(element):
            cut(element)
            continue
        element.text = visible(element.text) if element.text else element.text
        element.tail = visible(element.tail) if element.tail else element.tail


def texts_of(roots: dict[str, Element]) -> Iterator[Element]:
    """The trees that hold words: not types and relations."""
    for name, root in roots.items():
        if not name.endswith((".rels", "[Content_Types].xml")):
            yield root
