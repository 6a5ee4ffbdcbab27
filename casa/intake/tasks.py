"""Tasks only call one service; the service fetches, locks and may be repeated."""

from django.utils import timezone
from django_tasks import task

from casa.intake import services


@task()
def inspect(upload_id: int) -> None:
    services.inspect(upload_id=upload_id, now=timezone.now())


@task()
def clean(copy_id: int) -> None:
    services.clean(copy_id=copy_id, now=timezone.now())
