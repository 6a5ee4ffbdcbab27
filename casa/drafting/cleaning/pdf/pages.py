"""Pages that stay as they are: only what draws them, and links to the web."""

import io

import pikepdf

from casa.drafting.cleaning.values import pattern
from casa.drafting.cleaning.work import Work

_KEPT = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group",
         "/UserUnit", "/TrimBox", "/BleedBox", "/ArtBox")  # fmt: skip
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_SEEN = ("/Widget", "/Stamp", "/FreeText", "/Ink", "/Line", "/Square", "/Circle")
_LAYERS = ("/OCG", "/OCMD")
_HIGHEST = 50


def flatten(source: pikepdf.Pdf) -> bytes:
    """The file with what forms and stamps show as part of the pages; notes are gone.

    Links stay. Their values are read before; what a form holds and does not show is lost.
    """
    _keep_notes(source, (*_SEEN, "/Link"))
    source.flatten_annotations("screen")
    _keep_notes(source, ("/Link",))  # a field without a look has nothing to show
    if "/AcroForm" in source.Root:
        del source.Root.AcroForm
    target = io.BytesIO()
    source.save(target)
    return target.getvalue()


def _keep_notes(source: pikepdf.Pdf, kinds: tuple[str, ...]) -> None:
    for page in source.pages:
        page.obj.Annots = pikepdf.Array(
            [
                note
                for note in page.obj.get("/Annots", [])
                if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) in kinds
            ]
        )


def bare_page(page: pikepdf.Page, *, work: Work) -> pikepdf.Page:
    """The page with what draws it alone."""
    held = page.obj
    for key in _INHERITED:
        if key not in held and (value := _inherited(held, key)) is not None:
            held[key] = value
    links = [_link(note, work) for note in held.get("/Annots", [])]
    for key in list(held.keys()):
        if key not in (*_KEPT, "/Parent"):
            del held[key]
    kept = [link for link in links if link is not None]
    if kept:
        held.Annots = pikepdf.Array(kept)
    return page


def _inherited(held: pikepdf.Object, key: str) -> pikepdf.Object | None:
    for _ in range(_HIGHEST):
        if key in held:
            return held[key]
        if "/Parent" not in held:
            return None
        held = held.Parent
    return None


def _link(note: pikepdf.Object, work: Work) -> pikepdf.Dictionary | None:
    """A link to the web, made anew; one into the document or with a value goes."""
    action = note.get("/A")
    if action is None or "/URI" not in action:
        work.dropped["links"] += 1
        return None
    target = str(action.URI)
    for value in work.values:
        if pattern(value).search(target):
            work.count(value)
            return None
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[float(number) for number in note.Rect],
        Border=[0, 0, 0],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(target)),
    )


def with_hidden_layers(source: pikepdf.Pdf) -> set[int]:
    """Pages that use layers, in a document where some are not shown: these must be drawn."""
    settings = source.Root.get("/OCProperties")
    usual = settings.get("/D") if settings is not None else None
    if usual is None:
        return set()
    hiding = len(usual.get("/OFF", [])) or str(usual.get("/BaseState", "/ON")) != "/ON"
    if not hiding:
        return set()
    return {index for index, page in enumerate(source.pages) if _uses_layers(page)}


def _uses_layers(page: pikepdf.Page) -> bool:
    resources = _inherited(page.obj, "/Resources")
    if resources is None:
        return False
    marks = list(resources.get("/Properties", pikepdf.Dictionary()).values())
    drawn = list(resources.get("/XObject", pikepdf.Dictionary()).values())
    return any(str(one.get("/Type", "")) in _LAYERS for one in marks) or any(
        "/OC" in one for one in drawn
    )
