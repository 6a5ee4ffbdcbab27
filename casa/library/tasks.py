"""Tasks only call one service; the service fetches, locks and may be repeated."""

from django.utils import timezone
from django_tasks import task

from casa.library import services


@task()
def bring_in(run_id: int) -> None:
    """Carry on with an import that was asked for on the page."""
    services.carry_on(run_id=run_id, now=timezone.now())
