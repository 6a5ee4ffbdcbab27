"""A clean DOCX: only the parts that make the text stay, and in them no datum that must go."""

import re
from collections.abc import Iterator
from pathlib import Path

from casa.drafting.archive import opened
from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.flowing import BREAK, Flow, Piece, held, text_of
from casa.drafting.cleaning.leaking import refuse_leaks
from casa.drafting.cleaning.parcel import Parcel, forget, texts_of
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.readers.docx.package import W, switched_on, value
from casa.drafting.readers.docx.styles import Styles
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.resolving import accept
from casa.drafting.xml import Element, local, parse

_SPACES = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
UNUSUAL = "Questo documento Word è fatto in modo insolito: aprilo, salvalo di nuovo e riprova."
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/[^/]+\.rels|word/media/[^/]+"
    r"|word/(document|styles|numbering|settings|fontTable|header|footer|footnotes|endnotes)\d*\.xml"
    r"|word/theme/theme\d*\.xml"
)
_COMMENT_PARTS = re.compile(r"word/comments\d*\.xml")
_REVISED = tuple(
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
)
_SILENT = ("commentRangeStart", "commentRangeEnd", "commentReference")
_COUNTED = {
    "rsids": "settings", "attachedTemplate": "settings", "OLEObject": "embedded-objects",
    "altChunk": "embedded-objects", "dataBinding": "custom-data", "docVars": "custom-data",
    "mailMerge": "settings", "control": "embedded-objects",
}  # fmt: skip


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy of a DOCX. Raises Unreadable, also when a removed value would be left."""
    OpenDocx(path, limits=limits)  # it refuses what is unsafe or not transitional
    parcel = Parcel(path, keep=_KEPT, work=work, limits=limits)
    if "word/document.xml" not in parcel.trees:
        raise Unreadable("not_supported", UNUSUAL)
    work.dropped["comments"] += _comments(path)
    forget(parcel, work)
    styles = Styles(parcel.trees.get("word/styles.xml"))
    for root in texts_of(parcel.trees):
        work.dropped["tracked-changes"] += sum(1 for _ in root.iter(*_REVISED))
        accept(root)
        _strip(root, work)
        _drop_hidden(root, styles, work)
    for root in parcel.trees.values():
        work.look(map(text_of, flows(root)))
        work.look_at(root)
    parcel.rename(work, named=_is_name, codes=frozenset({"instrText"}))
    for root in parcel.trees.values():
        for flow in flows(root):
            work.redact(flow)
        work.redact_attributes(root)
    parcel.clean_pictures(work)
    data = parcel.packed()
    refuse_leaks(data, work.values)
    return work.done(data, ".docx")


def _comments(path: Path) -> int:
    with opened(path) as archive:
        names = [name for name in archive.namelist() if _COMMENT_PARTS.fullmatch(name)]
        try:
            return sum(1 for name in names for _ in parse(archive.read(name)).iter(f"{W}comment"))
        except Unreadable:
            return len(names)  # whatever they are, they go


def _is_name(element: Element, key: str) -> bool:
    """Of bookmarks and styles."""
    above = element.getparent()
    if local(element) == "name":
        return key == "val" and above is not None and local(above) == "style"
    return (local(element), key) in (("bookmarkStart", "name"), ("style", "styleId"))


def _strip(root: Element, work: Work) -> None:
    for element in list(root.iter()):
        above = element.getparent()
        name = local(element)
        if above is not None and name in (*_SILENT, *_COUNTED):
            work.dropped[_COUNTED.get(name, "")] += name in _COUNTED
            above.remove(element)
        for key in [key for key in element.attrib if "}rsid" in str(key)]:
            del element.attrib[key]
    work.dropped.pop("", None)


def _drop_hidden(root: Element, styles: Styles, work: Work) -> None:
    """What is hidden, also by its style, is reviewed by nobody, so it goes."""
    for run in list(root.iter(f"{W}r")):
        above = run.getparent()
        paragraph = next(run.iterancestors(f"{W}p"), None)
        own = run.find(f"{W}rPr")
        said = paragraph.find(f"{W}pPr") if paragraph is not None else None
        character, style = (
            styles.named(value(own, "rStyle")),
            styles.named(value(said, "pStyle") or styles.default),
        )
        hidden = (switched_on(own, "vanish"), character.hidden, style.hidden)
        if above is not None and next((one for one in hidden if one is not None), False):
            work.dropped["hidden-text"] += 1
            above.remove(run)


def flows(root: Element) -> Iterator[Flow]:
    """The words of a part, paragraph by paragraph as one text; the codes of its fields, each."""
    whole: Flow = []
    for paragraph in root.iter(f"{W}p"):
        whole += [*_own(paragraph, "{*}t", *_SPACES), Piece(BREAK)]
        if codes := _own(paragraph, f"{W}instrText"):
            yield codes
    yield whole


def _own(paragraph: Element, *tags: str) -> Flow:
    """The pieces of a paragraph, without those of a text box in it."""
    return [
        Piece(_SPACES[str(one.tag)]) if one.tag in _SPACES else held(one)
        for one in paragraph.iter(*tags)
        if next(one.iterancestors(f"{W}p"), None) is paragraph
    ]
