"""What of a file stands elsewhere: linked pictures, templates, sheets, objects. Plain links to the
web, which a person follows or not, are none of these: the others are opened with the file.
"""

import zipfile
from collections.abc import Iterable

from casa.drafting.archive import member
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.xml import Element, local, parse

XLINK = "{http://www.w3.org/1999/xlink}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LINKED = frozenset({
    "image", "fill-image", "background-image", "section-source", "table-source", "object",
    "object-ole", "plugin", "applet", "floating-frame", "cell-range-source", "template",
})  # fmt: skip
_FETCHED = {
    "img": "src", "script": "src", "iframe": "src", "frame": "src", "embed": "src",
    "source": "src", "object": "data", "link": "href",
}  # fmt: skip
_ELSEWHERE = ("http:", "https:", "ftp:", "file:", "//", "\\\\")


def ooxml_links(archive: zipfile.ZipFile, *, limits: Limits) -> int:
    """How many parts of a DOCX or XLSX are elsewhere, each target once."""
    targets = set()
    for name in archive.namelist():
        if name.endswith(".rels"):
            targets |= set(_targets(member(archive, name, limits=limits) or b""))
    return len(targets)


def _targets(data: bytes) -> Iterable[str]:
    try:
        root = parse(data)
    except Unreadable:
        return
    for one in root:
        if one.get("TargetMode") == "External" and "hyperlink" not in one.get("Type", ""):
            yield one.get("Target", "")


def odf_links(roots: Iterable[Element | None]) -> int:
    """The same of an ODT or ODS."""
    targets = set()
    for root in roots:
        for element in root.iter() if root is not None else ():
            target = element.get(f"{XLINK}href", "")
            if local(element) in _LINKED and (is_elsewhere(target) or target.startswith("../")):
                targets.add(target)
            if "file:" in element.get(f"{TABLE}formula", ""):
                targets.add("formula")
    return len(targets)


def html_links(root: Element) -> int:
    """The same of a web page."""
    found = ((element, _FETCHED.get(local(element))) for element in root.iter())
    return len({said for one, key in found if key and is_elsewhere(said := one.get(key, ""))})


def is_elsewhere(target: str) -> bool:
    """An address outside of the file."""
    return target.strip().lower().startswith(_ELSEWHERE)
