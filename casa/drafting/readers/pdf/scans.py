"""Pages of a PDF that are only pictures: their lines, as recognised in the picture."""

from collections import Counter
from collections.abc import Sequence

from PIL import Image

from casa.drafting import ocr
from casa.drafting.limits import Limits
from casa.drafting.pdfium import pypdfium2
from casa.drafting.readers.pdf.page import Line, Page

POINTS = 72
UNREAD = "Alcune pagine sono immagini e il loro testo non è stato letto ({pages}): {reason}."
MORE = "sono più delle {most} che si riconoscono in un documento"
_NAMED = 12


def read_scans(
    document: pypdfium2.PdfDocument, pages: Sequence[Page], *, limits: Limits
) -> tuple[tuple[int, ...], list[str]]:
    """Give the scanned pages their lines; say which were read, and what was not and why."""
    scanned = [page for page in pages if page.is_scanned]
    if not scanned:
        return (), []
    read, reason = [], MORE.format(most=limits.ocr_pages)
    try:
        ocr.check(limits)
    except ocr.CannotRecognise as error:
        reason, scanned_now = str(error), []
    else:
        scanned_now = scanned[: limits.ocr_pages]
    clock, size = ocr.Clock(limits), _usual_size(pages)
    for page in scanned_now:
        try:
            page.lines = _lines(document, page.number - 1, clock.seconds(), size=size)
            read.append(page.number)
        except TimeoutError:  # the others may be easier
            reason = ocr.LATE
    left = [page.number for page in scanned if page.number not in read]
    return tuple(read), [UNREAD.format(pages=in_words(left), reason=reason)] if left else []


def in_words(numbers: Sequence[int]) -> str:
    """ "pagina 3", "pagine 3, 4 e altre 20"."""
    named = ", ".join(map(str, numbers[:_NAMED]))
    rest = len(numbers) - _NAMED
    tail = f" e altre {rest}" if rest > 0 else ""
    return f"{'pagina' if len(numbers) == 1 else 'pagine'} {named}{tail}"


def lines_of(found: ocr.Recognised, *, size: float = 0.0, dpi: float = ocr.DPI) -> list[Line]:
    """The lines as a page has them: in points, from below. Their look is not known."""
    scale = POINTS / dpi
    return [
        Line(
            text=line.text,
            left=line.left * scale,
            right=line.right * scale,
            base=(found.height - line.bottom) * scale,
            size=size,
        )
        for line in found.lines
    ]


def _lines(
    document: pypdfium2.PdfDocument, index: int, seconds: float, *, size: float
) -> list[Line]:
    image, dpi = _picture(document, index)
    return lines_of(ocr.recognise(image, seconds=seconds), size=size, dpi=dpi)


def _picture(document: pypdfium2.PdfDocument, index: int) -> tuple[Image.Image, float]:
    """The page as its scanner saw it, at 200 dpi, or less for a page that claims to be huge."""
    page = document[index]
    try:
        width, height = page.get_size()
        most = (ocr.MOST_PIXELS / max(1.0, width * height)) ** 0.5
        scale = min(ocr.DPI / POINTS, most)
        return page.render(scale=scale, grayscale=True).to_pil(), scale * POINTS
    finally:
        page.close()


def _usual_size(pages: Sequence[Page]) -> float:
    """The size of most letters in the pages that have text, so that these keep their headings."""
    sizes = Counter(
        {line.size: 0 for page in pages for line in page.lines if not line.rows and line.size}
    )
    for page in pages:
        for line in page.lines:
            if line.size:
                sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
