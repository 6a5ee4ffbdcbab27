"""How many people read what is shown to everybody, to the network or to one body (A8)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.registry.models import Body, Mandate, NetworkRole
from casa.registry.words import of_body

PUBLIC = "public"
NETWORK = "network"
BODY = "body"


@dataclass(frozen=True, slots=True)
class Readers:
    """Persons who may log in and read, and the bodies they work for.

    `everybody` marks what is read without a log-in: the numbers then count the network.
    """

    persons: int
    bodies: int
    everybody: bool = False


def readers_of(audience: str, body: Body, *, on: date | None = None) -> Readers:
    """Who reads what `body` shows to an audience: `public`, `network` or `body`. Two queries."""
    mandates = _mandates(on or timezone.localdate())
    if audience == BODY:
        own = mandates.filter(body=body).values("person").distinct()
        return Readers(persons=own.count(), bodies=1)
    if audience not in {PUBLIC, NETWORK}:
        raise ValueError(audience)
    return Readers(
        persons=_members(mandates, on=on or timezone.localdate()),
        bodies=mandates.values("body").distinct().count(),
        everybody=audience == PUBLIC,
    )


def audience_sentence(audience: str, body: Body, *, on: date | None = None) -> str:
    """The plain words shown before saving: who will see it, and how many they are."""
    if audience == PUBLIC:
        return _("chiunque, anche senza accesso")
    readers = readers_of(audience, body, on=on)
    if audience == BODY:
        return _own_people(readers, body)
    persons = ngettext(
        "lo vedrà %(count)s persona", "lo vedranno %(count)s persone", readers.persons
    )
    bodies = ngettext("di %(count)s ente", "di %(count)s enti", readers.bodies)
    return f"{_counted(persons, readers.persons)} {_counted(bodies, readers.bodies)}"


def _own_people(readers: Readers, body: Body) -> str:
    whose = of_body(body)
    if not readers.persons:
        return _("per ora nessuno: non c'è ancora nessuna persona %(whose)s") % {"whose": whose}
    if readers.persons == 1:
        return _("solo una persona %(whose)s") % {"whose": whose}
    return _counted(_("solo le %(count)s persone"), readers.persons) + f" {whose}"


def _counted(words: str, count: int) -> str:
    return words % {"count": number_format(count, force_grouping=True)}


def _mandates(on: date) -> QuerySet[Mandate]:
    """Mandates that open the door today: in force, of an open body, of somebody who can log in."""
    in_force = Mandate.objects.in_force(on=on)
    return in_force.filter(body__closed_on=None, person__is_active=True).order_by()


def _members(mandates: QuerySet[Mandate], *, on: date) -> int:
    officers = NetworkRole.objects.in_force(on=on).filter(person__is_active=True)
    persons = mandates.values_list("person_id").union(officers.values_list("person_id"))
    return persons.count()
