"""The numbers that a document must show, counted from the manuscript and not from its DOCX."""

from collections.abc import Iterator
from dataclasses import dataclass

from casa.drafting.manuscript.inline import plain
from casa.drafting.manuscript.manuscript import NUMBERED, Line, LineKind, Manuscript
from casa.drafting.numerals import doubled_letter

BULLET = "•"


@dataclass(frozen=True, slots=True)
class Number:
    """The number before one paragraph, as our reader gives it: "Art. 3 –", "1.", "a)", "•"."""

    label: str
    text: str
    line: int


def numbers(manuscript: Manuscript) -> tuple[Number, ...]:
    """The numbered paragraphs in order; those of conditions count as if all were there."""
    return tuple(_counted(manuscript))


def _counted(manuscript: Manuscript) -> Iterator[Number]:
    count = _Count()
    for block in manuscript.blocks:
        if isinstance(block, Line):
            label = count.label(block.kind)
            if block.kind in NUMBERED:
                yield Number(label, plain(block.text), block.line)


class _Count:
    """Articles count through; commi begin again in each, points below each heading."""

    def __init__(self) -> None:
        self._articles = self._commi = self._points = 0
        self._letters = {"letter": 0, "point_letter": 0}

    def label(self, kind: LineKind) -> str:
        """Come to the next line."""
        if kind == "article":
            self._articles, self._commi, self._letters["letter"] = self._articles + 1, 0, 0
            return f"Art. {self._articles} –"
        if kind in ("heading", "centred"):
            self._points = self._letters["point_letter"] = 0
        elif kind == "comma":
            self._commi, self._letters["letter"] = self._commi + 1, 0
            return f"{self._commi}."
        elif kind == "point":
            self._points, self._letters["point_letter"] = self._points + 1, 0
            return f"{self._points}."
        elif kind in ("letter", "point_letter"):
            self._letters[kind] += 1
            return f"{doubled_letter(self._letters[kind])})"
        return BULLET if kind == "dash" else ""
