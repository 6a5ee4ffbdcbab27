"""The network's own body and its newsroom: the author and the reviewer of the starter content."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Person
from casa.registry.services.bodies import NewBody, create_body

NAME = "Casa dei Comuni – Rete"
OFFICE = "Redazione"
PERSONS = {  # neither of them can log in
    Mandate.Role.AUTHOR: ("Redazione", "della Casa dei Comuni"),
    Mandate.Role.REVIEWER: ("Revisione", "della Casa dei Comuni"),
}


@transaction.atomic
def seed_newsroom(*, actor: Actor, now: datetime) -> Body:
    """The network's body with its newsroom; what is there already stays."""
    body = Body.objects.in_use().filter(kind=Body.Kind.NETWORK, is_demo=False).first()
    if body is None:
        new = NewBody(kind=Body.Kind.NETWORK, name=NAME, office=OFFICE)
        body = create_body(new, actor=actor, now=now)
    for role, (given_name, family_name) in PERSONS.items():
        if not Mandate.objects.filter(body=body, role=role, person__email="").exists():
            person = Person(given_name=given_name, family_name=family_name, is_active=False)
            person.set_unusable_password()
            person.save()
            Mandate.objects.create(
                person=person,
                body=body,
                office=body.offices.get(is_default=True),
                role=role,
                starts_on=timezone.localdate(now),
            )
    return body
