"""From paragraphs with their look to blocks: which one is a heading, which one an item."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from casa.drafting.draft import Block, BlockKind, Row
from casa.drafting.labels import Mark, mark_of, split_bare_number, split_number
from casa.drafting.passages import Passage
from casa.drafting.text import one_line
from casa.drafting.titles import TITLE_LENGTH, is_plain_title, without_look_alikes

HEADING_LENGTH = 200
TABLE_ROWS = 200  # of one block
TABLE_CELLS = 4_000
_LONG_TITLE = 90
_WORD = re.compile(r"[^\W\d_]{3}")
_SENTENCE_END = (".", ";", ",", ":")
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|_{4,}")
_BULLETS = "bullet"
_INDEX = re.compile(r"(?:indice|sommario)(?: generale| degli articoli)?[.:]?", re.IGNORECASE)
_SKIPPED = 3


def blocks_of(passages: Iterable[Passage]) -> tuple[Block, ...]:
    """The blocks of a document in reading order. Paragraphs without a word are left out."""
    told = [
        part
        for passage in passages
        for part in _parted(passage)
        if part.text or _has_words(part.rows)
    ]
    pairs = without_look_alikes([(passage, _block(passage)) for passage in told])
    blocks = _in_sequence(pairs)
    return tuple(_levelled(_without_index(_with_titles(blocks))))


def _parted(passage: Passage) -> Iterable[Passage]:
    """A long table as several, so that no block is too large to be shown or told apart."""
    rows = passage.rows
    if not rows:
        return [passage]
    widest = max(1, *map(len, rows))
    step = max(1, min(TABLE_ROWS, TABLE_CELLS // widest))
    starts = range(0, len(rows), step)
    return [replace(passage, rows=rows[start : start + step]) for start in starts]


def _block(passage: Passage) -> Block:
    if passage.rows:
        return Block("table", rows=passage.rows, page=passage.page)
    if passage.note:
        return Block("note", passage.text, number=passage.number, page=passage.page)
    if passage.flat:
        return Block("paragraph", _joined(passage), page=passage.page)
    number, text = _numbered(passage)
    kind, level = _kind(passage, number=number, text=text)
    if kind == "heading":
        text = one_line(text)
    return Block(kind, text, number=number, level=level, page=passage.page)


def _has_words(rows: Sequence[Row]) -> bool:
    return any(cell for row in rows for cell in row)


def _joined(passage: Passage) -> str:
    return f"{passage.number} {passage.text}".strip()


def _numbered(passage: Passage) -> tuple[str, str]:
    if passage.number:
        return passage.number, passage.text
    if passage.outline or passage.standout:
        return split_bare_number(passage.text)
    return split_number(passage.text)


def _kind(passage: Passage, *, number: str, text: str) -> tuple[BlockKind, int]:
    mark = mark_of(number) if number else None
    if passage.outline:
        return "heading", passage.outline
    if mark is not None and mark.kind in ("article", "division"):
        return _kind_of_article(passage, mark=mark, text=text)
    if _looks_like_heading(passage, mark=mark, text=text):
        return "heading", _typed_level(passage, mark)
    if number:
        return "item", passage.depth
    return "paragraph", 0


def _kind_of_article(passage: Passage, *, mark: Mark, text: str) -> tuple[BlockKind, int]:
    """An article is a heading when it has a title, an item when the rule itself follows."""
    titled = len(text) <= HEADING_LENGTH and not text.endswith(_SENTENCE_END[1:])
    if mark.kind == "division" and not (passage.standout or not text or text.isupper()):
        titled = False
    if titled and not _LEADERS.search(text) and (passage.standout or len(text) <= TITLE_LENGTH):
        return "heading", _typed_level(passage, mark)
    return "item", 0


def _looks_like_heading(passage: Passage, *, mark: Mark | None, text: str) -> bool:
    if not _is_title(text) or (mark is not None and mark.kind == _BULLETS):
        return False
    if mark is None:
        return passage.standout and is_plain_title(text)
    if mark.kind != "decimal":
        return passage.standout and text.isupper()
    sentence = text.endswith(_SENTENCE_END) and len(text) > _LONG_TITLE
    if text[:1].islower() or sentence:
        return False
    return passage.standout or (text.isupper() and not text.endswith(_SENTENCE_END))


def _is_title(text: str) -> bool:
    plain = len(text) <= HEADING_LENGTH and bool(_WORD.search(text))
    return plain and not text.endswith((";", ",")) and not _LEADERS.search(text)


def _typed_level(passage: Passage, mark: Mark | None) -> int:
    if mark is None:
        return min(6, passage.size_level or 3)
    if mark.kind == "decimal":
        return len(mark.digits)
    return 1 if mark.kind in ("article", "division") else 3


def _with_titles(blocks: Sequence[Block]) -> list[Block]:
    """ "Art. 7" alone takes the next line as its title, as printed laws do: "(Requisiti)"."""
    joined: list[Block] = []
    for block in blocks:
        if joined and _wants_title(joined[-1]) and _gives_title(block):
            joined[-1] = replace(joined[-1], text=one_line(block.text))
        else:
            joined.append(block)
    return joined


def _wants_title(block: Block) -> bool:
    return block.kind == "heading" and not block.text and bool(block.number)


def _gives_title(block: Block) -> bool:
    if block.number or block.kind not in ("heading", "paragraph") or len(block.text) > TITLE_LENGTH:
        return False
    return (
        block.kind == "heading"
        or block.text.startswith("(")
        or not block.text.endswith(_SENTENCE_END)
    )


def _in_sequence(pairs: Sequence[tuple[Passage, Block]]) -> list[Block]:
    """A bold "2." below heading 16 is a point of a list: typed headings count on or begin again."""
    last = highest = -1
    blocks = []
    for passage, block in pairs:
        mark = mark_of(block.number) if block.kind == "heading" else None
        typed = not passage.outline and not passage.number
        if typed and mark is not None and mark.kind == "decimal" and len(mark.digits) == 1:
            count = mark.digits[0]
            follows = 0 < count - last <= _SKIPPED or 0 < count - highest <= _SKIPPED
            if last >= 0 and count > 1 and not follows:
                blocks.append(replace(block, kind="item", level=passage.depth))
                continue
            last, highest = count, max(highest, count)
        blocks.append(block)
    return blocks


def _without_index(blocks: Sequence[Block]) -> list[Block]:
    """Below "Indice" stand the titles that come again later: these are not yet the headings."""
    titles = Counter(block.text.casefold() for block in blocks if block.kind == "heading")
    inside = False
    kept = []
    for block in blocks:
        repeated = titles[block.text.casefold()] > 1 or block.kind == "item"
        inside = _INDEX.fullmatch(block.text) is not None or (inside and repeated)
        titles.subtract([block.text.casefold()] if block.kind == "heading" else [])
        plain = Block("paragraph", f"{block.number} {block.text}".strip(), page=block.page)
        kept.append(plain if inside and block.number else block)
    return kept


def _levelled(blocks: Sequence[Block]) -> Iterable[Block]:
    """Articles stand below titles and chapters when the document has these."""
    marks = [mark_of(block.number) if block.kind == "heading" else None for block in blocks]
    divided = any(mark and _is_division(mark) for mark in marks)
    for block, mark in zip(blocks, marks, strict=True):
        below = divided and mark is not None and mark.kind == "article"
        yield replace(block, level=max(2, block.level)) if below else block


def _is_division(mark: Mark) -> bool:
    return mark.kind == "division" and mark.label.split()[0] in (
        "Titolo",
        "Capo",
        "Parte",
        "Sezione",
    )
