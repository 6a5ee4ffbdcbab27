"""The last look before a copy is handed out: is a value that had to go still in it?"""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from casa.drafting.cleaning.values import SHORT, decoded, pattern
from casa.drafting.errors import Unreadable
from casa.drafting.text import visible
from casa.drafting.xml import Element, parse

LEFT = "Un dato da togliere resta nella copia: toglilo a mano dall'originale e riprova."
_TAG = re.compile(r"<[^>]*>")


def leaks(data: bytes, values: Sequence[str]) -> list[str]:
    """The values still found in any part of an archive: as words without tags, in an attribute,
    in the bytes of a picture, in the name of a part.
    """
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            found += seen_in(archive.read(name), values, name=name)
    return list(dict.fromkeys(found))


def seen_in(data: bytes, values: Sequence[str], *, name: str = "") -> list[str]:
    """The values found in one part. Short ones stand in any bytes by chance, so not there."""
    tree = _tree(data)
    forms = [visible(one) for one in (name, *(_forms(data) if tree is None else _of_xml(tree)))]
    forms += [one.replace("''", "'") for one in forms if "''" in one]  # as formulas write it
    return [
        value
        for value in values
        if (tree is not None or len(value) >= SHORT)
        and any(pattern(value).search(form) for form in forms)
    ]


def refuse_leaks(data: bytes, values: Sequence[str]) -> None:
    """Raise Unreadable when a value is left in an archive."""
    if leaks(data, values):
        raise Unreadable("corrupt", LEFT)


def _tree(data: bytes) -> Element | None:
    if data.lstrip()[:1] != b"<":
        return None
    try:
        return parse(data)
    except Unreadable:
        return None


def _forms(data: bytes) -> Iterator[str]:
    raw = data.decode("utf-8", "ignore")
    yield unquote(html.unescape(raw))
    yield html.unescape(_TAG.sub("", raw))
    for start in (0, 1):  # the texts of drawings (EMF, WMF) are in UTF-16
        yield data[start:].decode("utf-16-le", "ignore")


def _of_xml(root: Element) -> Iterator[str]:
    """Words run together as they do in a text, and apart; what attributes say."""
    texts = [str(text) for text in root.itertext()]
    yield "".join(texts)
    yield "\n".join(texts)
    said = {unquote(str(value)) for one in root.iter() for value in one.attrib.values()}
    words = "\n".join(sorted(value for value in said if not value.lstrip("-").isdigit()))
    yield from (words, decoded(words))
