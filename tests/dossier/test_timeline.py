"""The days of a tender: boundary days, backward and forward, what cannot stand, what moved."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.dossier.timeline import Asked, Calendar, every_link, least_row, moves, timeline
from casa.foundation.workdays import is_working_day
from casa.guide.choosing.advice import LABELS
from casa.guide.law import Law
from tests.dossier.makers import LAW


def asked(procedure="open_procedure", day=date(2027, 6, 1), amount="300000", **more) -> Asked:
    return Asked(procedure=procedure, kind="services", amount=Decimal(amount), day=day, **more)


def days(wanted: Asked, law: Law = LAW) -> dict[str, date]:
    return {day.code: day.on for day in timeline(wanted, law).days}


def test_the_holidays_of_the_law_are_those_of_the_house():
    calendar = Calendar(LAW)
    for number in range(365 * 14):
        day = date(2024, 1, 1) + timedelta(days=number)
        assert calendar.is_working(day) == is_working_day(day), day


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2025, 10, 4), False),  # a Saturday anyway
        (date(2023, 10, 4), True),
        (date(2027, 10, 4), False),
        (date(2026, 4, 6), False),  # the day after Easter
        (date(2026, 4, 7), True),
    ],
)
def test_days_on_which_offices_are_closed(day, open_):
    assert Calendar(LAW).is_office(day) is open_


def test_the_patron_saint_closes_offices_but_moves_no_term_of_the_law():
    saint = (8, 9)  # 8 September 2027 is a Wednesday
    calendar = Calendar(LAW, saint=saint)
    assert not calendar.is_office(date(2027, 9, 8))
    assert calendar.is_working(date(2027, 9, 8))
    plain = days(asked(day=date(2027, 7, 26)))
    assert plain["notice"] + timedelta(days=30) == plain["offers"] == date(2027, 9, 8)
    ours = days(asked(day=date(2027, 7, 26), saint=saint))
    assert ours["offers"] == date(2027, 9, 8)
    assert ours["commission"] == plain["commission"] == date(2027, 9, 13)
    assert days(asked(day=date(2027, 7, 26), saint=(9, 9)))["commission"] == date(2027, 9, 14)


#   procedure                        amount     urgent  notice → offers, on a day after which no term ends on a holiday
TABLE = [
    ("open_procedure", "300000", False, 30),
    ("open_procedure", "300000", True, 15),
    ("social_light_regime", "800000", False, 15),
    ("negotiated_5", "150000", False, 15),
    ("negotiated_10", "150000", False, 15),
    ("concession_negotiated_10", "150000", False, 15),
]


@pytest.mark.parametrize("row", TABLE, ids=[f"{row[0]}, {row[2]}" for row in TABLE])
def test_how_long_operators_have(row):
    procedure, amount, urgent, least = row
    found = days(
        asked(
            procedure, date(2027, 2, 2), amount, urgent=urgent, chosen={"notice": date(2027, 3, 1)}
        )
    )
    assert (found["offers"] - found["notice"]).days == least


def test_two_stages_have_two_terms_each_with_its_rule():
    made = timeline(asked("restricted_procedure", chosen={"notice": date(2027, 3, 1)}), LAW)
    requests, offers = made.day("requests"), made.day("offers")
    assert (requests.least, offers.least) == (30, 30)
    urgent = timeline(
        asked("restricted_procedure", chosen={"notice": date(2027, 3, 1)}, urgent=True), LAW
    )
    assert (urgent.day("requests").least, urgent.day("offers").least) == (15, 10)
    talks = timeline(asked("competitive_with_negotiation"), LAW)
    assert (talks.day("requests").least, talks.day("offers").least) == (30, 25)
    assert talks.day("requests").to_check


def test_the_term_is_that_of_the_law_on_the_day_of_the_notice():
    before = asked(
        "competitive_with_negotiation", date(2023, 11, 1), chosen={"notice": date(2023, 11, 28)}
    )
    after = asked(
        "competitive_with_negotiation", date(2023, 11, 1), chosen={"notice": date(2023, 11, 29)}
    )
    assert timeline(before, LAW).day("requests").least == 10
    assert timeline(after, LAW).day("requests").least == 30
    for notice, least in ((date(2024, 12, 30), 35), (date(2024, 12, 31), 32)):
        made = timeline(asked(day=date(2024, 12, 2), chosen={"notice": notice}), LAW)
        assert made.day("standstill").least == least


def test_a_change_of_the_law_makes_no_term_too_short():
    """Counted backward the notice falls before the change with the new term, after it with the old."""
    for number in range(120):
        wanted = asked(
            "competitive_with_negotiation", date(2024, 2, 1) + timedelta(days=number), backward=True
        )
        assert not timeline(wanted, LAW).problems


def test_stand_still_only_where_the_amount_reaches_the_threshold_or_nobody_knows_it():
    assert "standstill" not in days(asked(amount="215999.99", day=date(2026, 12, 1)))
    assert "standstill" in days(asked(amount="216000", day=date(2026, 12, 1)))
    assert "standstill" not in days(asked("negotiated_5", amount="150000"))
    assert "standstill" in days(asked(amount="150000", day=date(2028, 3, 1)))


def test_a_term_that_would_end_on_a_holiday_is_made_longer_by_choice():
    made = timeline(asked(chosen={"notice": date(2027, 1, 29)}), LAW).day("offers")
    assert made.on == date(2027, 3, 1)
    assert "28 febbraio 2027 (domenica)" in made.notes[0]


def test_where_the_law_gives_no_term_the_length_is_an_estimate_of_the_office():
    made = timeline(asked("negotiated_5"), LAW)
    assert made.day("offers").estimate
    assert made.day("offers").least is None
    assert not timeline(asked(), LAW).day("offers").estimate
    assert not timeline(asked(), Law([])).day("offers").rule


def test_a_day_that_breaks_a_shortest_term_says_the_rule():
    notice = date(2027, 3, 1)
    short = asked(day=notice, chosen={"notice": notice, "offers": notice + timedelta(days=29)})
    assert any(
        "29 giorni: ne servono almeno 30 (art. 71" in one for one in timeline(short, LAW).problems
    )
    enough = asked(day=notice, chosen={"notice": notice, "offers": notice + timedelta(days=30)})
    assert not timeline(enough, LAW).problems


def test_longest_terms_are_told_and_broken_ones_too():
    made = timeline(asked(chosen={"notice": date(2027, 5, 31)}, lasting={"evaluation": 300}), LAW)
    assert "Al più tardi il 29 febbraio 2028" in made.day("award").problems[0]
    late = timeline(asked(amount="150000", lasting={"signing": 60}), LAW)
    assert "art. 55" in late.day("signing").problems[0]


def test_the_commission_comes_after_the_deadline():
    day = date(2027, 3, 31)
    same = asked(chosen={"notice": date(2027, 3, 1), "offers": day, "commission": day})
    assert "art. 93, c. 1" in timeline(same, LAW).day("commission").problems[0]


def test_what_is_done_moves_no_more_and_what_came_before_is_not_scolded():
    fixed = {"notice": date(2027, 3, 1), "offers": date(2027, 4, 6)}
    for backward in (True, False):
        made = timeline(
            asked(day=date(2027, 9, 1), backward=backward, fixed=fixed, today=date(2027, 3, 2)), LAW
        )
        assert {code: made.day(code).on for code in fixed} == fixed
        assert made.day("notice").is_fixed
        assert not made.problems
        assert made.day("commission").on > fixed["offers"]


def test_backward_with_too_little_time_says_so():
    made = timeline(
        asked(day=date(2027, 4, 10), backward=True, fixed={"offers": date(2027, 4, 6)}), LAW
    )
    assert any("non c'è abbastanza tempo" in one for one in made.problems)
    past = timeline(asked(day=date(2026, 12, 1), backward=True, today=date(2026, 11, 25)), LAW)
    assert any("È già passato" in one for one in past.problems)


def test_a_term_that_passes_by_itself_is_not_scolded():
    fixed = {"decision": date(2027, 1, 7), "survey": date(2027, 1, 12)}
    made = timeline(
        asked("negotiated_5", day=date(2027, 6, 1), backward=True, survey=True, fixed=fixed,
              chosen={"survey_end": date(2027, 1, 27)}, today=date(2027, 1, 28)), LAW
    )  # fmt: skip
    assert not made.day("survey_end").problems


def test_forward_never_leaves_undone_days_in_the_past():
    made = timeline(
        asked(day=date(2027, 1, 7), fixed={"notice": date(2027, 2, 1), "offers": date(2027, 3, 3)},
              today=date(2027, 5, 3)), LAW
    )  # fmt: skip
    assert made.day("commission").on == date(2027, 5, 3)
    assert "Non prima di oggi" in made.day("commission").how


def test_what_moved_is_told_with_its_reason():
    old = timeline(asked(day=date(2026, 12, 1)), LAW)
    new = timeline(asked(day=date(2026, 12, 1), lasting={"notice": 15}), LAW)
    moved = {one.title: one for one in moves(old, new)}
    assert "Decisione di contrarre" not in moved
    notice = moved["Pubblicazione del bando o invio degli inviti"]
    assert (notice.was, notice.now) == (date(2026, 12, 16), date(2026, 12, 23))
    assert notice.why == "15 giorni d'ufficio dopo «Decisione di contrarre»."
    assert moves(old, old) == []


def test_a_day_that_is_no_longer_needed_is_told_too():
    old = timeline(asked("negotiated_5", survey=True), LAW)
    new = timeline(asked("negotiated_5"), LAW)
    gone = [one.title for one in moves(old, new) if one.now is None]
    assert gone == ["Avviso di indagine di mercato", "Fine dell'indagine di mercato"]


def test_a_last_day_for_answers_comes_before_the_offers():
    for urgent, before in ((False, 6), (True, 4)):
        found = days(asked(urgent=urgent))
        assert (found["offers"] - found["clarifications"]).days == before
    assert "clarifications" not in days(asked("direct_award"))


def test_the_shortest_term_for_offers_of_every_procedure():
    assert least_row("competitive_with_negotiation", urgent=False) == "competitive_offers"
    assert least_row("competitive_dialogue", urgent=True) == "dialogue_requests"
    assert least_row("open_procedure", urgent=True) == "open_urgent"
    assert least_row("negotiated_5", urgent=False) == ""


def test_every_rule_that_the_days_name_exists():
    codes = {code for one in every_link() for codes in one.least.values() for code in codes}
    for code in codes:
        assert LAW.row("minimum_terms", code, date(2026, 11, 25)), code


def test_a_very_long_wait_is_counted_at_once():
    lasting = {one.code: 1000 for one in every_link()}
    for backward in (True, False):
        made = timeline(asked(day=date(2100, 6, 1), backward=backward, lasting=lasting), LAW)
        assert made.days[0].on < made.days[-1].on


LENGTHS = st.fixed_dictionaries(
    {}, optional={one.code: st.integers(0, 60) for one in every_link() if not one.least}
)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(sorted(LABELS)),
    st.dates(date(2026, 12, 1), date(2027, 8, 1)),
    LENGTHS,
    st.booleans(),
    st.tuples(st.integers(1, 28), st.integers(1, 12)),
)
def test_backward_finds_the_last_day_from_which_forward_is_in_time(
    procedure, wanted, lasting, urgent, saint
):
    same = {"lasting": lasting, "urgent": urgent, "saint": saint, "survey": urgent}
    back = timeline(asked(procedure, wanted, backward=True, **same), LAW)
    start = back.days[0].on
    calendar = Calendar(LAW, saint=saint)
    assert not any("servono almeno" in one for one in back.problems)
    assert days(asked(procedure, start, **same))["signing"] <= wanted
    later = calendar.next_office(start + timedelta(days=1))
    assert days(asked(procedure, later, **same))["signing"] > calendar.last_office(wanted)
