"""Working days as Italian offices count them: Monday to Friday, national holidays left out.

Local patron saints are not counted as holidays: the day differs from town to town.
"""

from datetime import date, timedelta

DAY = timedelta(days=1)
FRIDAY = 4
# Legge 27 maggio 1949, n. 260 and later changes. 4 October is a holiday again from 2026
# (legge 8 ottobre 2025, n. 151).
FIXED = {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}
SAINT_FRANCIS = (10, 4)
SAINT_FRANCIS_SINCE = 2026


def is_working_day(day: date) -> bool:
    """Whether offices are open on that day."""
    if day.weekday() > FRIDAY or (day.month, day.day) in FIXED:
        return False
    if (day.month, day.day) == SAINT_FRANCIS and day.year >= SAINT_FRANCIS_SINCE:
        return False
    return day != easter(day.year) + DAY


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day`; the first day is not counted."""
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day


def last_day_with(count: int, *, by: date) -> date:
    """The latest day from which `count` working days have passed on the day `by`."""
    day = by
    while add_working_days(day, count) > by:
        day -= DAY
    return day


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, skipped = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
