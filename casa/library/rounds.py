"""What the library does again and again in the worker."""

from casa.foundation import schedule
from casa.library import services


def register() -> None:
    """Put the rounds on the schedule; called once, when the house opens."""
    schedule.every(schedule.MINUTE, services.read_citations_again, name="library.citations")
