"""PDF with text, through pypdfium2. Pages that are only pictures: see `scans`."""

from pathlib import Path

from casa.drafting.draft import Metadata
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Content
from casa.drafting.pdfium import pdfium, pypdfium2
from casa.drafting.readers.pdf.furniture import without_furniture
from casa.drafting.readers.pdf.lines import page_of
from casa.drafting.readers.pdf.page import Page
from casa.drafting.readers.pdf.paragraphs import passages_of
from casa.drafting.readers.pdf.scans import read_scans
from casa.drafting.readers.pdf.unruled import with_unruled
from casa.drafting.signatures.inside_pdf import pdf_signers
from casa.drafting.stamps import NAMES, PREFIX, stamp_lines
from casa.drafting.text import clean, one_line

CERTAINTY = 0.8
_PROPERTY_LENGTH = 500
_NO_ACCESS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def read(path: Path, *, limits: Limits) -> Content:
    """The passages of a PDF, with page numbers, repaired: no running headers, no hyphens."""
    document = _opened(path)
    try:
        if len(document) > limits.pages:
            raise Unreadable(
                "too_many_pages",
                f"Il documento ha {len(document)} pagine, più delle {limits.pages} ammesse: "
                "dividilo in più file e caricali separatamente.",
            )
        pages = _pages(document, limits=limits)
        recognised, unread = read_scans(document, pages, limits=limits)
        metadata = _metadata(document)
    finally:
        document.close()
    kept, furniture = without_furniture(pages)
    for page in kept:
        page.lines = with_unruled(page.lines)
    return Content(
        passages=passages_of(kept),
        metadata=metadata,
        furniture=furniture,
        pages=len(pages),
        scanned_pages=tuple(page.number for page in pages if page.is_scanned),
        ocr_pages=recognised,
        unread=unread,
        has_images=any(page.has_images for page in pages),
        confidence=CERTAINTY,
        signers=list(pdf_signers(path)),
    )


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        # by its bytes: pypdfium2 would ask for the real path, which may be closed to the jail
        return pypdfium2.PdfDocument(path.read_bytes())
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in _NO_ACCESS
        raise Unreadable("encrypted" if locked else "corrupt") from error


def _pages(document: pypdfium2.PdfDocument, *, limits: Limits) -> list[Page]:
    pages, characters = [], 0
    for index in range(len(document)):
        page = page_of(document, index)
        characters += sum(len(line.text) for line in page.lines)
        if characters > limits.characters:
            raise Unreadable("too_large")
        pages.append(page)
    return pages


def _metadata(document: pypdfium2.PdfDocument) -> Metadata:
    def said(key: str) -> str:
        return one_line(clean(document.get_metadata_value(key)))[:_PROPERTY_LENGTH]

    return Metadata(
        title=said("Title"),
        author=said("Author"),
        created=_iso(said("CreationDate")),
        modified=_iso(said("ModDate")),
        stamp=stamp_lines((f"{PREFIX}{name}", said(f"{PREFIX}{name}")) for name in NAMES),
    )


def _iso(date: str) -> str:
    """ "D:20250131094500+01'00'" → "2025-01-31T09:45:00"; "" for anything else."""
    digits = date.removeprefix("D:")[:14]
    if len(digits) < len("20250131") or not digits.isdigit():
        return ""
    digits = digits.ljust(14, "0")
    return (
        f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}"
    )
