"""Which paragraphs of a Word file each block of its draft was read from."""

import re
from collections.abc import Iterator, Sequence

from casa.drafting.draft import Block
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.items import cells_of, rows_of
from casa.drafting.redline.runs import OBJECT, text_of
from casa.drafting.text import clean
from casa.drafting.xml import Element, local

_NOT_WORDS = re.compile(rf"\s+|\[\d{{1,3}}\]|{OBJECT}")
_AHEAD = 400


def placed(blocks: Sequence[Block], body: Element) -> list[list[Element]]:
    """For each block the paragraphs or the table that hold its words; none for a note.

    Blocks and paragraphs stand in the same order, so each is looked for behind the last one.
    """
    leaves = list(_leaves(body))
    words = [_plain(text_of(leaf)) if leaf.tag == f"{W}p" else "" for leaf in leaves]
    at = 0
    found: list[list[Element]] = []
    for block in blocks:
        span = _span(block, leaves, words, at)
        found.append([leaves[place] for place in span])
        at = span[-1] + (0 if block.rows else 1) if span else at
    return found


def _span(block: Block, leaves: Sequence[Element], words: Sequence[str], at: int) -> list[int]:
    if block.kind == "note":
        return []
    text, number = _plain(block.text), _plain(block.number)
    for place in range(at, min(len(leaves), at + _AHEAD)):
        if block.rows:
            if leaves[place].tag == f"{W}tbl" and _holds(leaves[place], block):
                return [place]
        elif words[place] and words[place] in (text, number + text):
            return [place]
        elif words[place] and words[place] == number and words[place + 1 : place + 2] == [text]:
            return [place, place + 1]
    return []


def _holds(table: Element, block: Block) -> bool:
    words = "".join(_plain(text_of(paragraph)) for paragraph in table.iter(f"{W}p"))
    first = next((cell for row in block.rows for cell in row if cell), "")
    return _plain(first.split("\n")[-1]) in words


def cell_changes(table: Element, block: Block) -> list[tuple[Element, str]] | None:
    """The paragraphs of our cells with the words that the block gives them; None where none fit.

    They fit when both have as many rows and cells, and each cell that changes is one paragraph.
    """
    rows = [list(cells_of(row)) for row in rows_of(table)]
    if [len(row) for row in rows] != [len(row) for row in block.rows]:
        return None
    found = []
    for cells, row in zip(rows, block.rows, strict=True):
        for cell, text in zip(cells, row, strict=True):
            paragraphs = cell.findall(f"{W}p")
            if _plain("".join(map(text_of, paragraphs))) == _plain(text):
                continue
            if len(paragraphs) != 1 or "\n" in text or cell.find(f"{W}tbl") is not None:
                return None
            found.append((paragraphs[0], text))
    return found


def _leaves(container: Element) -> Iterator[Element]:
    for child in container:
        name = local(child)
        if name == "p":
            yield child
            yield from _boxed(child)
        elif name == "tbl":
            cells = [cell for row in rows_of(child) for cell in cells_of(row)]
            if len(cells) == 1:
                yield from _leaves(cells[0])
            else:
                yield child
        elif name in ("sdt", "sdtContent", "customXml"):
            yield from _leaves(child)


def _boxed(paragraph: Element) -> Iterator[Element]:
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(local(above) == "Fallback" for above in box.iterancestors()):
            yield from _leaves(box)


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", clean(text.replace("\u2011", "-")))


def with_prefix(paragraph: Element, old: Block, new: Block) -> str:
    """The new words behind the number that is typed in our paragraph, if one is."""
    shown = text_of(paragraph)
    prefix = shown[: -len(old.text)] if old.text and shown.endswith(old.text) else ""
    if not prefix and old.number and shown.lstrip().startswith(old.number):
        prefix = f"{old.number} "
    return prefix.replace(old.number, new.number, 1) + new.text if old.number else prefix + new.text


def is_attached(element: Element) -> bool:
    """Whether the element still stands in the body."""
    return any(local(above) == "body" for above in element.iterancestors())
