"""What of a merge did not find its place in our Word file: written all the same, as insertions.

Nothing of the source may vanish without a word. What cannot be put where it belongs stands, as a
tracked insertion, behind our text or at the end under a heading that says what to do with it.
"""

from collections.abc import Iterator

from lxml import etree

from casa.drafting.draft import Block
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.marks import Pen, mark_paragraph
from casa.drafting.redline.runs import new_runs, runs_of, wrap
from casa.drafting.xml import Element

HEADING = "Modifiche della fonte da inserire a mano"
TABLE = "La tabella della fonte, da riportare a mano in quella qui sopra:"
REMOVED = "Da togliere, come ha fatto la fonte:"


class ByHand:
    """The end of our file, where what has no place is listed. The heading comes with the first."""

    def __init__(self, body: Element, pen: Pen) -> None:
        self._body = body
        self._pen = pen
        self._last: Element | None = None

    def add(self, block: Block) -> list[str]:
        """List what a block says, a table row by row; gives the lines."""
        lines = list(lines_of(block))
        for line in lines:
            self.add_line(line)
        return lines

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
