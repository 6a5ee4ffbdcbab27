"""What a document is once it has been read: text, blocks, clauses, and what else was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from casa.drafting.signer import Signer

BlockKind = Literal["heading", "paragraph", "item", "table", "note"]
BLOCK_KINDS: tuple[BlockKind, ...] = ("heading", "paragraph", "item", "table", "note")
FORMATS = (
    *("docx", "odt", "pdf", "txt", "html", "xlsx", "ods", "doc", "rtf", "xls"),
    *("image", "xml", "message", "zip"),
)
BETWEEN_BLOCKS = "\n\n"

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, note or table, in reading order.

    `number` is what stands before the text, automatic or typed ("Art. 7 –", "7.2", "a)", "•");
    `level` is 1–9 for a heading, the depth from 0 for an item; `page` counts from 1 where the
    format has pages; `rows` holds the cells of a table, whose `text` is empty.
    """

    kind: BlockKind
    text: str = ""
    number: str = ""
    level: int = 0
    page: int | None = None
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the document that can be addressed: a heading, an article, a comma.

    Clauses follow each other without overlap: an article ends where its first comma begins.
    `text[start:end]` of the draft is the whole clause with label and heading; `text` here is
    only its own words. `first_block` and `last_block` are indexes into `blocks`, both included.
    """

    key: str
    label: str
    heading: str
    text: str
    level: int
    start: int
    end: int
    page: int | None
    first_block: int
    last_block: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself. Dates as ISO 8601 text, "" where absent.

    `stamp` are the properties that a filled document bears (`casa.drafting.stamps`), as
    "name: value".

    Personal data: names of authors, sometimes a path of somebody's computer; shown to the
    uploader, never published.
    """

    title: str = ""
    author: str = ""
    last_author: str = ""
    template: str = ""
    created: str = ""
    modified: str = ""
    stamp: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as read. `text` is its blocks one after another, and every offset points into it.

    `furniture` are headers and footers, apart from the text; `scanned_pages` have a picture and
    no words, `ocr_pages` had none and were read as pictures; `unread` says in Italian sentences
    what of the file could not be read, and why; `confidence` (0–1) says how sure the structure
    is: 1 when it is written in the file, less when it was guessed from the look of the page;
    `envelopes` counts the signed envelopes around it, `signers` are those of all, or of the PDF.
    `external_links` counts what is opened from elsewhere with the file (plain links are not),
    `hidden_rows` and `hidden_columns` those with something in them, `signature_pictures` pictures
    that may be somebody's signature: a guess.
    """

    format: str
    text: str
    blocks: tuple[Block, ...]
    clauses: tuple[Clause, ...]
    metadata: Metadata
    pages: int | None = None
    language: str = ""
    furniture: tuple[str, ...] = ()
    scanned_pages: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    tracked_changes: int = 0
    comments: int = 0
    has_macros: bool = False
    hidden_text: bool = False
    has_images: bool = False
    confidence: float = 1.0
    signers: tuple[Signer, ...] = ()
    envelopes: int = 0
    external_links: int = 0
    hidden_sheets: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    signature_pictures: int = 0


def block_text(block: Block) -> str:
    """The words of one block as they stand in the text of the draft."""
    if block.kind == "table":
        return "\n".join(" | ".join(cell for cell in row if cell) for row in block.rows)
    return f"{block.number} {block.text}".strip()


def lay_out(blocks: Sequence[Block]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The whole text, and where each block starts and ends in it."""
    texts = [block_text(block) for block in blocks]
    spans, at = [], 0
    for text in texts:
        spans.append((at, at + len(text)))
        at += len(text) + len(BETWEEN_BLOCKS)
    return BETWEEN_BLOCKS.join(texts), tuple(spans)
