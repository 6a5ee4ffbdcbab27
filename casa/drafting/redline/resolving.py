"""All tracked changes of a Word text accepted, or all rejected, as Word does it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from casa.drafting.readers.docx.package import W
from casa.drafting.redline.package import OpenDocx
from casa.drafting.xml import Element, local

_COMING = ("ins", "moveTo")
_GOING = ("del", "moveFrom")
_RANGES = tuple(
    f"{W}{name}Range{end}" for name in ("moveFrom", "moveTo") for end in ("Start", "End")
)
_OLD_FORMS = tuple(
    f"{W}{name}Change"
    for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid", "tblPrEx", "numbering")
)
_NOTES = (("footnoteReference", "footnotes"), ("endnoteReference", "endnotes"))
_PROPERTIES = (f"{W}rPr", f"{W}trPr")


def accepted(path: Path) -> bytes:
    """The DOCX with every tracked change accepted."""
    return _resolved(path, accept)


def rejected(path: Path) -> bytes:
    """The DOCX with every tracked change rejected."""
    return _resolved(path, reject)


def _resolved(path: Path, resolve: Callable[[Element], None]) -> bytes:
    """The file without its changes, and without the notes that nothing calls any more."""
    document = OpenDocx(path)
    for root in document.texts():
        resolve(root)
    for name, kind in _NOTES:
        notes = document.related(kind)
        called = {one.get(f"{W}id") for one in document.body.iter(f"{W}{name}")}
        for note in list(notes if notes is not None else ()):
            if note.get(f"{W}type") in (None, "normal") and note.get(f"{W}id") not in called:
                _remove(note)
    return document.saved()


def accept(root: Element) -> None:
    """Accept every change below `root`, in place."""
    for old in list(root.iter(*_OLD_FORMS)):
        _remove(old)
    _resolve(root, stays=_COMING, goes=_GOING)


def reject(root: Element) -> None:
    """Reject every change below `root`, in place."""
    for old in list(root.iter(*_OLD_FORMS)):
        _restore(old)
    _resolve(root, stays=_GOING, goes=_COMING)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for text in root.iter(f"{W}delInstrText"):
        text.tag = f"{W}instrText"


def _resolve(root: Element, *, stays: tuple[str, ...], goes: tuple[str, ...]) -> None:
    for mark in list(root.iter(*_RANGES)):
        _remove(mark)
    _resolve_controls(root, goes=goes)
    _resolve_rows(root, goes=goes)
    leaving = [mark for mark in _tagged(root, goes) if not _is_property(mark)]
    for mark in leaving:
        _remove(mark)
    for mark in [mark for mark in _tagged(root, stays) if not _is_property(mark)]:
        _unwrap(mark)
    for paragraph in [_paragraph_of(mark) for mark in _tagged(root, goes)]:
        if paragraph is not None:
            _join_next(paragraph)
    for mark in _tagged(root, (*stays, *goes)):
        _remove(mark)


def _tagged(root: Element, names: Iterable[str]) -> list[Element]:
    return list(root.iter(*(f"{W}{name}" for name in names)))


def _is_property(mark: Element) -> bool:
    """It speaks of a paragraph mark or a row, and holds nothing."""
    above = mark.getparent()
    return above is not None and above.tag in _PROPERTIES


def _resolve_controls(root: Element, *, goes: tuple[str, ...]) -> None:
    """Content controls that came or went; what they hold has marks of its own."""
    for name in ("Ins", "Del"):
        for start in list(root.iter(f"{W}customXml{name}RangeStart")):
            control = start.getnext()
            if name.lower() in goes and control is not None and control.tag == f"{W}sdt":
                _unwrap_control(control)
            _remove(start)
        for end in list(root.iter(f"{W}customXml{name}RangeEnd")):
            _remove(end)


def _unwrap_control(control: Element) -> None:
    content = control.find(f"{W}sdtContent")
    for child in list(content) if content is not None else []:
        control.addprevious(child)
    _remove(control)


def _resolve_rows(root: Element, *, goes: tuple[str, ...]) -> None:
    for mark in _tagged(root, goes):
        properties = mark.getparent()
        row = properties.getparent() if properties is not None else None
        if properties is None or row is None or properties.tag != f"{W}trPr":
            continue
        table = row.getparent()
        _remove(row)
        if table is not None and local(table) == "tbl" and not table.findall(f".//{W}tr"):
            _remove(table)


def _paragraph_of(mark: Element) -> Element | None:
    """The paragraph whose mark this is."""
    for above in mark.iterancestors(f"{W}p", f"{W}r", f"{W}trPr"):
        return above if above.tag == f"{W}p" else None
    return None


def _join_next(paragraph: Element) -> None:
    """The mark between two paragraphs goes: what is left of the first opens the second."""
    properties = paragraph.find(f"{W}pPr")
    if properties is not None and properties.find(f"{W}sectPr") is not None:
        return
    rest = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = _next_paragraph(paragraph)
    if following is None:
        if not _has_content(rest) and _is_spare(paragraph):
            _remove(paragraph)
        return
    first = following.find(f"{W}pPr")
    place = 1 if first is not None and following.index(first) == 0 else 0
    for offset, child in enumerate(rest):
        following.insert(place + offset, child)
    _remove(paragraph)


def _next_paragraph(paragraph: Element) -> Element | None:
    following = paragraph.getnext()
    while following is not None and local(following) not in ("p", "tbl", "sdt", "sectPr"):
        following = following.getnext()
    return following if following is not None and following.tag == f"{W}p" else None


def _has_content(elements: Iterable[Element]) -> bool:
    return any(True for element in elements for _ in element.iter(f"{W}r"))


def _is_spare(paragraph: Element) -> bool:
    """A cell must end with a paragraph; a body may do without this one."""
    above = paragraph.getparent()
    return above is not None and (
        local(above) != "tc"
        or (len(above.findall(f"{W}p")) > 1 and paragraph.getnext() is not None)
    )


def _restore(change: Element) -> None:
    """Give the properties the form that the change remembers."""
    properties = change.getparent()
    old = next(iter(change), None)
    if properties is None:
        return
    # a paragraph's own remembered form never holds its mark or section
    kept = [child for child in properties if local(child) in ("sectPr", "rPr")]
    kept = kept if local(change) == "pPrChange" else []
    for child in list(properties):
        properties.remove(child)
    properties.extend([*(old if old is not None else ()), *kept])


def _unwrap(element: Element) -> None:
    above = element.getparent()
    if above is None:
        return
    place = above.index(element)
    for offset, child in enumerate(list(element)):
        above.insert(place + offset, child)
    above.remove(element)


def _remove(element: Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)
