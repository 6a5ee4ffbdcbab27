"""What happens to a file: received, inspected, cleaned, forgotten when nobody needs it."""

from casa.intake.services.cleaning import clean, sweep_copies
from casa.intake.services.deleting import discard
from casa.intake.services.duplicating import duplicate
from casa.intake.services.examining import examine
from casa.intake.services.expiring import expire, remove_demo
from casa.intake.services.inspecting import inspect, sweep
from casa.intake.services.preparing import Choice, prepare
from casa.intake.services.receiving import receive, take_in

__all__ = [
    "Choice",
    "clean",
    "discard",
    "duplicate",
    "examine",
    "expire",
    "inspect",
    "prepare",
    "receive",
    "remove_demo",
    "sweep",
    "sweep_copies",
    "take_in",
]
