"""A line and a page of a PDF, as found before anybody joins lines to paragraphs."""

from dataclasses import dataclass, field

from casa.drafting.draft import Row

FEW_CHARACTERS = 15


@dataclass(slots=True)
class Line:
    """One line as printed, or a whole table where it stands: then it has rows and no text.

    Coordinates in points from the lower left corner of the page, `base` that of the baseline;
    `size` is that of the letters; `flat` lines are never a heading. `start` and `end` are the
    edges of the column that the line stands in, 0 where the page has one column only; `pieces` are
    its parts where wide gaps part it, as cells of a row or lines of two columns.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    flat: bool = False
    rows: tuple[Row, ...] = ()
    start: float = 0.0
    end: float = 0.0
    pieces: tuple["Line", ...] = ()


@dataclass(slots=True)
class Page:
    """A page: its lines, and whether it is only a picture of lines."""

    number: int
    lines: list[Line] = field(default_factory=list)
    has_images: bool = False
    height: float = 0.0

    @property
    def is_scanned(self) -> bool:
        """Pictures and no words."""
        letters = sum(len(line.text) + FEW_CHARACTERS * len(line.rows) for line in self.lines)
        return self.has_images and letters < FEW_CHARACTERS
