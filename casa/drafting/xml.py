"""XML from strangers: no entities, no network, no document type, bounded depth."""

import re

from lxml import etree

from casa.drafting.errors import Unreadable

Element = etree._Element
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes) -> Element:
    """The root of an XML part of an office file. A document type is refused: they have none."""
    head = data[:4096]
    if head.startswith(_UTF16_MARKS):
        head = head.decode("utf-16", "ignore").encode()
    if _DOCTYPE.search(head):
        raise Unreadable("corrupt")
    # huge_tree stays off: it caps nesting at 256 and one text at 10 MB
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("corrupt") from error


def local(element: Element) -> str:
    """The tag without its namespace; "" for comments and entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
