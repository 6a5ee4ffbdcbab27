"""Any need that somebody may type, against an answer reckoned from the second table of facts."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from casa.guide.choosing import KINDS, LEVELS, Need, advise
from casa.guide.choosing.advice import LABELS, WHO_LABELS
from tests.guide.asking import FIRST, LAST, LAW
from tests.guide.test_law import ROWS, facts

CENT = Decimal("0.01")
CODES = [
    row["code"] for row in csv.DictReader((Path(__file__).parents[2] / "data" / "cpv.csv").open())
]
MENSE = ["55523100", "55524000", "55524000-9"]
EDGES = sorted({row.value for row in ROWS if row.unit == "EUR" and row.value} | {Decimal(1)})
DAYS = sorted(
    {
        day + timedelta(days=shift)
        for row in ROWS
        for day in (row.valid_from, row.valid_to)
        for shift in (-1, 0)
        if day and day + timedelta(days=shift) >= FIRST
    }
)
LOWER, HIGHER = ("none", "l3", "sf3"), ("l1", "sf1")
FACTS = facts()


def known(topic: str, code: str, on: date) -> Decimal | None:
    """A number of the second table on a day, without a look at the rows."""
    lines = [one for one in FACTS if (one["topic"], one["code"]) == (topic, code)]
    begun = [one for one in lines if date.fromisoformat(one["from_on"]) <= on]
    if begun:
        value = max(begun, key=lambda one: one["from_on"])["after"]
    else:
        value = min(lines, key=lambda one: one["from_on"])["before"]
    return Decimal(value) if value else None


def procedure_of(need: Need) -> str | None:
    """The procedure by facts.md §2.1, §2.2 and §10, told again in the fewest words."""
    social = need.kind == "services" and (need.social or need.cpv[:8] in ("55523100", "55524000"))
    works = need.kind in ("works", "concession")
    name = "eu_works" if works else "eu_social" if social else "eu_supplies_services"
    threshold = known("thresholds", name, need.on)
    direct = known("procedures", "da_works" if need.kind == "works" else "da_services", need.on)
    if need.kind != "concession" and need.amount < direct:
        below = "direct_award"
    elif threshold is None:
        return None
    elif need.amount >= threshold:
        below = "social_light_regime" if social else "open_procedure"
    elif need.kind == "concession":
        below = "concession_negotiated_10"
    else:
        ten = need.kind == "works" and need.amount >= known("procedures", "neg_works_10", need.on)
        below = "negotiated_10" if ten else "negotiated_5"
    if need.call_off:
        return "framework_call_off"
    if need.cross_border and below not in ("social_light_regime", "open_procedure"):
        return "open_procedure"
    return below


def may_run_alone(need: Need) -> bool | None:
    """Who by facts.md §2.4: whether the body may run it by itself; None where nobody knows."""
    if need.kind == "concession":
        return need.qualification not in LOWER
    works = need.kind == "works"
    if need.amount <= known("qualification", f"alone_{'works' if works else 'services'}", need.on):
        return True
    if not need.qualification.startswith("l" if works else "sf"):
        return False
    if need.qualification in HIGHER:
        return True
    code = {"l3": "l3_works", "sf3": "sf3_services", "sf2": "sf2_services"}.get(need.qualification)
    most = (
        known("qualification", code, need.on) if code else known("thresholds", "eu_works", need.on)
    )
    return None if most is None else need.amount <= most


@st.composite
def needs(draw):
    """A need of any kind, near the limits of the law as often as not, with lots and with options."""
    edge = st.builds(
        lambda value, cents: value + cents * CENT, st.sampled_from(EDGES), st.integers(-1, 1)
    )
    amount = draw(edge | st.decimals("0.04", "30000000", places=2, allow_nan=False))
    kind = draw(st.sampled_from(KINDS))
    lots = draw(st.integers(1, 4))
    cuts = sorted(
        draw(st.lists(st.integers(1, max(1, int(amount * 100) - 1)), max_size=3, unique=True))
    )
    parts = [Decimal(b - a) / 100 for a, b in pairwise([0, *cuts, int(amount * 100)])]
    flags = {name: draw(st.booleans()) for name in ("urgent", "pnrr", "cross_border")}
    return Need(
        kind=kind,
        amount=amount,
        on=draw(st.sampled_from(DAYS) | st.dates(FIRST, date(2035, 12, 31))),
        cpv=draw(st.sampled_from(["", *MENSE]) | st.sampled_from(CODES)),
        qualification=draw(st.sampled_from(LEVELS)),
        social=kind == "services" and draw(st.booleans()),
        call_off=kind != "concession" and draw(st.booleans()),
        lots=tuple(parts) if lots > 1 and all(parts) else (),
        renewals=draw(st.sampled_from([Decimal(0), amount - CENT]))
        if amount > CENT
        else Decimal(0),
        **flags,
    )


@settings(max_examples=200, deadline=None)
@given(need=needs())
@example(need=Need(kind="works", amount=Decimal("150000.00"), on=FIRST))
@example(need=Need(kind="services", amount=Decimal("140000.00"), on=LAST))
@example(need=Need(kind="services", amount=Decimal("750000.00"), on=LAST, cpv="55523100"))
@example(need=Need(kind="works", amount=Decimal("5404000.00"), on=date(2025, 12, 31)))
@example(need=Need(kind="services", amount=Decimal("216000.00"), on=date(2026, 1, 1)))
def test_any_need_has_exactly_the_procedure_and_the_who_of_the_facts_or_a_reason(need):
    advice = advise(need, LAW)
    assert advise(need, LAW).as_json() == advice.as_json()
    expected, alone = procedure_of(need), may_run_alone(need)
    if advice.preferred is None or advice.who is None:
        assert advice.preferred is advice.who is None
        assert need.on > LAST
        assert advice.unknown[0].text.startswith("Non so")
        return
    assert advice.preferred.code == expected
    assert (advice.who.code == "self") == alone
    assert advice.who.code in WHO_LABELS
    allowed, closed = ([one.code for one in them] for them in (advice.admissible, advice.excluded))
    assert allowed[0] == advice.preferred.code
    assert sorted([*allowed, *closed]) == sorted(LABELS)
    assert all(one.text.strip() for one in (*advice.before, *advice.notes, *advice.unknown))
