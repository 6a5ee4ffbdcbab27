"""ODT and ODS with our own lxml readers: list numbers, outline numbers, notes, accepted changes."""

from pathlib import Path

from casa.drafting.archive import member, opened
from casa.drafting.draft import Metadata
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Content
from casa.drafting.readers.odf.body import Body
from casa.drafting.readers.odf.names import OFFICE, TEXT, XLINK
from casa.drafting.readers.odf.numbering import Numbering
from casa.drafting.readers.odf.pictures import lines_of
from casa.drafting.readers.odf.sheets import hidden_in, sheets_of
from casa.drafting.readers.odf.styles import Styles
from casa.drafting.readers.outside import odf_links
from casa.drafting.readers.signing import signature_pictures
from casa.drafting.stamps import stamp_lines
from casa.drafting.text import clean, one_line
from casa.drafting.xml import Element, local, parse

META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_MACROS = ("Basic/", "Scripts/")
_PROPERTY_LENGTH = 500


def read(path: Path, *, limits: Limits) -> Content:
    """The passages of a text or spreadsheet document, and what else the archive holds."""
    with opened(path) as archive:
        names = archive.namelist()
        parts = {
            name: member(archive, f"{name}.xml", limits=limits)
            for name in ("content", "styles", "meta")
        }
    root = parse(parts["content"] or b"")
    style_root = parse(parts["styles"]) if parts["styles"] else None
    styles = Styles([style_root, root])
    body = Body(styles=styles, numbering=Numbering([style_root, root], styles=styles))
    content = Content(
        metadata=_metadata(parse(parts["meta"])) if parts["meta"] else Metadata(),
        tracked_changes=sum(1 for _ in root.iter(f"{TEXT}changed-region")),
        comments=sum(1 for _ in root.iter(f"{OFFICE}annotation")),
        has_macros=any(name.startswith(_MACROS) and not name.endswith("/") for name in names),
        has_images=any(name.startswith("Pictures/") for name in names),
        furniture=body.furniture(style_root),
        external_links=odf_links((root, style_root)),
        signature_pictures=signature_pictures(list(lines_of(root))),
    )
    _fill(content, root, body=body, limits=limits)
    content.hidden_text = content.hidden_text or body.hidden
    return content


def _fill(content: Content, root: Element, *, body: Body, limits: Limits) -> None:
    holder = root.find(f"{OFFICE}body")
    for document in holder if holder is not None else ():
        if local(document) == "text":
            content.passages = body.passages(document)
            return
        if local(document) == "spreadsheet":
            content.passages = sheets_of(document, body=body, limits=limits)
            hidden = hidden_in(document)
            content.hidden_sheets, content.hidden_rows, content.hidden_columns = hidden
            content.hidden_text = any(hidden)
            return
    raise Unreadable("corrupt")


def _metadata(root: Element) -> Metadata:
    said = {
        local(element): one_line(clean(element.text or ""))[:_PROPERTY_LENGTH]
        for element in root.iter()
        if local(element)
    }
    return Metadata(
        title=said.get("title", ""),
        author=said.get("initial-creator", "") or said.get("creator", ""),
        last_author=said.get("creator", ""),
        template=_template(root),
        created=said.get("creation-date", ""),
        modified=said.get("date", ""),
        stamp=stamp_lines(
            (element.get(f"{META}name", ""), element.text or "")
            for element in root.iter(f"{META}user-defined")
        ),
    )


def _template(root: Element) -> str:
    """The name or path of the template that the document was made from."""
    for element in root.iter():
        if local(element) == "template":
            said = element.get(f"{XLINK}title") or element.get(f"{XLINK}href") or ""
            return one_line(clean(said))[:_PROPERTY_LENGTH]
    return ""
