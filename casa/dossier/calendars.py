"""What the worker forgets of people's own calendars."""

from casa.foundation import schedule


def register() -> None:
    """Put it on the schedule; called once, when the house opens."""
    schedule.every(schedule.DAY, _forget, name="dossier.calendars")


def _forget() -> None:
    from casa.dossier.services.feeding import forget_closed  # models are not ready when apps load

    forget_closed()
