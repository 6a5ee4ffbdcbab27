"""Which procedure and who: exact to the cent, on both sides of every day, for any need."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.guide.choosing import KINDS, LEVELS, Advice, BadNeed, Need, advise
from casa.guide.choosing.advice import LABELS, WHO_LABELS
from casa.guide.law import Law, read_folder

LAW = Law(read_folder(Path(__file__).parents[2] / "data" / "guide"))
TODAY = date(2026, 11, 1)
FIRST, LAST = date(2023, 7, 1), date(2027, 12, 31)


def ask(kind: str, amount: str, *, on: date = TODAY, **more: object) -> Advice:
    return advise(Need(kind=kind, amount=Decimal(amount), on=on, **more), LAW)


def codes(advice: Advice) -> tuple[str, str]:
    assert advice.preferred
    assert advice.who
    return advice.preferred.code, advice.who.code


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
    ("services", "750000.00", {"cpv": "55523100"}, "social_light_regime", "use_tool"),
    ("services", "750000.01", {"social": True}, "social_light_regime", "ask_sua"),
    ("supplies", "749999.99", {"cpv": "55523100"}, "open_procedure", "ask_sua"),
    ("concession", "5403999.99", {}, "concession_negotiated_10", "ask_sua"),
    ("concession", "5404000.00", {"qualification": "l2"}, "open_procedure", "self"),
    ("concession", "10000", {"qualification": "sf3"}, "concession_negotiated_10", "ask_sua"),
    ("services", "100000", {"cross_border": True}, "open_procedure", "self"),
]


@pytest.mark.parametrize(("kind", "amount", "more", "procedure", "who"), LADDER)
def test_the_ladder_is_exact_to_the_cent(kind, amount, more, procedure, who):
    assert codes(ask(kind, amount, **more)) == (procedure, who)


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


def test_what_is_not_known_is_said_and_names_no_procedure():
    early, late = (
        ask("works", "1000", on=date(2023, 6, 30)),
        ask("works", "200000", on=date(2028, 1, 1)),
    )
    for advice, reason in ((early, "d.lgs. 50/2016"), (late, "01/01/2028")):
        assert advice.preferred is None
        assert advice.who is None
        assert reason in advice.unknown[0].text
    assert codes(ask("works", "1000", on=date(2028, 1, 1))) == ("direct_award", "self")


def test_at_the_very_amount_the_note_tells_what_the_platform_does():
    for kind, amount, told in (
        ("works", "150000", "150.000 euro esatti"),
        ("services", "140000", "140.000 euro esatti"),
        ("works", "500000", "500.000 euro esatti"),
    ):
        notes = [note.text for note in ask(kind, amount).notes]
        assert any(told in note for note in notes), notes
        beside = str(Decimal(amount) + Decimal("0.01"))
        assert not any(told in note.text for note in ask(kind, beside).notes)


def test_lots_decide_by_their_sum_and_small_ones_are_told():
    lots = (Decimal(60000), Decimal(240000))
    advice = ask("services", "300000", lots=lots)
    assert codes(advice)[0] == "open_procedure"
    assert any("60.000,00 euro" in note.text for note in advice.notes)
    with pytest.raises(BadNeed, match=r"I lotti fanno in tutto 300\.000,00 euro"):
        ask("services", "250000", lots=lots)


def test_funds_of_the_recovery_plan_are_not_known_here():
    assert any("PNRR" in one.text for one in ask("works", "1000", pnrr=True).unknown)
    assert ask("works", "1000").unknown == ()


@pytest.mark.parametrize(
    ("need", "complaint"),
    [
        ({"kind": "gifts"}, "lavori, forniture"),
        ({"amount": Decimal(0)}, "più grande di zero"),
        ({"amount": Decimal("NaN")}, "più grande di zero"),
        ({"amount": Decimal("1.001")}, "più di due decimali"),
        ({"amount": Decimal("1e12")}, "troppo grande"),
        ({"cpv": "555"}, "otto cifre"),
        ({"qualification": "l9"}, "livello di qualificazione"),
        ({"social": True, "kind": "works"}, "Solo i servizi"),
    ],
)
def test_a_need_that_cannot_be_is_refused_in_words(need, complaint):
    with pytest.raises(BadNeed, match=complaint):
        Need(**{"kind": "services", "amount": Decimal(1), "on": TODAY, **need})


def test_the_json_has_the_keys_and_codes_of_the_manual():
    told = ask("services", "120000", cpv="55523100").as_json()
    assert set(told) == {
        "preferred", "who", "admissible", "excluded", "before", "notes", "unknown",
    }  # fmt: skip
    assert set(told["preferred"]) == {"code", "label", "why", "citations"}
    assert {one["code"] for one in told["excluded"]} | {
        one["code"] for one in told["admissible"]
    } == set(LABELS)
    assert json.loads(json.dumps(told)) == told


amounts = st.decimals(min_value="0.01", max_value="20000000", places=2, allow_nan=False)


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    amount=amounts | st.sampled_from([Decimal(row[1]) for row in LADDER]),
    on=st.dates(FIRST, LAST),
    qualification=st.sampled_from(LEVELS),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    cpv=st.sampled_from(["", "55523100", "45233141", "85311300"]),
)
def test_any_need_has_one_procedure_and_one_who(kind, amount, on, qualification, flags, cpv):
    urgent, pnrr, cross_border, social = flags
    need = Need(
        kind=kind, amount=amount, on=on, qualification=qualification, cpv=cpv, urgent=urgent,
        pnrr=pnrr, cross_border=cross_border, social=social and kind == "services",
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
