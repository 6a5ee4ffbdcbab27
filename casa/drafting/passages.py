"""What a reader hands over: paragraphs with their look, before anybody says what they are."""

from dataclasses import dataclass, field

from casa.drafting.draft import Metadata, Row
from casa.drafting.signer import Signer


@dataclass(slots=True)
class Passage:
    """One paragraph, or one table when it has rows.

    `number` is the automatic number only; typed ones are still in the text. `outline` is a
    declared heading level (0: none). `standout` says that it looks like a heading (bold, larger):
    a claim of the page, weaker than `outline`. `size_level` ranks larger sizes, 1 the largest.
    `flat` words are never structure: a table of contents, a page of a form.
    """

    text: str
    number: str = ""
    outline: int = 0
    depth: int = 0
    page: int | None = None
    standout: bool = False
    size_level: int = 0
    flat: bool = False
    note: bool = False
    rows: tuple[Row, ...] = ()


@dataclass(slots=True)
class Content:
    """All that one reader found in one file."""

    passages: list[Passage] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    furniture: list[str] = field(default_factory=list)
    pages: int | None = None
    scanned_pages: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    unread: list[str] = field(default_factory=list)
    tracked_changes: int = 0
    comments: int = 0
    has_macros: bool = False
    hidden_text: bool = False
    has_images: bool = False
    confidence: float = 1.0
    signers: list[Signer] = field(default_factory=list)
    external_links: int = 0
    hidden_sheets: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    signature_pictures: int = 0
