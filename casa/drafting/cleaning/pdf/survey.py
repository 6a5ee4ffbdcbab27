"""What a PDF holds beside its pages: none of it comes into the copy."""

from collections.abc import Iterator

import pikepdf

from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable

XFA = (
    "Questo PDF è un modulo dinamico (XFA), che si vede solo con il programma con cui è stato "
    "fatto: stampalo in un PDF normale e riprova."
)
_DEEPEST = 30
_NOT_NOTES = ("/Link", "/Widget", "/Popup")


def count_dropped(source: pikepdf.Pdf, data: bytes, *, work: Work) -> None:
    """Count it, and warn of what a reader will miss."""
    root, counts = source.Root, work.dropped
    form = root.get("/AcroForm", pikepdf.Dictionary())
    if "/XFA" in form and not len(form.get("/Fields", pikepdf.Array())):
        raise Unreadable("not_supported", XFA)
    counts["properties"] += bool(len(source.docinfo)) + ("/Metadata" in root)
    counts["attachments"] += len(source.attachments)
    counts["macros"] += sum(1 for _ in _programs(root))
    counts["bookmarks"] += sum(1 for _ in _bookmarks(root))
    counts["versions"] += max(0, data.count(b"%%EOF") - 1 - source.is_linearized)
    counts["layers"] += len(root.get("/OCProperties", pikepdf.Dictionary()).get("/OCGs", []))
    counts["tags"] += "/StructTreeRoot" in root
    counts["custom-data"] += "/PieceInfo" in root
    fields = list(_fields(form.get("/Fields", pikepdf.Array()), 0))
    signed = [one for one in fields if str(one.get("/FT", "")) == "/Sig" and "/V" in one]
    counts["signatures"] += len(signed)
    counts["form-fields"] += len(fields) - len(signed)
    for page in source.pages:
        _count_page(page, work)
    if signed:
        work.warn("signature-broken")
    if counts["tags"]:
        work.warn("structure-lost")


def _count_page(page: pikepdf.Page, work: Work) -> None:
    work.dropped["thumbnails"] += "/Thumb" in page.obj
    work.dropped["macros"] += "/AA" in page.obj
    for note in page.obj.get("/Annots", []):
        kind = str(note.get("/Subtype", "")) if isinstance(note, pikepdf.Dictionary) else ""
        if kind == "/FileAttachment":
            work.dropped["attachments"] += 1
        elif kind not in _NOT_NOTES:
            work.dropped["annotations"] += 1


def _programs(root: pikepdf.Object) -> Iterator[str]:
    """JavaScript and actions on opening."""
    names = root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names:
        yield "names"
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "")) != "/GoTo":
        yield "opening"
    if "/AA" in root:
        yield "events"


def _bookmarks(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = [root.get("/Outlines", pikepdf.Dictionary()).get("/First")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one = waiting.pop()
        if one is None or one.objgen in seen:
            continue
        seen.add(one.objgen)
        yield one
        waiting += [one.get("/Next"), one.get("/First")]


def _fields(fields: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    for field in fields if depth < _DEEPEST else ():
        kids = [kid for kid in field.get("/Kids", []) if "/T" in kid]
        if kids:
            yield from _fields(pikepdf.Array(kids), depth + 1)
        else:
            yield field
