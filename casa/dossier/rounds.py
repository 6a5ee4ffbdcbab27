"""What the worker does for dossiers when it starts and again and again after."""

from django.utils import timezone

from casa.foundation import schedule


def register() -> None:
    """Put the rounds on the schedule; called once, when the house opens."""
    schedule.every(schedule.MINUTE, _sweep_sharings, name="dossier.sharings")


def _sweep_sharings() -> None:
    from casa.dossier.services.sharing import sweep_sharings  # models are not ready when apps load

    sweep_sharings(now=timezone.now())
