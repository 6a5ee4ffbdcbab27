"""The steps of a tender, procedure by procedure, against the same lists written a second time."""

import pytest

from casa.dossier.steps import UNSURE, rows, steps_for
from casa.guide.choosing.advice import LABELS

BEGINNING = ["rup", "conflict", "programme", "specifications"]
END = ["verification", "award", "communications", "signing", "performance", "certificate"]
CALLED = ["tender_papers", "publication", "clarifications"]
CHOSEN = ["commission", "evaluation", *END]
STEPS = {
    "direct_award": [*BEGINNING, "green", "quotes", *END],
    "negotiated_5": [*BEGINNING, "green", "decision", "market", *CALLED, *CHOSEN],
    "open_procedure": [*BEGINNING, "green", "decision", *CALLED, *CHOSEN],
    "restricted_procedure": [
        *BEGINNING, "green", "decision", *CALLED, "candidates", "invitations", *CHOSEN,
    ],
    "competitive_with_negotiation": [
        *BEGINNING, "green", "premise", "decision", *CALLED, "candidates", "invitations",
        "commission", "negotiation", "evaluation", *END,
    ],
    "competitive_dialogue": [
        *BEGINNING, "green", "premise", "decision", *CALLED, "candidates", "dialogue",
        "invitations", *CHOSEN,
    ],
    "innovation_partnership": [
        *BEGINNING, "green", "premise", "decision", *CALLED, "candidates", "invitations",
        "commission", "negotiation", "evaluation", *END[:-1], "research", "certificate",
    ],
    "negotiated_without_notice": [
        *BEGINNING, "green", "premise", "decision", "operators", *CALLED, *CHOSEN,
    ],
    "social_light_regime": [
        *BEGINNING, "quality", "green", "decision", "light_notice", *CALLED, *CHOSEN,
    ],
    "framework_call_off": [*BEGINNING, "green", "framework", "call_off_offers", *END],
}  # fmt: skip
STEPS["negotiated_10"] = STEPS["negotiated_5"]
PLANNED = [*BEGINNING, "financial_plan", "green", "decision", "market", *CALLED, *CHOSEN]
NOT_VERIFIED = {"financial_plan", "dialogue", "negotiation", "research", "call_off_offers"}


def codes(procedure, *, kind="services", delegated=False):
    return [step.code for step in steps_for(procedure, delegated=delegated, kind=kind)]


@pytest.mark.parametrize("procedure", STEPS)
def test_each_procedure_has_its_own_steps_in_order(procedure):
    assert codes(procedure) == STEPS[procedure]


def test_a_concession_has_its_financial_plan_whatever_its_procedure():
    assert codes("concession_negotiated_10", kind="concession") == PLANNED
    assert "financial_plan" in codes("open_procedure", kind="concession")
    assert "financial_plan" not in codes("open_procedure", kind="works")
    assert {*STEPS, "concession_negotiated_10"} == set(LABELS)


@pytest.mark.parametrize("procedure", LABELS)
def test_with_a_sua_every_procedure_has_the_request_and_the_second_officer(procedure):
    steps = steps_for(procedure, delegated=True)
    assert {"request", "award_officer"} <= {step.code for step in steps}
    assert {"request", "award_officer"}.isdisjoint(codes(procedure))
    assert all(step.title and step.papers and step.citation for step in steps)


def test_what_no_source_confirms_says_that_it_is_to_be_checked():
    unsure = {
        step.code
        for procedure in LABELS
        for step in steps_for(procedure, delegated=True, kind="concession")
        if step.citation.endswith(f"({UNSURE})")
    }
    assert unsure == NOT_VERIFIED == {row["code"] for row in rows() if row.get("to_check")}


def test_an_order_is_told_in_its_own_words():
    titles = {step.code: step.title for step in steps_for("framework_call_off", delegated=False)}
    assert "ordinare sull'accordo quadro" in titles["award"]
    assert titles["signing"] == "Firmare il contratto attuativo"
    others = {step.code: step.title for step in steps_for("direct_award", delegated=False)}
    assert others["signing"] == "Firmare il contratto"
