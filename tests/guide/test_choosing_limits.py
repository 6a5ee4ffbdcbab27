"""Which procedure and who: exact to the cent, on both sides of every day, for any need."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.guide.choosing import KINDS, LEVELS, Need, advise
from casa.guide.choosing.advice import LABELS, WHO_LABELS
from tests.guide.asking import FIRST, LAST, LAW, TODAY, ask, codes

LADDER = [
    ("works", "149999.99", {}, "direct_award", "self"),
    ("works", "150000.00", {}, "negotiated_5", "self"),
    ("works", "500000.00", {}, "negotiated_5", "self"),
    ("works", "500000.01", {}, "negotiated_5", "ask_sua"),
    ("works", "999999.99", {"qualification": "l3"}, "negotiated_5", "self"),
    ("works", "1000000.00", {"qualification": "l3"}, "negotiated_10", "self"),
    ("works", "1000000.01", {"qualification": "l3"}, "negotiated_10", "ask_sua"),
    ("works", "5403999.99", {"qualification": "l2"}, "negotiated_10", "self"),
    ("works", "5404000.00", {"qualification": "l2"}, "open_procedure", "self"),
    ("works", "5404000.01", {"qualification": "l2"}, "open_procedure", "ask_sua"),
    ("works", "90000000", {"qualification": "l1"}, "open_procedure", "self"),
    ("works", "600000", {"qualification": "sf1"}, "negotiated_5", "ask_sua"),
    ("services", "139999.99", {}, "direct_award", "self"),
    ("services", "140000.00", {}, "negotiated_5", "self"),
    ("services", "140000.01", {}, "negotiated_5", "use_tool"),
    ("supplies", "215999.99", {}, "negotiated_5", "use_tool"),
    ("supplies", "216000.00", {}, "open_procedure", "ask_sua"),
    ("supplies", "750000.00", {"qualification": "sf3"}, "open_procedure", "self"),
    ("supplies", "750000.01", {"qualification": "sf3"}, "open_procedure", "ask_sua"),
    ("services", "5000000.01", {"qualification": "sf2"}, "open_procedure", "ask_sua"),
    ("services", "5000000.01", {"qualification": "sf1"}, "open_procedure", "self"),
    ("services", "120000", {"cpv": "55523100"}, "direct_award", "self"),
    ("services", "749999.99", {"cpv": "55524000-9"}, "negotiated_5", "use_tool"),
    ("services", "750000.00", {"cpv": "55523100"}, "social_light_regime", "ask_sua"),
    ("services", "750000.01", {"social": True}, "social_light_regime", "ask_sua"),
    ("supplies", "749999.99", {"cpv": "55523100"}, "open_procedure", "ask_sua"),
    ("concession", "5403999.99", {}, "concession_negotiated_10", "ask_sua"),
    ("concession", "5404000.00", {"qualification": "l2"}, "open_procedure", "self"),
    ("concession", "10000", {"qualification": "sf3"}, "concession_negotiated_10", "ask_sua"),
    ("services", "100000", {"cross_border": True}, "open_procedure", "self"),
    ("services", "300000", {"call_off": True}, "framework_call_off", "use_convention"),
    (
        "services",
        "300000",
        {"call_off": True, "qualification": "sf3"},
        "framework_call_off",
        "self",
    ),
    ("works", "700000", {"call_off": True}, "framework_call_off", "use_convention"),
]


@pytest.mark.parametrize(("kind", "amount", "more", "procedure", "who"), LADDER)
def test_the_ladder_is_exact_to_the_cent(kind, amount, more, procedure, who):
    assert codes(ask(kind, amount, **more)) == (procedure, who)


PERIODS = [
    (date(2023, 7, 1), date(2023, 12, 31), "5382000", "215000"),
    (date(2024, 1, 1), date(2025, 12, 31), "5538000", "221000"),
    (date(2026, 1, 1), date(2027, 12, 31), "5404000", "216000"),
]
"""First and last day of each European regulation; works and concessions; supplies and services."""
SIDES = {
    "works": ("negotiated_10", "open_procedure"),
    "concession": ("concession_negotiated_10", "open_procedure"),
    "supplies": ("negotiated_5", "open_procedure"),
    "services": ("negotiated_5", "open_procedure"),
    "social": ("negotiated_5", "social_light_regime"),
}


@pytest.mark.parametrize(("first", "last", "works", "services"), PERIODS)
@pytest.mark.parametrize("what", SIDES)
def test_the_european_threshold_is_exact_to_the_cent_on_both_days(
    what, first, last, works, services
):
    values = {"works": works, "concession": works, "social": "750000"}
    value = Decimal(values.get(what, services))
    kind, social = ("services", True) if what == "social" else (what, False)
    below, above = SIDES[what]
    for day in (first, last):
        for cents, code in ((-1, below), (0, above), (1, above)):
            advice = ask(kind, str(value + Decimal(cents) / 100), on=day, social=social)
            assert codes(advice)[0] == code, (day, cents)


@pytest.mark.parametrize("day", [FIRST, date(2024, 12, 30), date(2024, 12, 31), TODAY, LAST])
def test_the_amounts_of_italy_are_the_same_on_every_day(day):
    for kind, limit in (("works", 150000), ("services", 140000), ("supplies", 140000)):
        sides = (Decimal(limit) + Decimal(cents) / 100 for cents in (-1, 0, 1))
        found = [codes(ask(kind, str(amount), on=day))[0] for amount in sides]
        assert found == ["direct_award", "negotiated_5", "negotiated_5"], kind


@pytest.mark.parametrize(
    ("kind", "amount", "last", "before", "after"),
    [
        ("works", "5382000", date(2023, 12, 31), "open_procedure", "negotiated_10"),
        ("works", "5404000", date(2025, 12, 31), "negotiated_10", "open_procedure"),
        ("services", "215000", date(2023, 12, 31), "open_procedure", "negotiated_5"),
        ("services", "216000", date(2025, 12, 31), "negotiated_5", "open_procedure"),
    ],
)
def test_the_day_of_the_notice_decides(kind, amount, last, before, after):
    assert codes(ask(kind, amount, on=last))[0] == before
    assert codes(ask(kind, amount, on=last + timedelta(days=1)))[0] == after


def test_at_the_very_amount_the_note_tells_what_the_platform_does():
    for kind, amount, told in (
        ("works", "150000", "150.000 euro esatti"),
        ("services", "140000", "140.000 euro esatti"),
        ("works", "500000", "500.000 euro esatti"),
        ("services", "750000", "750.000 euro esatti"),
    ):
        social = amount == "750000"
        notes = [note.text for note in ask(kind, amount, social=social).notes]
        assert any(told in note for note in notes), notes
        for cent in ("0.01", "-0.01"):
            beside = ask(kind, str(Decimal(amount) + Decimal(cent)), social=social)
            assert not any(told in note.text for note in beside.notes)


@settings(max_examples=100, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    amount=st.decimals(min_value="0.01", max_value="20000000", places=2),
    on=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
)
def test_on_any_day_there_is_an_answer_or_a_reason(kind, amount, on):
    advice = advise(Need(kind=kind, amount=amount, on=on), LAW)
    assert (advice.preferred is None) == (advice.who is None)
    known = FIRST <= on <= LAST
    assert advice.preferred or not known
    assert any(one.text.startswith("Non so") for one in advice.unknown) != known


amounts = st.decimals(min_value="0.01", max_value="20000000", places=2, allow_nan=False)


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    amount=amounts | st.sampled_from([Decimal(row[1]) for row in LADDER]),
    on=st.dates(FIRST, LAST),
    qualification=st.sampled_from(LEVELS),
    flags=st.tuples(*[st.booleans()] * 5),
    cpv=st.sampled_from(["", "55523100", "45233141", "85311300"]),
)
def test_any_need_has_one_procedure_and_one_who(kind, amount, on, qualification, flags, cpv):
    urgent, pnrr, cross_border, social, call_off = flags
    need = Need(
        kind=kind, amount=amount, on=on, qualification=qualification, cpv=cpv, urgent=urgent,
        pnrr=pnrr, cross_border=cross_border, social=social and kind == "services",
        call_off=call_off and kind != "concession",
    )  # fmt: skip
    advice = advise(need, LAW)
    assert advice.preferred
    assert advice.preferred.code in LABELS
    assert advice.who
    assert advice.who.code in WHO_LABELS
    assert advice.admissible[0] == advice.preferred
    allowed, barred = (
        {one.code for one in group} for group in (advice.admissible, advice.excluded)
    )
    assert not allowed & barred
    assert allowed | barred == set(LABELS)
    assert all(one.reason.citations for one in (*advice.admissible, *advice.excluded))
