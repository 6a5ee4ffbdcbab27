"""The last look at a PDF: as a reader extracts its text, and in all that is stored in it."""

import io
import warnings
from collections.abc import Iterator, Sequence

import pikepdf

from casa.drafting.cleaning.leaking import LEFT
from casa.drafting.cleaning.pdf.text import texts_of
from casa.drafting.cleaning.values import pattern
from casa.drafting.errors import Unreadable
from casa.drafting.pdfium import pypdfium2

_LONG = 8  # shorter words stand in compressed pictures by chance
_NESTED = 10
_DRAWING = ("/Form", "/Pattern")


def refuse_leaks(data: bytes, values: Sequence[str]) -> None:
    """Raise Unreadable when a value is left anywhere in the PDF."""
    if pdf_leaks(data, values):
        raise Unreadable("corrupt", LEFT)


def pdf_leaks(data: bytes, values: Sequence[str]) -> list[str]:
    """The values still found: in the text of a page, in a string, in an unpacked stream."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = [one.text for one in texts_of(document)]
    finally:
        document.close()
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        stored = [form for held in pdf.objects for form in _forms(held)]
    return [
        value
        for value in values
        if any(pattern(value).search(text) for text in texts)
        or (len(value) >= _LONG and any(pattern(value).search(form) for form in stored))
    ]


def hides(page: pikepdf.Page, values: Sequence[str]) -> bool:
    """A value stands in what draws the page, though nobody reads it there (other words for a
    drawing, text in a picture's description, pieces outside of the page)."""
    long = [value for value in values if len(value) >= _LONG]
    if not long:
        return False
    forms = list(_drawn(page.obj, 0))
    return any(pattern(value).search(form) for value in long for form in forms)


def _drawn(held: pikepdf.Object, depth: int) -> Iterator[str]:
    contents = held.get("/Contents") if depth == 0 else held
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            yield from _forms(stream)
    if isinstance(contents, pikepdf.Array):
        yield "".join(_strings(held))
    resources = held.get("/Resources", pikepdf.Dictionary())
    for mark in resources.get("/Properties", pikepdf.Dictionary()).values():
        yield from _forms(mark)
    for drawn in resources.get("/XObject", pikepdf.Dictionary()).values():
        if depth < _NESTED and str(drawn.get("/Subtype", "")) in _DRAWING:
            yield from _drawn(drawn, depth + 1)


def _forms(held: pikepdf.Object) -> Iterator[str]:
    """What is stored in one object, as text in the encodings that it may have."""
    if isinstance(held, pikepdf.Stream):
        data = _unpacked(held)
        yield data.decode("latin-1")
        yield data.decode("utf-16-be", "ignore")
        if "/Subtype" not in held or str(held.get("/Subtype")) in _DRAWING:
            yield "".join(_strings(held))
    if isinstance(held, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
        yield "\n".join(_said(held, 0))
    elif isinstance(held, pikepdf.String):
        yield str(held)


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _strings(held: pikepdf.Object) -> Iterator[str]:
    """The strings that a drawing shows, one after another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a stream that ends early is searched as far as it goes
        try:
            orders = pikepdf.parse_content_stream(held)
        except (pikepdf.PdfError, TypeError, ValueError):
            return
    for order in orders:
        for operand in order.operands if hasattr(order, "operands") else ():
            pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    yield bytes(piece).decode("latin-1")


def _said(held: pikepdf.Object, depth: int) -> Iterator[str]:
    """The strings of a dictionary or list, not those of objects that it points to."""
    values = held if isinstance(held, pikepdf.Array) else held.values()
    for value in values if depth < _NESTED else ():
        if isinstance(value, pikepdf.String):
            yield str(value)
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _said(value, depth + 1)
