"""Asking the engine with the rules of `data/guide`, on a fixed day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from casa.guide.choosing import Advice, Need, advise
from casa.guide.law import Law, read_folder

LAW = Law(read_folder(Path(__file__).parents[2] / "data" / "guide"))
TODAY = date(2026, 11, 1)
FIRST, LAST = date(2023, 7, 1), date(2027, 12, 31)


def ask(kind: str, amount: str, *, on: date = TODAY, **more: object) -> Advice:
    """The answer to one need."""
    return advise(Need(kind=kind, amount=Decimal(amount), on=on, **more), LAW)


def codes(advice: Advice) -> tuple[str, str]:
    """Which procedure and who, where both are known."""
    assert advice.preferred
    assert advice.who
    return advice.preferred.code, advice.who.code
