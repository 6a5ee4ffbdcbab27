"""The words of an OpenDocument part, and what goes from it whole."""

from collections.abc import Iterator

from casa.drafting.cleaning.flowing import BREAK, Flow, Piece, held
from casa.drafting.cleaning.parcel import cut, unwrap
from casa.drafting.cleaning.work import Work
from casa.drafting.readers.odf.names import TEXT, XLINK
from casa.drafting.readers.odf.styles import Styles, whole
from casa.drafting.xml import Element, local

_GONE = {
    "tracked-changes": "", "change": "", "change-start": "", "change-end": "",
    "annotation": "", "annotation-end": "", "scripts": "macros", "script": "scripts",
    "event-listeners": "scripts", "hidden-text": "hidden-text", "plugin": "embedded-objects",
    "applet": "embedded-objects", "object": "embedded-objects", "object-ole": "embedded-objects",
    "floating-frame": "external-links", "dde-source": "external-links",
    "section-source": "external-links", "table-source": "external-links",
    "cell-range-source": "external-links", "dde-links": "external-links",
    "dde-connection-decls": "external-links", "data-pilot-tables": "custom-data",
    "user-field-decls": "custom-data", "variable-decls": "custom-data",
    "database-ranges": "", "scenario": "custom-data", "consolidation": "custom-data",
    "alphabetical-index-auto-mark-file": "external-links",
    "database-display": "custom-data", "database-next": "custom-data",
    "database-row-select": "custom-data", "database-row-number": "custom-data",
}  # fmt: skip
_FIELDS = frozenset({
    "user-field-get", "user-field-input", "user-defined", "variable-get", "variable-set",
    "variable-input", "author-name", "author-initials", "initial-creator", "creator", "printed-by",
    "file-name", "template-name", "title", "subject", "keywords", "description", "print-date",
    "print-time", "creation-date", "creation-time", "modification-date", "modification-time",
    "editing-cycles", "editing-duration", "dde-connection", "database-name", "conditional-text",
    "expression", "text-input", "execute-macro", "script-field", "placeholder",
})  # fmt: skip
_SENDER = "sender-"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_APART = frozenset(
    {"note-citation", "note-body", "text-box", "table", "list", "custom-shape", "annotation"}
)


def strip(root: Element, *, styles: Styles, names: set[str], work: Work) -> None:
    """Take out changes, comments, what is hidden, scripts, objects, links to other files."""
    for element in list(root.iter()):
        if next(element.iterancestors(root.tag), root if element is root else None) is None:
            continue  # it went with what held it
        name = local(element)
        if name in _GONE and element is not root:
            told = bool(_GONE[name]) and (name != "scripts" or len(element) > 0)
            work.dropped[_GONE[name] or "other-parts"] += told
            cut(element)
        elif _is_hidden(element, name, styles):
            work.dropped["hidden-text"] += 1
            cut(element)
        elif element.tag.startswith(TEXT) and (name in _FIELDS or name.startswith(_SENDER)):
            unwrap(element)
        elif name in ("image", "fill-image", "background-image"):
            _check_picture(element, names, work)
    for paragraph in list(root.iter(f"{TEXT}hidden-paragraph")):
        _drop_paragraph(paragraph, work)


def _is_hidden(element: Element, name: str, styles: Styles) -> bool:
    """Sections that are not shown, words in a hidden style."""
    if name == "section":
        return element.get(f"{TEXT}display", "true") != "true"
    if name not in ("span", "a", "p", "h"):
        return False
    return styles.named(element.get(f"{TEXT}style-name")).hidden


def _drop_paragraph(mark: Element, work: Work) -> None:
    """The field in it says whether a paragraph is shown; without a word on it, it is."""
    hidden = mark.get(f"{TEXT}is-hidden") == "true"
    paragraph = next(mark.iterancestors(*_PARAGRAPHS), None)
    work.dropped["hidden-text"] += hidden
    cut(paragraph if hidden and paragraph is not None else mark)


def _check_picture(element: Element, names: set[str], work: Work) -> None:
    """A picture that is not in the copy goes; one that is elsewhere was fetched from there."""
    target = element.get(f"{XLINK}href")
    if target is None or target.removeprefix("./") in names:
        return
    outside = ":" in target or target.startswith(("/", "../"))
    work.dropped["external-links"] += outside
    frame = element.getparent()
    cut(frame if frame is not None and local(frame) == "frame" and len(frame) == 1 else element)


def flows(root: Element) -> Iterator[Flow]:
    """The whole text of a part in reading order, its paragraphs and cells apart."""
    flow: Flow = []
    _walk(root, flow, [])
    yield flow


def _walk(element: Element, flow: Flow, waiting: list[Element]) -> None:
    """Notes, boxes and tables inside a paragraph come after it: they do not break its words."""
    is_paragraph = element.tag in _PARAGRAPHS
    inside: list[Element] = [] if is_paragraph else waiting
    if element.text:
        flow.append(held(element))
    for child in element:
        _piece(child, flow, inside)
        if child.tail:
            flow.append(held(child, "tail"))
    if is_paragraph or _holds_alone(element):
        flow.append(Piece(BREAK))
    for later in inside if is_paragraph else ():
        _walk(later, flow, [])
        flow.append(Piece(BREAK))


def _piece(child: Element, flow: Flow, inside: list[Element]) -> None:
    if child.tag == f"{TEXT}s":
        flow.append(Piece(" " * min(whole(child.get(f"{TEXT}c"), 1), 100)))
    elif child.tag in _SIGNS:
        flow.append(Piece(_SIGNS[str(child.tag)]))
    elif local(child) in _APART and _in_paragraph(child):
        inside.append(child)
    else:
        _walk(child, flow, inside)


def _in_paragraph(element: Element) -> bool:
    return next(element.iterancestors(*_PARAGRAPHS), None) is not None


def _holds_alone(element: Element) -> bool:
    """Words outside any paragraph: a title of a picture, a setting."""
    return bool((element.text or "").strip()) and not _in_paragraph(element)
