"""XML that offices receive (FatturaPA, eForms, DGUE, anything else) as a readable outline.

Elements with elements inside are headings, the others are lines «label: value», records of one
kind a table. Labels are the element's own name in words; those of eForms and DGUE (UBL) and of
invoices are told in Italian. Files inside an invoice are read below it.
"""

import base64
import binascii
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Content, Passage
from casa.drafting.readers import members
from casa.drafting.readers.xml.criteria import Answers
from casa.drafting.readers.xml.outline import Outline
from casa.drafting.readers.xml.values import first
from casa.drafting.readers.xml.words import title_of
from casa.drafting.xml import Element, local, parse

CERTAINTY = 0.9
_MOST_FILES = 50
_DOCUMENT_TYPE = (
    "Il file XML dichiara un tipo di documento (DOCTYPE), che per sicurezza non si legge: "
    "chiedi a chi l'ha prodotto una copia senza."
)


def read(path: Path, *, limits: Limits) -> Content:
    """The outline of the file. Raises Unreadable for what is no XML, or has a document type."""
    data = path.read_bytes()
    if len(data) > limits.part_bytes:
        raise Unreadable("too_large")
    root = _root(data)
    content = Content(passages=[Passage(title_of(root), outline=1)], confidence=CERTAINTY)
    size = 0
    for passage in Outline(Answers(root)).of(root, depth=2):
        size += len(passage.text) + sum(len(cell) for row in passage.rows for cell in row)
        if size > limits.characters or len(content.passages) > limits.blocks:
            raise Unreadable("too_large")
        content.passages.append(passage)
    _add_files(content, root, limits=limits)
    return content


def _root(data: bytes) -> Element:
    try:
        return parse(data)
    except Unreadable as error:
        if b"<!DOCTYPE" in data[:4096]:
            raise Unreadable("corrupt", _DOCUMENT_TYPE) from error
        raise


def _add_files(content: Content, root: Element, *, limits: Limits) -> None:
    """The files that an invoice carries (FatturaPA 2.5: Allegati)."""
    held = [element for element in root.iter() if local(element) == "Allegati"]
    for element in held[:_MOST_FILES]:
        data, name = _bytes(first(element, "Attachment")), first(element, "NomeAttachment")
        if data:
            members.add(content, members.name_of(name), data, limits=limits, level=2)


def _bytes(letters: str) -> bytes:
    try:
        return base64.b64decode(letters)
    except (binascii.Error, ValueError):
        return b""
