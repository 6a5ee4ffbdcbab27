"""What the worker does for dossiers when it starts and again and again after."""

from django.utils import timezone

from casa.foundation import schedule


def register() -> None:
    """Put the rounds on the schedule; called once, when the house opens."""
    schedule.every(schedule.MINUTE, _sweep_sharings, name="dossier.sharings")
    schedule.every(schedule.MINUTE, _sweep_parcels, name="dossier.parcels")


def _sweep_sharings() -> None:
    from casa.dossier.services.sharing import sweep_sharings  # models are not ready when apps load

    sweep_sharings(now=timezone.now())


def _sweep_parcels() -> None:
    from casa.dossier.services.parcels import sweep_parcels  # models are not ready when apps load

    sweep_parcels(now=timezone.now())
