"""Where a filled document comes from: in its properties and in its footers.

Written into the bytes that filling made, so that a document that comes back can be told.
"""

import io
import zipfile
from collections.abc import Callable, Mapping

import pikepdf
from lxml import etree

from casa.drafting.stamps import PREFIX
from casa.drafting.xml import Element, parse

__all__ = ["PREFIX", "stamped", "stamped_pdf"]
_CUSTOM = "docProps/custom.xml"
_TYPES, _RELS = "[Content_Types].xml", "_rels/.rels"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES = f"{_OFFICE}/custom-properties"
_VALUES = f"{_OFFICE}/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SMALL = "14"  # half points
Parts = dict[str, bytes]


def stamped(document: bytes, said: Mapping[str, str], *, kind: str) -> bytes:
    """The DOCX or ODT with each of `said` as a property and all of them in every footer."""
    with zipfile.ZipFile(io.BytesIO(document)) as source:
        entries = source.infolist()
        parts = {entry.filename: source.read(entry) for entry in entries}
    write = _onto_word if kind == "docx" else _onto_odf
    write(
        parts, {f"{PREFIX}{name}": value for name, value in said.items()}, " – ".join(said.values())
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in entries:
            target.writestr(entry, parts.pop(entry.filename), entry.compress_type)
        for name, data in parts.items():
            target.writestr(name, data)
    return made.getvalue()


def stamped_pdf(document: bytes, said: Mapping[str, str]) -> bytes:
    """The PDF with each of `said` as a property: LibreOffice does not carry them over."""
    made = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(document)) as held:
        for name, value in said.items():
            held.docinfo[pikepdf.Name(f"/{PREFIX}{name}")] = value
        held.save(made)
    return made.getvalue()


def _onto_word(parts: Parts, said: Mapping[str, str], words: str) -> None:
    types = parse(parts[_TYPES])
    footers = [
        override.get("PartName", "").lstrip("/")
        for override in types
        if override.get("ContentType") == _FOOTER_TYPE
    ]
    for name in footers:
        _change(parts, name, lambda root: root.append(_word_line(words)))
    if _CUSTOM not in parts:
        parts[_CUSTOM] = f'<Properties xmlns="{_PROPERTIES}"/>'.encode()
        _declare(parts)
    _change(parts, _CUSTOM, lambda root: _word_properties(root, said))


def _declare(parts: Parts) -> None:
    """Say that the part with the properties is there."""
    kind = {"PartName": f"/{_CUSTOM}", "ContentType": _CUSTOM_TYPE}
    tie = {"Id": "rIdCasa", "Type": f"{_OFFICE}/relationships/custom-properties", "Target": _CUSTOM}
    types, rels = f"{{{_PACKAGE}/content-types}}", f"{{{_PACKAGE}/relationships}}"
    _change(parts, _TYPES, lambda root: etree.SubElement(root, f"{types}Override", kind))
    _change(parts, _RELS, lambda root: etree.SubElement(root, f"{rels}Relationship", tie))


def _word_properties(root: Element, said: Mapping[str, str]) -> None:
    for old in [one for one in root if one.get("name") in said]:
        root.remove(old)
    first = max((int(one.get("pid", "1")) for one in root), default=1) + 1
    for number, (name, value) in enumerate(said.items(), start=first):
        given = {"fmtid": _FORMAT, "pid": str(number), "name": name}
        one = etree.SubElement(root, f"{{{_PROPERTIES}}}property", given)
        etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = value


def _word_line(words: str) -> Element:
    line = etree.Element(f"{_W}p")
    etree.SubElement(etree.SubElement(line, f"{_W}pPr"), f"{_W}jc", {f"{_W}val": "center"})
    run = etree.SubElement(line, f"{_W}r")
    etree.SubElement(etree.SubElement(run, f"{_W}rPr"), f"{_W}sz", {f"{_W}val": _SMALL})
    etree.SubElement(run, f"{_W}t").text = words
    return line


def _onto_odf(parts: Parts, said: Mapping[str, str], words: str) -> None:
    def footers(root: Element) -> None:
        for footer in root.iter(f"{{{_ODF}:style:1.0}}footer"):
            etree.SubElement(footer, f"{{{_ODF}:text:1.0}}p").text = words

    def properties(root: Element) -> None:
        meta = f"{{{_ODF}:meta:1.0}}"
        for holder in root.iter(f"{{{_ODF}:office:1.0}}meta"):
            for name, value in said.items():
                given = {f"{meta}name": name}
                etree.SubElement(holder, f"{meta}user-defined", given).text = value

    for name, change in (("styles.xml", footers), ("meta.xml", properties)):
        if parts.get(name):
            _change(parts, name, change)


def _change(parts: Parts, name: str, change: Callable[[Element], object]) -> None:
    root = parse(parts[name])
    change(root)
    parts[name] = _bytes(root)


def _bytes(root: Element) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
