"""A clean web page: what is shown stays, without scripts, comments, hidden parts and trackers."""

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.flowing import BREAK, Flow, Piece, held, text_of
from casa.drafting.cleaning.leaking import LEFT, seen_in
from casa.drafting.cleaning.parcel import cut
from casa.drafting.cleaning.pictures import without_metadata
from casa.drafting.cleaning.values import pattern
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.readers.html import INLINE, root_of
from casa.drafting.text import visible
from casa.drafting.xml import Element, local

_GONE = frozenset({
    "script", "noscript", "template", "iframe", "frame", "object", "embed", "applet", "param",
    "link", "base", "audio", "video", "source", "track", "portal", "fencedframe",
})  # fmt: skip
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d])"
    r"|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_SHOWN = frozenset({
    "href", "src", "alt", "title", "colspan", "rowspan", "headers", "scope", "lang", "dir", "id",
    "class", "style", "type", "start", "value", "name", "for", "width", "height", "align", "valign",
    "border", "cellpadding", "cellspacing", "bgcolor", "color", "face", "size", "span", "charset",
    "content", "http-equiv", "rel", "target", "reversed", "checked", "selected", "label", "summary",
    "abbr", "cite", "datetime", "role", "open", "method", "rows", "cols", "placeholder",
})  # fmt: skip
_PICTURE = re.compile(r"data:image/(png|jpe?g|gif);base64,", re.IGNORECASE)


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy of a web page, in UTF-8. Raises Unreadable."""
    data = path.read_bytes()
    work.dropped["comments"] += data.count(b"<!--")
    root = root_of(data)
    _strip(root, work)
    if sum(len(text) for text in map(text_of, _flows(root))) > limits.characters:
        raise Unreadable("too_large")
    work.look(map(text_of, _flows(root)))
    work.look_at(root)
    for flow in _flows(root):
        work.redact(flow)
    work.redact_attributes(root)
    said = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    if any(pattern(value).search(text) for value in work.values for text in _left(root, said)):
        raise Unreadable("corrupt", LEFT)
    if seen_in(said.encode(), work.values):
        raise Unreadable("corrupt", LEFT)
    return work.done(said.encode(), ".html")


def _left(root: Element, said: str) -> Iterator[str]:
    yield from map(text_of, _flows(root))
    yield re.sub(r"<[^>]*>", "", said)


def _strip(root: Element, work: Work) -> None:
    for element in list(root.iter()):
        if element is not root and next(element.iterancestors(str(root.tag)), None) is None:
            continue  # it went with what held it
        name = local(element)
        code = _goes(element, name)
        if code is not None and element is not root:
            work.dropped[code] += 1
            cut(element)
            continue
        _strip_attributes(element, name, work)
        element.text = visible(element.text) if element.text else element.text
        element.tail = visible(element.tail) if element.tail else element.tail
    for head in root.iter("head"):
        meta = html.Element("meta", charset="utf-8")
        head.insert(0, meta)


def _goes(element: Element, name: str) -> str | None:
    if name in _GONE or not name:
        return "scripts" if name not in ("link", "base") else "external-links"
    if name == "meta":
        return "properties"
    hidden_input = name == "input" and element.get("type", "").lower() == "hidden"
    if hidden_input or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return "hidden-text"
    return "hidden-text" if _HIDDEN.search(element.get("style", "")) else None


def _strip_attributes(element: Element, name: str, work: Work) -> None:
    for key in list(element.attrib):
        said = str(key).lower()
        if said not in _SHOWN:
            del element.attrib[key]
            work.dropped["attributes"] += 1
        elif str(element.attrib[key]).strip().lower().startswith(("javascript:", "vbscript:")):
            del element.attrib[key]
            work.dropped["scripts"] += 1
    if "url(" in element.get("style", "").lower():
        del element.attrib["style"]
        work.dropped["external-links"] += 1
    if name == "img":
        _clean_picture(element, work)


def _clean_picture(element: Element, work: Work) -> None:
    """A picture in the page is saved anew; one that is elsewhere tells its server who reads."""
    source = element.get("src", "")
    found = _PICTURE.match(source)
    if found is None:
        if source:
            work.dropped["external-links"] += 1
            del element.attrib["src"]
        return
    try:
        data = base64.b64decode(source[found.end() :], validate=False)
    except binascii.Error as error:
        raise Unreadable("corrupt") from error
    bare = base64.b64encode(without_metadata("", data)).decode()
    element.set("src", f"{found[0]}{bare}")
    work.warn("pictures")


def _flows(root: Element) -> Iterator[Flow]:
    """The words of the page in order; blocks apart."""
    flow: Flow = []
    _walk(root, flow)
    yield flow


def _walk(element: Element, flow: Flow) -> None:
    block = local(element) not in INLINE or local(element) == "br"
    if block:
        flow.append(Piece(BREAK))
    if element.text:
        flow.append(held(element))
    for child in element:
        _walk(child, flow)
        if child.tail:
            flow.append(held(child, "tail"))
    if block:
        flow.append(Piece(BREAK))
