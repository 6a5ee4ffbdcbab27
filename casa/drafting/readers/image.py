"""Pictures of pages (PNG, JPEG, TIFF with several pages, WEBP, BMP, GIF), read by OCR."""

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from casa.drafting import ocr
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Content
from casa.drafting.readers.pdf.furniture import without_furniture
from casa.drafting.readers.pdf.page import Page
from casa.drafting.readers.pdf.paragraphs import passages_of
from casa.drafting.readers.pdf.scans import in_words, lines_of

CERTAINTY = 0.6
UNREAD = "L'immagine è stata accettata ma il suo testo non è stato letto: {reason}."
UNREAD_PAGES = "Il testo di {pages} non è stato letto: {reason}."
UNKNOWN_FORM = "questo tipo di immagine non si legge, salvala come PNG o JPEG"
_FORMS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_MOST_PIXELS = 120_000_000


def read(path: Path, *, limits: Limits) -> Content:
    """The passages of a picture; none, and the reason, where no OCR is to be had."""
    pages, read_pages, reason = _pages(path, limits=limits)
    left = [page.number for page in pages if page.number not in read_pages]
    kept, furniture = without_furniture(pages)
    return Content(
        passages=passages_of(kept),
        furniture=furniture,
        pages=max(1, len(pages)),
        scanned_pages=tuple(left) if pages else (1,),
        ocr_pages=tuple(read_pages),
        unread=[_sentence(left, many=len(pages) > 1, reason=reason)] if reason else [],
        has_images=True,
        confidence=CERTAINTY,
    )


def _sentence(left: list[int], *, many: bool, reason: str) -> str:
    if many:
        return UNREAD_PAGES.format(pages=in_words(left), reason=reason)
    return UNREAD.format(reason=reason)


def _pages(path: Path, *, limits: Limits) -> tuple[list[Page], list[int], str]:
    """All pages, which of them were read, and why the others were not."""
    pages, done = [], []
    clock = ocr.Clock(limits)
    reason = ""
    try:
        for number, image in enumerate(_frames(path, most=limits.ocr_pages), start=1):
            pages.append(Page(number, has_images=True))
            ocr.check(limits)
            pages[-1].lines = lines_of(ocr.recognise(image, seconds=clock.seconds()))
            done.append(number)
    except TimeoutError:
        reason = ocr.LATE
    except (ocr.CannotRecognise, UnidentifiedImageError) as error:
        reason = str(error) if isinstance(error, ocr.CannotRecognise) else UNKNOWN_FORM
    return pages, done, reason


def _frames(path: Path, *, most: int) -> Iterator[Image.Image]:
    """The pages of a TIFF, one of any other picture, as a person holds them."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound stands below, and before any pixel is unpacked
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path, formats=_FORMS) as image:
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            for index in range(min(count, most)):
                if count > 1:
                    image.seek(index)
                if image.width * image.height > _MOST_PIXELS:
                    raise Unreadable("too_large")
                yield ImageOps.exif_transpose(image).convert("L")
