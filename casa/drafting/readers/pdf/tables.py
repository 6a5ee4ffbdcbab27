"""Tables of a PDF: a grid of rules, and the words that stand in each of its cells."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casa.drafting.draft import Row
from casa.drafting.pdfium import pdfium
from casa.drafting.readers.pdf.drawing import Drawing, Rule

_TOUCH = 3.0
_NARROW = 60.0
_FLAT = 12.0
_MOST_LINES = 200
_CELL_CHARACTERS = 20_000
_INSET = 1.0

Square = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """The place of a table on its page, and its rows of cells; a merged cell is written once."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[Row, ...]

    def holds(self, x: float, y: float) -> bool:
        """Is this point inside?"""
        across = self.left - _TOUCH <= x <= self.right + _TOUCH
        return across and self.bottom - _TOUCH <= y <= self.top + _TOUCH


def tables_of(text_page: pdfium.FPDF_TEXTPAGE, drawing: Drawing) -> list[Table]:
    """The tables of a page from the top down. A single framed column is text, not a table."""
    made = [_table(text_page, rules, drawing.horizontals) for rules in _zones(drawing.verticals)]
    return [table for table in made if table is not None]


def _zones(verticals: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Vertical rules that stand beside or above each other without a gap."""
    zone: list[Rule] = []
    bottom = 0.0
    for rule in sorted(verticals, key=lambda rule: -rule.end):
        if zone and rule.end < bottom - _TOUCH:
            yield zone
            zone = []
        bottom = min(bottom, rule.start) if zone else rule.start
        zone.append(rule)
    if zone:
        yield zone


def _table(
    text_page: pdfium.FPDF_TEXTPAGE, verticals: Sequence[Rule], horizontals: Sequence[Rule]
) -> Table | None:
    bottom, top = min(rule.start for rule in verticals), max(rule.end for rule in verticals)
    across = [rule for rule in horizontals if bottom - _TOUCH <= rule.at <= top + _TOUCH]
    xs = _merged([rule.at for rule in verticals])
    ys = _merged([*(rule.at for rule in across), bottom, top])[::-1]
    too_many = max(len(xs), len(ys)) > _MOST_LINES
    if too_many or len(xs) < 3 or xs[-1] - xs[0] < _NARROW or top - bottom < _FLAT:  # noqa: PLR2004
        return None
    cells = _cells(xs, ys, verticals, across)
    rows = _rows(text_page, cells, xs, ys)
    filled = sum(bool(cell) for row in rows for cell in row)
    return Table(xs[0], bottom, xs[-1], top, rows) if filled > 1 else None


def _merged(places: Iterable[float]) -> list[float]:
    """The places in order, those that nearly coincide as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _TOUCH:
            kept.append(place)
    return kept


def _cells(
    xs: Sequence[float], ys: Sequence[float], verticals: Sequence[Rule], across: Sequence[Rule]
) -> list[list[Square]]:
    """The squares of the grid, joined where no rule stands between them."""
    upright, level = _by_place(verticals, xs), _by_place(across, ys)
    leader: dict[Square, Square] = {}
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            square, centre = (row, column), (xs[column] + xs[column + 1]) / 2
            leader[square] = square
            if column and not _crosses(upright[column], middle):
                leader[square] = leader[row, column - 1]
            elif row and not _crosses(level[row], centre):
                leader[square] = leader[row - 1, column]
    cells: dict[Square, list[Square]] = defaultdict(list)
    for square, first in leader.items():
        cells[first].append(square)
    return list(cells.values())


def _by_place(rules: Iterable[Rule], places: Sequence[float]) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        nearest = min(range(len(places)), key=lambda place: abs(places[place] - rule.at))
        found[nearest].append(rule)
    return found


def _crosses(rules: Iterable[Rule], place: float) -> bool:
    return any(rule.start - _TOUCH <= place <= rule.end + _TOUCH for rule in rules)


def _rows(
    text_page: pdfium.FPDF_TEXTPAGE,
    cells: Iterable[Sequence[Square]],
    xs: Sequence[float],
    ys: Sequence[float],
) -> tuple[Row, ...]:
    rows = [[""] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for squares in cells:
        row, column = squares[0]
        right = xs[max(square[1] for square in squares) + 1]
        bottom = ys[max(square[0] for square in squares) + 1]
        rows[row][column] = _words(text_page, xs[column], ys[row], right, bottom)
    return tuple(tuple(row) for row in rows if any(row))


def _words(
    text_page: pdfium.FPDF_TEXTPAGE, left: float, top: float, right: float, bottom: float
) -> str:
    buffer = (ctypes.c_ushort * _CELL_CHARACTERS)()
    written = pdfium.FPDFText_GetBoundedText(
        text_page, left + _INSET, top, right - _INSET, bottom, buffer, _CELL_CHARACTERS
    )
    words = bytes(memoryview(buffer).cast("B")[: 2 * max(0, written)])
    return words.decode("utf-16-le", "replace").strip("\0 \r\n")
