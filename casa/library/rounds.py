"""What the worker does for the library when it starts and again and again after."""

from django.utils import timezone

from casa.foundation import schedule

HOUR = 60 * schedule.MINUTE
SOON = 10  # seconds: an author who saves a draft waits for its fields


def register() -> None:
    """Put the rounds on the schedule; called once, when the house opens."""
    schedule.every(schedule.MINUTE, _read_citations, name="library.citations")
    schedule.every(SOON, _read_fields, name="library.fields")
    schedule.every(schedule.MINUTE, _sweep_takings, name="library.takings")
    schedule.every(HOUR, _sweep_announcements, name="library.announcements")
    schedule.every(schedule.DAY, wake, name="library.imports")
    schedule.every(schedule.DAY, _ask, name="library.asking")


def wake() -> None:
    """Ask again for what a stop of the house interrupted: archives, and bundles from elsewhere."""
    from casa.library.services.exchanging import forget_bundles, wake_bundles
    from casa.library.services.importing import wake_runs  # models are not ready when apps load

    wake_runs(now=timezone.now())
    wake_bundles(now=timezone.now())
    forget_bundles(now=timezone.now())


def _ask() -> None:
    from casa.library.services import ask_still_used, ask_to_confirm  # idem
    from casa.library.services.announcing import leave_told
    from casa.library.services.fields import look_again
    from casa.library.services.kit_duties import keep_kits

    leave_told(now=timezone.now())
    keep_kits(now=timezone.now())
    look_again()
    ask_still_used(now=timezone.now())
    ask_to_confirm(now=timezone.now())


def _read_citations() -> None:
    from casa.library.services import read_citations_again  # idem

    read_citations_again()


def _read_fields() -> None:
    from casa.library.services import read_fields_again  # idem

    read_fields_again()


def _sweep_announcements() -> None:
    from casa.library.services.announcing import sweep_announcements  # idem
    from casa.library.services.campaign_duties import sweep_campaigns

    sweep_announcements(now=timezone.now())
    sweep_campaigns(now=timezone.now())


def _sweep_takings() -> None:
    from casa.library.services import sweep_takings, sweep_writings  # idem

    sweep_takings(now=timezone.now())
    sweep_writings(now=timezone.now())
