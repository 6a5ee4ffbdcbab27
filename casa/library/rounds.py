"""What the worker does for the library when it starts and again and again after."""

from django.utils import timezone

from casa.foundation import schedule


def register() -> None:
    """Put the rounds on the schedule; called once, when the house opens."""
    schedule.every(schedule.MINUTE, _read_citations, name="library.citations")
    schedule.every(schedule.DAY, wake, name="library.imports")


def wake() -> None:
    """Ask again for archives whose import a stop of the house interrupted."""
    from casa.library.services.importing import wake_runs  # models are not ready when apps load

    wake_runs(now=timezone.now())


def _read_citations() -> None:
    from casa.library.services import read_citations_again  # idem

    read_citations_again()
