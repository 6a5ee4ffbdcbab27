"""Tasks only call one service; the service fetches, locks and may be repeated."""

from django_tasks import task

from casa.dossier.services import answering


@task()
def read_model(version_id: int) -> None:
    """Find what a model asks that somebody laid at a step."""
    answering.read_model(version_id)
