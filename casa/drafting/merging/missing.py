"""What of a merge did not find its place in our Word file: written all the same, as insertions.

Nothing of the source may vanish without a word. What cannot be put where it belongs stands, as a
tracked insertion, behind our text or at the end under a heading that says what to do with it.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from casa.drafting.draft import Block
from casa.drafting.limits import Limits
from casa.drafting.readers.docx.package import W
from casa.drafting.reading import read
from casa.drafting.redline.marks import Pen, mark_paragraph
from casa.drafting.redline.runs import new_runs, runs_of, wrap
from casa.drafting.text import clean
from casa.drafting.xml import Element

HEADING = "Modifiche della fonte da inserire a mano"
TABLE = "La tabella della fonte, da riportare a mano in quella qui sopra:"
REMOVED = "Da togliere, come ha fatto la fonte:"
_SPACE = re.compile(r"\s+")


class ByHand:
    """The end of our file, where what has no place is listed. The heading comes with the first."""

    def __init__(self, body: Element, pen: Pen) -> None:
        self._body = body
        self._pen = pen
        self._last: Element | None = None

    def add(self, block: Block) -> None:
        """List what a block says, a table row by row."""
        for line in lines_of(block):
            self.add_line(line)

    def add_removed(self, block: Block) -> None:
        """List what the source took away and we could not find."""
        if lines := " ".join(lines_of(block)):
            self.add_line(f"{REMOVED} «{lines}»")

    def add_line(self, text: str) -> None:
        """List one paragraph."""
        if self._last is None:
            self._put(HEADING)
        self._put(text)

    def _put(self, text: str) -> None:
        made = inserted(text, self._pen)
        if self._last is not None:
            self._last.addnext(made)
        elif len(self._body) and self._body[-1].tag == f"{W}sectPr":
            self._body[-1].addprevious(made)
        else:
            self._body.append(made)
        self._last = made


def inserted(text: str, pen: Pen) -> Element:
    """A paragraph that says the text, all of it a tracked insertion."""
    made = etree.Element(f"{W}p")
    made.append(new_runs(text, None, deleted=False))
    for run in runs_of(made):
        wrap([run], pen.mark("ins"))
    mark_paragraph(made, pen.mark("ins"))
    return made


def lines_of(block: Block) -> Iterator[str]:
    """What a block says, number included; of a table a line for each row."""
    if not block.rows:
        if text := f"{block.number} {block.text}".strip():
            yield text
        return
    for row in block.rows:
        if line := " | ".join(cell.replace("\n", " ") for cell in row if cell):
            yield line


def missing(data: bytes, wanted: Iterable[Block], *, limits: Limits) -> list[Block]:
    """Those of the blocks whose words the file, read again with all accepted, does not say."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "result.docx")
        path.write_bytes(data)
        blocks = read(path, limits=limits).blocks
    said = "".join(_plain(words) for block in blocks for words in _words(block))
    return [block for block in wanted if any(_plain(one) not in said for one in _words(block))]


def _words(block: Block) -> list[str]:
    return [cell for row in block.rows for cell in row] if block.rows else [block.text]


def _plain(text: str) -> str:
    return _SPACE.sub("", clean(text))
