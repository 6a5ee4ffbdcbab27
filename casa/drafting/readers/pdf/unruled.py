"""Tables without rules: rows one below the other whose words stand in the same columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casa.drafting.readers.pdf.page import Line

_SAME_ROW = 2.0
_NEXT_ROW = 2.7  # sizes of a letter from one row to the next
_NEXT_LINE = 1.5  # … to the next line of the same cell
_BETWEEN = 4.0  # points that part two columns at least
_LEAST_ROWS = 3
_NUMBER = re.compile(r"(?:[A-Za-z]|[IVX]{1,5})?[.)]?\s?\d{0,3}(?:\.\d{1,2})*[.)]?|[^\w\s]")


@dataclass(slots=True)
class _Run:
    """Rows that may be a table: their cells, and how far each column reaches."""

    rows: list[list[Line]] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)
    full: int = 0
    """How many rows have more than one cell."""

    def takes(self, row: Sequence[Line]) -> bool:
        """Does the row keep the columns apart? Then it is one of this run."""
        if not self.rows:
            return len(row) > 1
        before, first = self.rows[-1], row[0]
        step = (before[0].base - first.base) / max(1.0, first.size)
        alone = len(row) == 1
        if step > (_NEXT_LINE if alone else _NEXT_ROW) or (alone and first.bold):
            return False
        columns = _joined([*self.columns, *map(_reach, row)])
        hit = [_column(cell, columns) for cell in row]
        return len(columns) >= max(2, len(self.columns)) and len(set(hit)) == len(row)

    def add(self, row: list[Line]) -> None:
        """Put it below the others."""
        self.rows.append(row)
        self.columns = _joined([*self.columns, *map(_reach, row)])
        self.full += len(row) > 1

    @property
    def is_table(self) -> bool:
        """Enough rows, and more than numbers before their text."""
        numbers = sum(bool(_NUMBER.fullmatch(row[0].text)) for row in self.rows)
        plain_list = len(self.columns) == 2 and 2 * numbers > len(self.rows)  # noqa: PLR2004
        return self.full >= _LEAST_ROWS and not plain_list


def with_unruled(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of each table without rules replaced by the table."""
    if not any(line.pieces for line in lines) and not _share_rows(lines):
        return list(lines)
    made = list(lines)
    for run in _runs(lines):
        table, held = _table(run), {id(cell) for row in run.rows for cell in row}
        inside = [line for line in made if held & {id(line), *map(id, line.pieces)}]
        place = next(at for at, line in enumerate(made) if line is inside[0])
        gone = set(map(id, inside))
        made = [
            *(line for line in made[:place] if id(line) not in gone),
            table,
            *(line for line in made[place:] if id(line) not in gone),
        ]
    return made


def _share_rows(lines: Sequence[Line]) -> bool:
    """Do several lines stand beside others?"""
    bases = [round(line.base / _SAME_ROW) for line in lines if not line.rows and not line.end]
    return len(bases) - len(set(bases)) >= _LEAST_ROWS


def _runs(lines: Sequence[Line]) -> Iterator[_Run]:
    run = _Run()
    for row in [*_rows(lines), []]:
        if row and run.takes(row):
            run.add(row)
            continue
        if run.is_table:
            yield run
        run = _Run()
        if row and run.takes(row):
            run.add(row)


def _rows(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The words of the page row by row; ruled tables and columns of prose end a run."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if row and row[0].base - line.base > _SAME_ROW:
            yield sorted(row, key=lambda cell: cell.left)
            row = []
        if line.rows or line.end:
            yield from ([sorted(row, key=lambda cell: cell.left)] if row else [])
            yield []
            row = []
        else:
            row += line.pieces or (line,)
    if row:
        yield sorted(row, key=lambda cell: cell.left)


def _reach(cell: Line) -> tuple[float, float]:
    return cell.left, cell.right


def _joined(reaches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Reaches that touch are one column."""
    made: list[tuple[float, float]] = []
    for left, right in sorted(reaches):
        if made and left < made[-1][1] + _BETWEEN:
            made[-1] = (made[-1][0], max(made[-1][1], right))
        else:
            made.append((left, right))
    return made


def _column(cell: Line, columns: Sequence[tuple[float, float]]) -> int:
    return next(at for at, (left, right) in enumerate(columns) if left <= cell.left <= right)


def _table(run: _Run) -> Line:
    """One line that stands for the table; a row of one cell goes on in the row above."""
    rows: list[list[str]] = []
    for row in run.rows:
        if len(row) > 1 or not rows:
            rows.append([""] * len(run.columns))
        for cell in row:
            column = _column(cell, run.columns)
            rows[-1][column] = f"{rows[-1][column]}\n{cell.text}".strip()
    first = run.rows[0]
    return Line(
        "",
        left=run.columns[0][0],
        right=run.columns[-1][1],
        base=first[0].base,
        flat=True,
        rows=tuple(map(tuple, rows)),
    )
