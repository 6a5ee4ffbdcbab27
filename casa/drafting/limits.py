"""How much a document may ask of us: every bound of the drafting table in one place."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that `read` keeps; sizes in bytes unless the name says otherwise.

    The ratio is looked at only above `ratio_from_bytes`: a harmless EMF picture of a few
    kilobytes shrinks 224 times, a bomb is big. `part_bytes` bounds one XML part that is parsed
    (in memory it takes some ten times as much). `programs` is 1 where LibreOffice and tesseract
    may be started: in a jail that lets them, never in a process that has something to lose.
    """

    file_bytes: int = 100 * MEGABYTE
    pages: int = 2_000
    entries: int = 5_000
    unpacked_bytes: int = 400 * MEGABYTE
    entry_bytes: int = 200 * MEGABYTE
    ratio: int = 200
    ratio_from_bytes: int = 50 * MEGABYTE
    part_bytes: int = 80 * MEGABYTE
    depth: int = 3
    cells: int = 200_000
    blocks: int = 200_000
    characters: int = 20_000_000
    clauses: int = 3_000
    programs: int = 0
    office_seconds: int = 80
    ocr_pages: int = 200
    ocr_page_seconds: int = 40
    ocr_seconds: int = 480
    tags: int = 5_000
    filled_elements: int = 300_000
    filled_characters: int = 5_000_000


DEFAULT = Limits()
