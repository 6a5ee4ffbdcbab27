"""Which paragraphs of a Word file each block of its draft was read from."""

import re
from collections.abc import Callable, Container, Iterator, Sequence

from casa.drafting.draft import Block
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.items import cells_of, rows_of
from casa.drafting.redline.runs import OBJECT, text_of
from casa.drafting.text import clean
from casa.drafting.xml import Element, local

_NOT_WORDS = re.compile(rf"\s+|\[\d{{1,3}}\]|{OBJECT}")
_NOTE = re.compile(r"\[\d{1,3}\]")
_AHEAD = 400


def placed(blocks: Sequence[Block], body: Element) -> list[list[Element]]:
    """For each block the paragraphs or the table that hold its words; none for a note."""
    leaves = list(_leaves(body))
    words = [text_of(leaf) if leaf.tag == f"{W}p" else None for leaf in leaves]
    return spans(blocks, leaves, words, holds=_holds)


def spans(
    blocks: Sequence[Block],
    leaves: Sequence[Element],
    words: Sequence[str | None],
    *,
    holds: Callable[[Element, str], bool],
) -> list[list[Element]]:
    """The leaves of each block. `words` are those of a paragraph, None for a table.

    Blocks and leaves stand in the same order, so each is looked for behind the last one; a table
    is known by the words of its first cell that has some.
    """
    plain = [None if text is None else _plain(text) for text in words]
    at = 0
    found: list[list[Element]] = []
    for block in blocks:
        places = _span(block, leaves, plain, at, holds)
        found.append([leaves[place] for place in places])
        at = places[-1] + (0 if block.rows else 1) if places else at
    return found


def _span(
    block: Block,
    leaves: Sequence[Element],
    words: Sequence[str | None],
    at: int,
    holds: Callable[[Element, str], bool],
) -> list[int]:
    if block.kind == "note":
        return []
    text, number = _plain(block.text), _plain(block.number)
    first = next((cell for row in block.rows for cell in row if cell), "")
    for place in range(at, min(len(leaves), at + _AHEAD)):
        said = words[place]
        if said is None:
            if block.rows and holds(leaves[place], _plain(first.split("\n")[-1])):
                return [place]
        elif block.rows or not said:
            continue
        elif said in (text, number + text):
            return [place]
        elif said == number and words[place + 1 : place + 2] == [text]:
            return [place, place + 1]
    return []


def _holds(table: Element, first: str) -> bool:
    return first in "".join(_plain(text_of(paragraph)) for paragraph in table.iter(f"{W}p"))


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


def with_prefix(shown: str, old: Block, new: Block) -> str:
    """The new words behind the number that is typed in our paragraph, if one is.

    `shown` is what the paragraph says; marks of notes in the words stay where objects stand there.
    """
    prefix = shown[: -len(old.text)] if old.text and shown.endswith(old.text) else ""
    if not prefix and old.number and shown.lstrip().startswith(old.number):
        prefix = f"{old.number} "
    return prefix.replace(old.number, new.number, 1) + new.text if old.number else prefix + new.text


def with_objects(shown: str, text: str, objects: Container[str]) -> str:
    """The words, with the objects of our paragraph in place of the marks of notes, in order."""
    waiting = iter([letter for letter in shown if letter in objects])
    return _NOTE.sub(lambda found: next(waiting, found[0]), text)


def is_attached(element: Element) -> bool:
    """Whether the element still stands in the body."""
    return any(local(above) == "body" for above in element.iterancestors())
