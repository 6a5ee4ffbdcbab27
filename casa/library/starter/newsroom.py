"""Who publishes our texts: the network's body, its author and its reviewer, who never log in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils import timezone

from casa.registry.actor import Actor, actor_for
from casa.registry.models import Body, Mandate, Office, Person


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The body with its two hands."""

    body: Body
    office: Office
    author: Actor
    reviewer: Actor

    @classmethod
    def today(cls, now: datetime) -> Self | None:
        """The newsroom as it is in office today; None when a mandate has ended."""
        network = Body.objects.in_use().filter(kind=Body.Kind.NETWORK, is_demo=False)
        body = network.first()
        author = _holder(body, Mandate.Role.AUTHOR, now) if body else None
        reviewer = _holder(body, Mandate.Role.REVIEWER, now) if body else None
        if body is None or author is None or reviewer is None:
            return None
        return cls(body, body.offices.get(is_default=True), author, reviewer)

    def made_alone(self, editor_ids: list[int]) -> bool:
        """Nobody else had a hand in it."""
        return set(editor_ids) <= {self.author.person_id, self.reviewer.person_id}


def _holder(body: Body, role: Mandate.Role, now: datetime) -> Actor | None:
    """The person without an address who holds the role."""
    today = timezone.localdate(now)
    mandates = Mandate.objects.in_force(on=today).filter(body=body, role=role)
    persons = Person.objects.filter(mandates__in=mandates, email="")
    person = persons.order_by("pk").first()
    return actor_for(person, on=today, acting_for=body.pk) if person else None
