"""Closing a log-in for good. The person stays as the name under what they did."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casa.registry import access, trail
from casa.registry.actor import Actor
from casa.registry.models import Invitation, JoinRequest, KeptForm, NetworkRole, Person
from casa.registry.queries.mandates import is_over
from casa.registry.services.mandates import end_mandate
from casa.registry.services.network import end_network_role


@transaction.atomic
def close_login(*, person: Person, actor: Actor, now: datetime) -> Person:
    """Nobody comes in with this account any more, and its address is forgotten. Twice is once.

    Roles end at once; refused while a body, or the network, would be left without whoever
    administers it. The sessions end with the password. The lock lets whoever holds a body's go
    on writing a mandate (`no_key`): the two could wait for each other otherwise.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    access.demand_closer(actor, person_id=person.pk)
    if not person.is_active and not person.email:
        return person
    _end_roles(person, actor=actor, now=now)
    _close_doors(person, now=now)
    _empty(person)
    trail.record("registry.person.closed", person, actor=actor, now=now)
    return person


def _end_roles(person: Person, *, actor: Actor, now: datetime) -> None:
    """Each in the trail of its own body. The last administrator is refused there."""
    today = timezone.localdate(now)
    for mandate in person.mandates.order_by("body", "pk"):
        if not is_over(mandate, on=today):
            end_mandate(mandate=mandate, actor=actor, now=now)
    for held in person.network_roles.in_force(on=today):
        role = NetworkRole.Role(held.role)
        end_network_role(person=person, role=role, actor=actor, now=now)
    person.network_roles.filter(starts_on__gt=today).delete()


def _close_doors(person: Person, *, now: datetime) -> None:
    """What they asked, and the invitations they sent or were sent, wait no more."""
    JoinRequest.objects.waiting().filter(person=person).update(
        state=JoinRequest.State.WITHDRAWN, decided_at=now
    )
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None)
    theirs = Q(email__iexact=person.email) & ~Q(email="")
    waiting.filter(Q(invited_by=person) | theirs).update(revoked_at=now)
    Invitation.objects.filter(theirs).update(email="")


def _empty(person: Person) -> None:
    """What opens the door, and what was not yet anybody's to read."""
    for model in (EmailAddress, Authenticator):
        model.objects.filter(user=person).delete()
    KeptForm.objects.filter(person=person).delete()
    person.is_active, person.email = False, ""
    person.set_unusable_password()
    person.save(update_fields=["is_active", "email", "password"])
