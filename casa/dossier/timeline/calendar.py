"""Which days offices work, by the rows of the law and the patron saint of a Comune."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from casa.foundation.workdays import DAY, FRIDAY, easter
from casa.guide.law import Law, Row

Saint = tuple[int, int]
"""Day and month."""


class Calendar:
    """The days of one body. The patron saint closes its offices, but moves no term of the law."""

    def __init__(self, law: Law, *, saint: Saint | None = None) -> None:
        self._law = law
        self._saint = saint
        self._years: dict[int, Mapping[date, Row]] = {}

    def holiday(self, day: date) -> Row | None:
        """The rule that makes that day a national holiday."""
        if day.year not in self._years:
            self._years[day.year] = _holidays(self._law, day.year)
        return self._years[day.year].get(day)

    def is_working(self, day: date) -> bool:
        """Whether it is a day from Monday to Friday, and no national holiday."""
        return day.weekday() <= FRIDAY and self.holiday(day) is None

    def is_office(self, day: date) -> bool:
        """Whether the offices of the body are open."""
        return self.is_working(day) and (day.day, day.month) != self._saint

    def next_working(self, day: date) -> date:
        """That day or the first working one after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def next_office(self, day: date) -> date:
        """That day or the first one after it on which the offices are open."""
        while not self.is_office(day):
            day += DAY
        return day

    def last_office(self, day: date) -> date:
        """That day or the last one before it on which the offices are open."""
        while not self.is_office(day):
            day -= DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The day `count` open days after that day, which is not counted itself."""
        if count == 0:
            return self.next_office(day)
        while count > 0:
            day += DAY
            count -= self.is_office(day)
        return day

    def before(self, end: date, count: int) -> date:
        """The last day, open or not, `count` open days after which it is `end` or earlier."""
        day = self.last_office(end)
        for _open_day in range(count - 1):
            day = self.last_office(day - DAY)
        return day - DAY if count else day


def _holidays(law: Law, year: int) -> Mapping[date, Row]:
    found = {}
    ends = (date(year, 1, 1), date(year, 12, 31))
    for row in (row for end in ends for row in law.rows("holidays", end)):
        day = _day_of(row, year)
        if day is not None and row.holds(day):
            found[day] = row
    return found


def _day_of(row: Row, year: int) -> date | None:
    after, month, day = (row.details.get(name) for name in ("after_easter", "month", "day"))
    if isinstance(after, int):
        return easter(year) + timedelta(days=after)
    if isinstance(month, int) and isinstance(day, int):
        return date(year, month, day)
    return None


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
