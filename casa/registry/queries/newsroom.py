"""The newsroom of the network: who writes and who reviews the starter content."""

from dataclasses import dataclass
from datetime import date

from casa.registry.actor import Actor, actor_for
from casa.registry.models import Body, Mandate, Office


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The network's body, its office, and the two persons without a log-in."""

    body: Body
    office: Office
    author: Actor
    reviewer: Actor


def newsroom(*, on: date) -> Newsroom:
    """The newsroom as `prepare` made it."""
    body = Body.objects.in_use().get(kind=Body.Kind.NETWORK, is_demo=False)
    author, reviewer = (
        _holder(body, role, on=on) for role in (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER)
    )
    office = body.offices.get(is_default=True)
    return Newsroom(body=body, office=office, author=author, reviewer=reviewer)


def _holder(body: Body, role: Mandate.Role, *, on: date) -> Actor:
    mandates = Mandate.objects.filter(body=body, role=role, person__email="")
    first = mandates.select_related("person").earliest("pk")
    return actor_for(first.person, on=on, acting_for=body.pk)
