"""What the answer says around the two codes: what comes before, notes, what is not known."""

import ast
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from casa.guide.choosing import BadNeed, Need
from casa.guide.choosing.advice import LABELS
from tests.guide.asking import TODAY, ask, codes


def test_what_is_not_known_is_said_and_names_no_procedure():
    early, late = (
        ask("works", "1000", on=date(2023, 6, 30)),
        ask("works", "200000", on=date(2028, 1, 1)),
    )
    for advice, reason in ((early, "d.lgs. 50/2016"), (late, "1 gennaio 2028")):
        assert advice.preferred is None
        assert advice.who is None
        assert reason in advice.unknown[0].text
    small = ask("works", "1000", on=date(2028, 1, 1))
    assert codes(small) == ("direct_award", "self")
    assert "1 gennaio 2028" in small.unknown[0].text
    assert ask("works", "1000", on=date(2027, 12, 31)).unknown == ()


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
        ({"call_off": True, "kind": "concession"}, "non si ordina su un accordo quadro"),
        ({"options": Decimal(-1)}, "più grande di zero"),
        ({"options": Decimal("0.5"), "renewals": Decimal("0.5")}, "solo una parte"),
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
    assert set(told["who"]) == {"code", "why", "citations"}
    assert all(set(one) == {"code", "why", "citations"} for one in told["excluded"])
    assert {one["code"] for one in told["excluded"]} | {
        one["code"] for one in told["admissible"]
    } == set(LABELS)
    assert json.loads(json.dumps(told)) == told


def test_school_catering_of_a_comune_without_a_qualification():
    told = ask("services", "120000", cpv="55523100").as_json()

    assert told["preferred"]["citations"] == [
        "art. 50, c. 1, lett. b), d.lgs. 36/2023", "art. 128, c. 8, d.lgs. 36/2023",
    ]  # fmt: skip
    assert told["preferred"]["why"] == (
        "120.000,00 euro stanno sotto 140.000,00 euro: affidamento diretto di servizi e "
        "forniture, compresi ingegneria e architettura."
    )
    assert told["who"] == {
        "code": "self",
        "why": "Fino a 140.000,00 euro ogni ente fa da solo, anche senza qualificazione.",
        "citations": ["art. 62, c. 1, d.lgs. 36/2023"],
    }
    assert [one["citations"][0] for one in told["before"]] == [
        "art. 14, c. 4, d.lgs. 36/2023", "art. 48, c. 3, d.lgs. 36/2023",
        "art. 1, c. 450, l. 296/2006", "art. 58, d.lgs. 36/2023", "art. 16, d.lgs. 36/2023",
    ]  # fmt: skip
    assert [one["citations"][0] for one in told["notes"]] == [
        "art. 130, c. 1, d.lgs. 36/2023", "art. 108, c. 2, d.lgs. 36/2023",
        "art. 49, c. 2, d.lgs. 36/2023", "art. 17, c. 2, d.lgs. 36/2023",
        "art. 53, c. 4, d.lgs. 36/2023", "art. 55, c. 2, d.lgs. 36/2023",
        "art. 55, d.lgs. 36/2023", "art. 1, cc. 65 e 67, l. 266/2005",
        "art. 57, c. 2, d.lgs. 36/2023", "art. 11, d.lgs. 36/2023",
    ]  # fmt: skip
    assert told["notes"][0]["to_check"]
    assert told["unknown"] == []


def test_two_more_years_of_the_same_catering_change_the_answer():
    advice = ask("services", "240000", cpv="55523100", renewals=Decimal(120000))
    assert codes(advice) == ("negotiated_5", "use_tool")
    assert "compresi 120.000,00 euro di rinnovi" in advice.before[0].text
    assert "triennale degli acquisti" in advice.before[1].text


def test_maintenance_is_another_way_and_a_note_only_where_the_law_allows_it():
    for amount, told in (("500000.00", 0), ("500000.01", 1), ("999999.99", 1), ("1000000", 0)):
        advice = ask("works", amount)
        assert advice.who
        said = [one for one in advice.who.instead if "manutenzione ordinaria" in one.text]
        noted = [one for one in advice.notes if "manutenzione ordinaria" in one.text]
        assert (len(said), len(noted)) == (told, told), amount
        assert ("art. 62, c. 6, lett. c), d.lgs. 36/2023" in json.dumps(advice.as_json())) == told


def test_other_services_that_may_be_social_are_told_and_never_guessed():
    maybe = ask("services", "300000", cpv="85311300")
    assert codes(maybe)[0] == "open_procedure"
    assert "allegato XIV" in maybe.unknown[0].text
    assert maybe.unknown[0].to_check
    assert ask("services", "300000", cpv="85311300", social=True).unknown == ()
    assert ask("services", "300000", cpv="90910000").unknown == ()


def test_terms_and_guarantees_are_those_of_the_day():
    def said(day):
        return " ".join(note.text for note in ask("works", "9000000", on=day).notes)

    assert "firma, sopra soglia: 35 giorni" in said(date(2024, 12, 30))
    assert "firma, sopra soglia: 32 giorni" in said(date(2024, 12, 31))
    assert "2 %" in said(TODAY)
    urgent = " ".join(note.text for note in ask("works", "9000000", urgent=True).notes)
    assert "almeno 15 giorni" in urgent
    assert "almeno 30 giorni" not in urgent


def test_the_engine_holds_no_amount_of_its_own():
    folder = Path(__file__).parents[2] / "casa" / "guide" / "choosing"
    found = [
        (path.name, node.value)
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in (0, 1, 2, 8, 10, 11, 100)
    ]
    assert found == []
