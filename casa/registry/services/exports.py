"""Taking the trail out of the house; that too stands in the trail."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, trail
from casa.registry.actor import Actor
from casa.registry.models import Person
from casa.registry.queries.trail import Asked, lines

PER_FETCH = 2000


def export_header() -> Sequence[str]:
    """The titles of the columns."""
    return (_("quando"), _("chi"), _("ente"), _("atto"), _("frase"), _("oggetto"), _("dettagli"))


@transaction.atomic
def export_trail(*, asked: Asked, actor: Actor, now: datetime) -> Iterator[Sequence[object]]:
    """The lines an actor asked for, as rows of a table. One line in the trail says so."""
    if not access.may_see_trail(actor):
        raise Refused(_("Il registro lo esporta chi amministra un ente o gestisce la rete."))
    person = Person.objects.get(pk=actor.person_id)
    filters = {
        name: str(value)
        for name in ("q", "persona", "ente", "atto", "dal", "al")
        if (value := getattr(asked, name))
    }
    found = lines(actor, asked)
    trail.record(
        "registry.trail.exported",
        person,
        actor=actor,
        now=now,
        filters=filters,
        lines=found.count(),
    )
    return _rows(actor, asked)


def _rows(actor: Actor, asked: Asked) -> Iterator[Sequence[object]]:
    for line in lines(actor, asked).iterator(chunk_size=PER_FETCH):
        yield (
            date_format(timezone.localtime(line.at), "Y-m-d H:i:s"),
            line.person.full_name if line.person else "",
            line.body.name if line.body else "",
            line.act,
            trail.sentence(line),
            line.subject_key,
            "; ".join(f"{name}: {trail.plain(value)}" for name, value in line.details.items()),
        )
