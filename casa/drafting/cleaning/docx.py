"""A clean DOCX: only the parts that make the text stay, and in them no datum that must go."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from casa.drafting import personal
from casa.drafting.archive import opened
from casa.drafting.cleaning.decisions import Cleaned, Decision
from casa.drafting.cleaning.leaking import leaks, plain
from casa.drafting.cleaning.pictures import without_metadata
from casa.drafting.errors import Unreadable
from casa.drafting.kinds import Kind
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.resolving import accept
from casa.drafting.sniffing import sniff
from casa.drafting.text import visible
from casa.drafting.xml import Element, local, parse

SIGN = "[omissis]"
_SPACES = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
ONLY_DOCX = (
    "Si ripuliscono solo i file Word (.docx): togli i dati dall'originale Word ed esportalo di "
    "nuovo, oppure salva il documento come .docx e riprova."
)
LEFT = "Un dato da togliere resta nella copia: toglilo a mano dall'originale e riprova."
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/[^/]+\.rels|word/media/[^/]+"
    r"|word/(document|styles|numbering|settings|fontTable|header|footer|footnotes|endnotes)\d*\.xml"
    r"|word/theme/theme\d*\.xml"
)
_DROPPED = {
    "commentRangeStart", "commentRangeEnd", "commentReference", "rsids", "attachedTemplate",
    "OLEObject", "altChunk", "dataBinding", "docVars", "mailMerge", "control",
}  # fmt: skip


def clean(path: Path, *, decisions: Sequence[Decision] = ()) -> Cleaned:
    """The cleaned copy of a DOCX. Raises Unreadable, also when a removed value would be left."""
    if sniff(path) != Kind.DOCX:
        raise Unreadable("not_supported", ONLY_DOCX)
    OpenDocx(path)  # it refuses what is unsafe or not transitional
    trees, media = _parts(path)
    for root in trees.values():
        accept(root)
        _strip(root)
    kept = tuple(one.value for one in decisions if one.action == "keep")
    asked = [one.value for one in decisions if one.action == "remove"]
    removed = tuple(dict.fromkeys([*asked, *_blocking(trees, kept)]))
    for root in trees.values():
        _redact(root, removed)
    data = _packed(trees, {name: without_metadata(name, held) for name, held in media.items()})
    if leaks(data, removed):
        raise Unreadable("corrupt", LEFT)
    return Cleaned(data, ".docx", removed, kept)


def _parts(path: Path) -> tuple[dict[str, Element], dict[str, bytes]]:
    """Those that stay, whatever else the file holds."""
    with opened(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if _KEPT.fullmatch(name)}
    if "word/document.xml" not in parts:
        raise Unreadable("not_supported", ONLY_DOCX)
    trees = {name: parse(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    for name, root in trees.items():
        _forget(name, root, set(parts))
    return trees, {name: data for name, data in parts.items() if name not in trees}


def _forget(name: str, root: Element, names: set[str]) -> None:
    """Take out relations and types of parts that are gone."""
    base = posixpath.dirname(posixpath.dirname(name))
    for child in list(root):
        target = child.get("PartName") or child.get("Target") or ""
        inside = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
        outside = child.get("TargetMode") == "External" and "hyperlink" in child.get("Type", "")
        if local(child) in ("Override", "Relationship") and not outside and inside not in names:
            root.remove(child)
        if "macroEnabled" in child.get("ContentType", ""):
            raise Unreadable("macros")


def _strip(root: Element) -> None:
    for element in list(root.iter()):
        above = element.getparent()
        if above is not None and (local(element) in _DROPPED or not local(element)):
            above.remove(element)
        for key in [key for key in element.attrib if "}rsid" in str(key)]:
            del element.attrib[key]
        if local(element) in ("t", "instrText") and element.text:
            element.text = visible(element.text)
        if local(element) == "vanish" and element.get(f"{W}val") not in ("0", "false"):
            _drop_run(element)


def _drop_run(vanish: Element) -> None:
    """What is hidden is reviewed by nobody, so it goes."""
    run = next(vanish.iterancestors(f"{W}r"), None)
    above = run.getparent() if run is not None else None
    if run is not None and above is not None:
        above.remove(run)


def _texts(root: Element) -> Iterator[list[Element]]:
    """The pieces of each paragraph's own text (formulas too), then of its field codes."""
    for paragraph in root.iter(f"{W}p"):
        for tags in (("{*}t", *_SPACES), (f"{W}instrText",)):
            found = list(paragraph.iter(*tags))
            own = [one for one in found if next(one.iterancestors(f"{W}p"), None) is paragraph]
            yield own


def _text(piece: Element) -> str:
    return _SPACES.get(str(piece.tag), piece.text or "")


def _blocking(trees: dict[str, Element], kept: tuple[str, ...]) -> Iterator[str]:
    spared = {plain(value) for value in kept}
    for root in trees.values():
        written = ["".join(map(_text, own)) for own in _texts(root)]
        held = {unquote(str(value)) for one in root.iter() for value in one.attrib.values()}
        # a bare number is an identifier or a measure, whatever telephone it looks like
        hidden = sorted(value for value in held if not value.lstrip("-").isdigit())
        for text in (*written, *hidden):
            for datum in personal.find(text):
                if datum.level == "blocking" and plain(datum.value) not in spared:
                    yield datum.value


def _redact(root: Element, values: tuple[str, ...]) -> None:
    for value in sorted(values, key=len, reverse=True):
        pattern = re.compile(r"\s*".join(map(re.escape, "".join(value.split()))), re.IGNORECASE)
        for own in _texts(root):
            _replace(own, pattern)
        for element in root.iter():
            for key, held in element.attrib.items():
                if pattern.search(unquote(str(held))):
                    element.set(key, "about:blank" if key == "Target" else SIGN)


def _replace(own: list[Element], pattern: re.Pattern[str]) -> None:
    """Over the whole text, from its end, so that earlier places stay where they are."""
    whole = "".join(map(_text, own))
    for match in reversed(list(pattern.finditer(whole))):
        at, sign = 0, SIGN
        for one in own:
            text = _text(one)
            start, end = max(match.start() - at, 0), min(match.end() - at, len(text))
            at += len(text)
            if start < end and one.tag not in _SPACES:
                one.text, sign = text[:start] + sign + text[end:], ""


def _packed(trees: dict[str, Element], media: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    written = {name: etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
               for name, root in trees.items()}  # fmt: skip
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**written, **media}.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return made.getvalue()
