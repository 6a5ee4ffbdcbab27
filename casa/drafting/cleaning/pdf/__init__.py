"""A clean PDF: a page with a value to remove becomes a picture of itself with black boxes and
an invisible text without the value; the others stay; of the document nothing else does.

The copy is a new file into which only pages go: no old revision, no object that a page no longer
uses, no data about the writer can come along.
"""

import io
from pathlib import Path

import pikepdf

from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.pdf.breaks import broken_by_pages
from casa.drafting.cleaning.pdf.checking import hides, refuse_leaks
from casa.drafting.cleaning.pdf.pages import bare_page, flatten, with_hidden_layers
from casa.drafting.cleaning.pdf.painting import painted
from casa.drafting.cleaning.pdf.survey import count_dropped
from casa.drafting.cleaning.pdf.text import PageText, texts_of
from casa.drafting.cleaning.pdf.things import without_traces
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.pdfium import pypdfium2
from casa.drafting.readers.pdf.scans import in_words


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy of a PDF. Raises Unreadable, also when a removed value would be left."""
    with _opened(path) as source:
        if len(source.pages) > limits.pages:
            raise Unreadable("too_many_pages")
        count_dropped(source, path.read_bytes(), work=work)
        layered = with_hidden_layers(source)
        shown = flatten(source)
        data = _copied(source, shown, layered=layered, work=work)
    refuse_leaks(data, work.values)
    return work.done(data, ".pdf")


def _opened(path: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(path)
    except pikepdf.PasswordError as error:
        raise Unreadable("encrypted") from error
    except pikepdf.PdfError as error:
        raise Unreadable("corrupt") from error


def _copied(source: pikepdf.Pdf, shown: bytes, *, layered: set[int], work: Work) -> bytes:
    """The new file. `shown` is the source with its forms as part of the page."""
    document = pypdfium2.PdfDocument(shown)
    try:
        texts = texts_of(document)
        work.look(one.text for one in texts)
        for page in source.pages:
            work.look(_addresses(page))
        with pikepdf.Pdf.open(io.BytesIO(shown)) as flat:
            return _built(flat, document, texts, layered=layered, work=work)
    finally:
        document.close()


def _addresses(page: pikepdf.Page) -> list[str]:
    """Where the links of a page lead: a mail address may stand only there."""
    return [
        str(note.A.URI) for note in page.obj.get("/Annots", []) if "/A" in note and "/URI" in note.A
    ]


def _built(
    flat: pikepdf.Pdf,
    document: pypdfium2.PdfDocument,
    texts: list[PageText],
    *,
    layered: set[int],
    work: Work,
) -> bytes:
    flat.remove_unreferenced_resources()
    drawn, pictures = [], []
    broken = broken_by_pages(texts, work)
    with pikepdf.Pdf.new() as copy:
        for index, page in enumerate(flat.pages):
            gone = [*texts[index].places_of(work), *broken.get(index, ())]
            if gone or index in layered or hides(page, work.values):
                drawn.append(index + 1)
                painted(copy, document, texts[index], gone, words=index not in layered)
            else:
                copy.pages.append(bare_page(page, work=work))
            pictures += [index + 1] if texts[index].has_pictures else []
        _warn(drawn, pictures, work)
        without_traces(copy, work=work)
        if "/Lang" in flat.Root:
            copy.Root.Lang = pikepdf.String(str(flat.Root.Lang)[:20])
        target = io.BytesIO()
        copy.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate,
                  deterministic_id=True)  # fmt: skip
    return target.getvalue()


def _warn(drawn: list[int], pictures: list[int], work: Work) -> None:
    if drawn:
        work.warn("pages-as-pictures", in_words(drawn))
    if pictures:
        work.warn("pictures", f" ({in_words(pictures)})")
