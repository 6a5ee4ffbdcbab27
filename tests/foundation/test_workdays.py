"""Working days in Italy."""

from datetime import date

import pytest

from casa.foundation.workdays import add_working_days, easter, is_working_day, last_day_with


@pytest.mark.parametrize(
    "sunday", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28)]
)
def test_easter_falls_where_the_calendar_says(sunday):
    assert easter(sunday.year) == sunday


@pytest.mark.parametrize(
    "holiday",
    [date(2026, 4, 6), date(2026, 12, 8), date(2027, 10, 4), date(2026, 11, 28)],
    ids=["Easter Monday", "Immaculate Conception", "Saint Francis", "a Saturday"],
)
def test_offices_are_closed_on_holidays_and_weekends(holiday):
    assert not is_working_day(holiday)


def test_saint_francis_was_a_working_day_before_2026():
    assert is_working_day(date(2023, 10, 4))


def test_five_working_days_skip_the_weekend_and_the_holiday():
    assert add_working_days(date(2026, 12, 4), 5) == date(2026, 12, 14)
    assert add_working_days(date(2026, 11, 23), 5) == date(2026, 11, 30)


def test_the_last_day_is_the_other_way_round():
    by = date(2026, 12, 14)

    last = last_day_with(5, by=by)

    assert add_working_days(last, 5) <= by < add_working_days(date(2026, 12, 7), 5)
    assert last == date(2026, 12, 6)
