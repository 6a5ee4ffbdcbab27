"""What the worker does for the library when it starts and every day after."""

from django.utils import timezone


def wake() -> None:
    """Ask again for archives whose import a stop of the house interrupted."""
    from casa.library.services.importing import wake_runs  # models are not ready when apps load

    wake_runs(now=timezone.now())
