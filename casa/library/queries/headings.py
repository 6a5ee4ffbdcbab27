"""What the page shows on which a person corrects headings: lines, corrections, the index."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casa import drafting
from casa.drafting.text import one_line
from casa.intake.models import Reading as StoredReading
from casa.intake.passages import IndexLine, index
from casa.library.models import HeadingCorrection, Version
from casa.library.queries.reading import parts_of
from casa.library.queries.shelved import (
    Corrected,
    corrections_of,
    levels_of,
    stored_reading,
)

SHORT = 200  # letters: few titles are longer
SHOWN = 300
LEADERS = "....."


@dataclass(frozen=True, slots=True)
class Line:
    """A block as a person weighs it: its words, on which page, of which level (0: no heading)."""

    place: int
    words: str
    page: int | None
    level: int

    @property
    def may_be_title(self) -> bool:
        """Short, and no line of a table of contents ("Durata ...... 12")."""
        return len(self.words) <= SHORT and LEADERS not in self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk(Corrected):
    """The main text of a version as it was read (`draft`) and as it is told (`blocks`)."""

    upload_id: int
    draft: drafting.Draft
    blocks: Sequence[drafting.Block]

    def headings(self) -> list[Line]:
        """The lines that are told as headings."""
        return [line for line in self._lines() if line.level]

    def others(self, *, words: str = "", every: bool = False) -> list[Line]:
        """The lines with these words that are not; all, or only those that look like a title."""
        wanted = one_line(words).casefold()
        return [
            line
            for line in self._lines()
            if not line.level and wanted in line.words.casefold() and (every or line.may_be_title)
        ]

    def lines_at(self, places: Iterable[int]) -> list[Line]:
        """The lines at these places, in the order of the text; places that are none left out."""
        asked = set(places)
        return [line for line in self._lines() if line.place in asked]

    def index(self, levels: Mapping[int, int]) -> list[IndexLine]:
        """The index as it would be if these lines had these levels too."""
        said = levels_of(self.corrections) | dict(levels)
        told = drafting.relevelled(self.draft, said)
        return index(told.clauses, part_of=parts_of(self.draft).part_of)

    def _lines(self) -> Iterable[Line]:
        for place, block in enumerate(self.blocks):
            words = one_line(drafting.block_text(block))
            if words and drafting.is_correctable(block):
                level = drafting.heading_level(block)
                yield Line(place=place, words=words, page=block.page, level=level)


def desk_of(version: Version) -> Desk | None:
    """The lines of a version's main text; None when it has no file. Two queries."""
    stored = stored_reading(version)
    return desk(stored, corrections_of(version)) if stored else None


def desk(stored: StoredReading, corrections: Sequence[HeadingCorrection]) -> Desk:
    """The lines of a text that was read, with what people said of them."""
    draft = drafting.from_json(stored.draft)
    blocks = drafting.relevelled_blocks(draft.blocks, levels_of(corrections))
    return Desk(upload_id=stored.upload_id, draft=draft, blocks=blocks, corrections=corrections)
