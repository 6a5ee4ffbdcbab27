"""One rule of procurement law from one day to another, and all of them together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from itertools import pairwise

TOPICS = (
    "thresholds",
    "procedures",
    "qualification",
    "checks_before",
    "minimum_terms",
    "maximum_terms",
    "guarantees",
    "contributions",
    "checklists",
    "holidays",
    "other",
)
UNITS = ("", "EUR", "days", "months", "years", "percent", "permille", "operators", "points")
OPERATORS = ("", "<", "<=", ">", ">=", "=")
BASES = ("document", "notice", "decision", "design")
CONFIDENCES = ("verified", "likely", "to_check")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one rule says on the days from `valid_from` to the day before `valid_to`.

    `value` is in `unit` (euro net of VAT, days…) and `op` says on which side of it the rule holds;
    `text` is the rule in words; `details` are values of it that machines read.
    """

    topic: str
    code: str
    text: str
    valid_from: date
    citation: str
    source: str
    value: Decimal | None = None
    unit: str = ""
    op: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    valid_to: date | None = None
    date_basis: str = "notice"
    jurisdiction: str = "IT"
    verified_on: date | None = None
    confidence: str = "to_check"
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether the row speaks of that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def is_verified(self) -> bool:
        """Whether somebody compared the row with the text it names."""
        return self.confidence == "verified"


FIELDS = tuple(one.name for one in fields(Row))


class Law:
    """All the rows, asked by topic, code and day. No two speak of the same rule on one day.

    Rows of another jurisdiction (a Region, a Province with its own statute) are left out: they
    would answer in the place of the national ones.
    """

    def __init__(self, rows: Iterable[Row], *, jurisdiction: str = "IT") -> None:
        self._rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            if row.jurisdiction == jurisdiction:
                self._rows[row.topic, row.code].append(row)
        for history in self._rows.values():
            history.sort(key=lambda row: row.valid_from)

    def row(self, topic: str, code: str, on: date) -> Row | None:
        """The row of one rule that holds on a day; none where the law of that day is not known."""
        return next((row for row in self._rows.get((topic, code), ()) if row.holds(on)), None)

    def rows(self, topic: str, on: date) -> list[Row]:
        """The rows of a topic that hold on a day, in the order in which they were given."""
        found = (self.row(topic, code, on) for its, code in self._rows if its == topic)
        return [row for row in found if row]

    def history(self, topic: str, code: str) -> Sequence[Row]:
        """Every row of one rule, the oldest first."""
        return tuple(self._rows.get((topic, code), ()))

    def overlaps(self) -> list[tuple[Row, Row]]:
        """Pairs of rows that speak of the same rule on the same day: two truths."""
        pairs = (
            (one, other) for history in self._rows.values() for one, other in pairwise(history)
        )
        return [(one, other) for one, other in pairs if one.holds(other.valid_from)]
