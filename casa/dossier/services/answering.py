"""Answering the questions of a tender, and finding out what its models ask."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.casework.access import may_work
from casa.dossier import queries
from casa.dossier.models import Answer, Dossier, Paper
from casa.dossier.services.locking import locked, remember
from casa.foundation.errors import Refused
from casa.library import services as library
from casa.library.models import FieldReading
from casa.registry.actor import Actor


@transaction.atomic
def answer(
    pk: int, given: Mapping[str, object], *, actor: Actor, now: datetime
) -> Sequence[Answer]:
    """Keep the answers that are new or changed; None takes one back. Gives the rows written.

    What a reserved document asks is left alone by who may not read it yet.
    """
    dossier = locked(pk)
    demand_worker(actor, dossier)
    known = queries.answers_of(dossier)
    secret = queries.secret_names(actor, dossier, now=now)
    changed = [
        name
        for name, value in given.items()
        if name not in secret and (known[name].value if name in known else None) != value
    ]
    rows = Answer.objects.bulk_create(
        Answer(
            dossier=dossier,
            name=name,
            value=given[name],
            given_by_id=actor.person_id,
            given_at=now,
        )
        for name in changed
    )
    if rows:
        remember("answered", dossier, actor=actor, now=now, count=str(len(rows)))
    return rows


def read_models(papers: Sequence[Paper]) -> None:
    """Find what models ask for that nobody has looked at yet. Safe to repeat."""
    for paper in papers:
        read_model(paper.version_id or 0)


def read_model(version_id: int) -> None:
    """The same for one version, as the worker does when it is laid at a step."""
    seen = FieldReading.objects.filter(version=version_id).exists()
    if not seen:
        library.read_fields(version_id=version_id)


def demand_worker(actor: Actor, dossier: Dossier) -> None:
    """Refuse who works for neither of the two bodies."""
    if not may_work(actor, dossier.case):
        raise Refused(_("Risponde e produce chi lavora per uno dei due enti."))
