"""A clean ODT or ODS: what makes the text or the sheets stays, and in it no datum that must go."""

import re
from pathlib import Path

from casa.drafting.archive import opened
from casa.drafting.cleaning import odf_sheets
from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.flowing import text_of
from casa.drafting.cleaning.leaking import refuse_leaks
from casa.drafting.cleaning.odf_text import flows, strip
from casa.drafting.cleaning.parcel import Parcel
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.readers.odf.names import OFFICE, TABLE, TEXT
from casa.drafting.readers.odf.styles import Styles
from casa.drafting.xml import Element, local

_KEPT = re.compile(
    r"mimetype|content\.xml|styles\.xml|settings\.xml|META-INF/manifest\.xml|Pictures/[^/]+"
)
_CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_OF_THE_WRITER = re.compile(
    r"Print|Rsid|Redline|Database|DataSource|User|Author|Link|Embed|Modify|Config|Signature|"
    r"Forbidden|Load|Password|Protection",
    re.IGNORECASE,
)
_SUFFIXES = {
    "text": ".odt", "text-template": ".ott", "spreadsheet": ".ods", "spreadsheet-template": ".ots",
}  # fmt: skip


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy. Raises Unreadable, also when a removed value would be left."""
    parcel = Parcel(path, keep=_KEPT, work=work, limits=limits)
    if "content.xml" not in parcel.trees:
        raise Unreadable("corrupt")
    with opened(path) as archive:
        kind = archive.read("mimetype").decode("ascii", "replace").strip()
    suffix = _SUFFIXES.get(kind.rpartition("opendocument.")[2], ".odt")
    _count_marks(parcel, work)
    styles = Styles([parcel.trees.get("styles.xml"), parcel.trees["content.xml"]])
    for name, root in parcel.trees.items():
        if name == "settings.xml":
            _forget_settings(root, work)
        elif name != "META-INF/manifest.xml":
            strip(root, styles=styles, names=set(parcel.media), work=work)
    odf_sheets.clear_hidden(parcel.trees["content.xml"], work=work)
    _remove_values(parcel, work)
    parcel.clean_pictures(work)
    _declare(parcel)
    data = parcel.packed("mimetype")
    refuse_leaks(data, work.values)
    return work.done(data, suffix)


def _count_marks(parcel: Parcel, work: Work) -> None:
    for root in parcel.trees.values():
        work.dropped["tracked-changes"] += sum(1 for _ in root.iter(f"{TEXT}changed-region"))
        for changes in root.iter(f"{TABLE}tracked-changes"):
            work.dropped["tracked-changes"] += len(changes)
        work.dropped["comments"] += sum(1 for _ in root.iter(f"{OFFICE}annotation"))


def _remove_values(parcel: Parcel, work: Work) -> None:
    roots = [root for name, root in parcel.trees.items() if not name.startswith("META-INF/")]
    for root in roots:
        work.look(map(text_of, flows(root)))
        work.look_at(root)
    parcel.rename(work, named=_is_name)
    for root in roots:
        for flow in flows(root):
            work.redact(flow)
        odf_sheets.redact_numbers(root, work=work)
        work.redact_attributes(root)


def _is_name(element: Element, key: str) -> bool:
    """Of styles, bookmarks, sections, tables, ranges, boxes; not of settings."""
    return key in ("name", "display-name", "id") and not element.tag.startswith(_CONFIG)


def _forget_settings(root: Element, work: Work) -> None:
    """How the text is laid out stays; views, printers and what names a person or machine go."""
    for item in list(root.iter()):
        name, above = item.get(f"{_CONFIG}name", ""), item.getparent()
        whole_set = local(item) == "config-item-set" and name.endswith("view-settings")
        binary = item.get(f"{_CONFIG}type") == "base64Binary"
        personal = local(item) == "config-item" and _OF_THE_WRITER.search(name)
        if above is not None and (whole_set or binary or personal):
            above.remove(item)
            work.dropped["settings"] += 1


def _declare(parcel: Parcel) -> None:
    """The manifest names what is left."""
    manifest = parcel.trees.get("META-INF/manifest.xml")
    if manifest is None:
        raise Unreadable("corrupt")
    there = {*parcel.trees, *parcel.media, "/"}
    for entry in list(manifest):
        if entry.get(f"{_MANIFEST}full-path") not in there:
            manifest.remove(entry)
