"""Where entries come from, who adapted them, and how far the copies are behind."""

from dataclasses import dataclass

from django.db.models import QuerySet

from casa.library.models import Arrival, Basis, Derivation, Entry, Version
from casa.library.queries.exchange import arrival_of
from casa.registry.actor import Actor
from casa.registry.models import Body, Office


@dataclass(frozen=True, slots=True)
class Origin:
    """Of a copy: its source (None where the actor may not read it), and what it follows."""

    source: Entry | None
    body: Body
    number: int
    behind: int


@dataclass(frozen=True, slots=True)
class Descent:
    """What an entry's page says of its family."""

    origin: Origin | None
    copies: int
    arrival: Arrival | None = None


def descent_of(entry: Entry, version: Version | None, actor: Actor) -> Descent:
    """Source and copies of an entry, and whence it arrived. Four queries at most, five for what
    came from another installation."""
    copies = Derivation.objects.filter(  # a draft is nobody else's business
        source=entry, entry__current__isnull=False, entry__withdrawn_at=None
    ).count()
    return Descent(origin=_origin(entry, version, actor), copies=copies, arrival=arrival_of(entry))


def copies_by(body: Body, entry: Entry) -> QuerySet[Entry]:
    """The copies that the body already made of the entry."""
    return Entry.objects.filter(body=body, derivation__source=entry, withdrawn_at=None)


def offices_of(body: Body) -> QuerySet[Office]:
    """The offices that may look after something."""
    return Office.objects.filter(body=body, closed_on=None).order_by("-is_default", "name")


def _origin(entry: Entry, version: Version | None, actor: Actor) -> Origin | None:
    derivation = Derivation.objects.filter(entry=entry).select_related("source__body").first()
    if derivation is None:
        return None
    basis = Basis.objects.filter(version=version).select_related("source_version").first()
    visible = Entry.objects.visible_to(actor).filter(pk=derivation.source_id).exists()
    return Origin(
        source=derivation.source if visible else None,
        body=derivation.source.body,
        number=basis.source_version.number if basis else 0,
        behind=derivation.behind,
    )
