"""What a manuscript is once it has been read: what its head says, and its lines in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

LineKind = Literal[
    "letterhead",
    "title",
    "heading",
    "article",
    "comma",
    "point",
    "letter",
    "point_letter",
    "dash",
    "centred",
    "before_signature",
    "signature",
    "signature_more",
    "page_break",
    "command",
    "text",
]
NUMBERED: frozenset[LineKind] = frozenset(
    {"article", "comma", "point", "letter", "point_letter", "dash"}
)
HEADINGS: Mapping[LineKind, int] = {"title": 1, "heading": 1, "article": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: `line` counts from 1 in the file, `text` still holds `**`, `*` and tags.

    A comma stands in an article, a point below an unnumbered heading; each has its own letters.
    """

    kind: LineKind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells with the line of each, whether the first row is a header.

    `align` holds left, center or right for each column, "" where the writer did not say.
    """

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    header: bool
    align: tuple[str, ...]

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.lines[0]


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document as its writers keep it: `head` is the front matter as TOML gives it."""

    head: Mapping[str, Any]
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The name of the model, not the title that its documents bear."""
        return str(self.head["title"])

    @property
    def version(self) -> int:
        """Raised by hand with each change of the text."""
        return int(self.head["version"])

    @property
    def checked_on(self) -> date:
        """The day on which its citations were looked at."""
        day: date = self.head["checked_on"]
        return day

    @property
    def to_check(self) -> tuple[str, ...]:
        """What a jurist must still check, a sentence each."""
        return tuple(self.head["to_check"])


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in Italian, and the line of the file (0: the whole file)."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"riga {self.line}: {self.words}" if self.line else self.words


class BadManuscript(ValueError):  # noqa: N818 -- as `Unreadable` and `Refused`
    """The text cannot be read as a manuscript; each fault names its line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
