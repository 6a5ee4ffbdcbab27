"""What a tender tells in figures: how long each phase took, how big it was, what it bought."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from casa.casework.models import Phase, Step
from casa.library.models.choices import AmountBand

BANDS = (
    (Decimal(40_000), AmountBand.UP_TO_40K),
    (Decimal(150_000), AmountBand.UP_TO_150K),
    (Decimal(1_000_000), AmountBand.UP_TO_1M),
    (Decimal(5_000_000), AmountBand.UP_TO_5M),
)
PROCEDURE_TYPES = {
    "negotiated_5": "negotiated",
    "negotiated_10": "negotiated",
    "negotiated_without_notice": "negotiated",
    "concession_negotiated_10": "negotiated",
    "social_light_regime": "open_procedure",
}
"""What the library calls a procedure, when not by the guide's own code."""


def band_of(amount: Decimal) -> str:
    """The round band of an amount; its upper end belongs to it."""
    return next((band for most, band in BANDS if amount <= most), AmountBand.OVER_5M)


def division_of(cpv: str) -> str:
    """The branch of a CPV: its first two digits; empty without a CPV."""
    return cpv[:2]


def code_of(cpv: str) -> list[str]:
    """A CPV as the library keeps it: eight digits, without the check digit."""
    digits = cpv[:8]
    return [digits] if len(digits) == 8 and digits.isdigit() else []  # noqa: PLR2004


def procedure_type_of(code: str) -> str:
    """The library's word for a procedure of the guide."""
    return PROCEDURE_TYPES.get(code, code)


def days_by_phase(opened_on: date, steps: Iterable[Step]) -> Mapping[str, int]:
    """How many days each phase took, from the last thing done in the phase before it.

    Only what was done counts: a skipped step took no time. A phase of which nothing was done is
    not told. What was done before the dossier was opened begins with the first of it.
    """
    done = [(step.phase, step.done_on) for step in steps if step.state == Step.State.DONE]
    days = [(phase, day) for phase, day in done if day is not None]
    start = min([opened_on, *(day for _phase, day in days)])
    told = {}
    for phase in Phase.values:
        ends = [day for one, day in days if one == phase]
        if ends:
            told[phase] = max(0, (max(ends) - start).days)
            start = max(start, *ends)
    return told
