"""Calendars for other programs: every line as RFC 5545 wants it, nothing of ours broken by words."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from casa.foundation.ics import LONGEST, Event, calendar, escaped, folded

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def read(made: bytes) -> list[tuple[str, str]]:
    """The lines of a calendar, put together again and taken apart: name with parameters, value."""
    assert made.endswith(b"\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert all(len(line) <= LONGEST for line in made.split(b"\r\n"))
    lines = made.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")
    return [(name, value) for line in lines for name, _colon, value in [line.partition(":")]]


def plain(value: str) -> str:
    made = value.replace("\\\\", "\x00").replace("\\n", "\n").replace("\\,", ",")
    return made.replace("\\;", ";").replace("\x00", "\\")


def event(**more) -> Event:
    return Event(**{"uid": "1@casa", "on": date(2026, 12, 31), "summary": "Firma", **more})


def test_a_day_lasts_until_the_next_one_and_is_no_appointment():
    lines = dict(read(calendar("Gare", [event(url="https://casa.example/fascicoli/1/")], now=NOW)))
    assert lines["DTSTART;VALUE=DATE"] == "20261231"
    assert lines["DTEND;VALUE=DATE"] == "20270101"
    assert lines["DTSTAMP"] == "20261125T090000Z"
    assert (lines["UID"], lines["STATUS"], lines["TRANSP"]) == (
        "1@casa",
        "TENTATIVE",
        "TRANSPARENT",
    )
    assert lines["URL"] == "https://casa.example/fascicoli/1/"


def test_what_is_certain_is_confirmed_and_what_is_empty_is_left_out():
    lines = dict(read(calendar("Gare", [event(certain=True)], now=NOW)))
    assert lines["STATUS"] == "CONFIRMED"
    assert "DESCRIPTION" not in lines
    assert "URL" not in lines


def test_a_calendar_without_events_is_a_calendar():
    made = read(calendar("Gare", [], now=NOW))
    assert made[0] == ("BEGIN", "VCALENDAR")
    assert made[-1] == ("END", "VCALENDAR")
    assert not [one for one in made if one[1] == "VEVENT"]


@given(st.text(), st.text())
def test_no_words_break_a_calendar_and_none_are_lost(summary, description):
    made = read(calendar(summary, [event(summary=summary, description=description)], now=NOW))
    assert [value for name, value in made if name in ("BEGIN", "END")] == [
        "VCALENDAR", "VEVENT", "VEVENT", "VCALENDAR",
    ]  # fmt: skip
    kept = "".join(one for one in summary.replace("\r\n", "\n") if one == "\n" or one >= " ")
    assert plain(dict(made)["SUMMARY"]) == kept.replace("\x7f", "")


def test_letters_of_several_octets_are_never_cut():
    made = folded("SUMMARY:" + "è" * 200)
    assert all(len(line) <= LONGEST for line in made.split(b"\r\n"))
    assert made.replace(b"\r\n ", b"").decode() == "SUMMARY:" + "è" * 200 + "\r\n"


def test_signs_with_a_meaning_are_escaped():
    assert escaped("a,b;c\\d\r\nBEGIN:VEVENT") == "a\\,b\\;c\\\\d\\nBEGIN:VEVENT"
