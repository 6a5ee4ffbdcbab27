"""Tasks only call one service; the service fetches, locks and may be repeated."""

from django.utils import timezone
from django_tasks import task

from casa.dossier.services import answering, filing, packing


@task()
def share_back(sharing_id: int) -> None:
    """Make the entry of a tender that its bodies share."""
    filing.carry_out_sharing(sharing_id=sharing_id, now=timezone.now())


@task()
def read_model(version_id: int) -> None:
    """Find what a model asks that somebody laid at a step."""
    answering.read_model(version_id)


@task()
def pack_parcel(parcel_id: int) -> None:
    """Pack a file that somebody asked for on the page."""
    packing.carry_out_parcel(parcel_id=parcel_id, now=timezone.now())
