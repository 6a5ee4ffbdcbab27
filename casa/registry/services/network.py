"""Roles for the whole network: given and taken away by its managers, the first by the operator."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, trail
from casa.registry.actor import Actor
from casa.registry.models import Body, NetworkRole, Person
from casa.registry.services import accounts


@transaction.atomic
def register_person(
    *, email: str, given_name: str, family_name: str, actor: Actor, now: datetime
) -> Person:
    """The person with that address, made without a password when there is none.

    A sign-up that nobody confirmed is no person yet: see `accounts.take_over`.
    """
    names = {"given_name": given_name, "family_name": family_name}
    named = Person.objects.filter(email__iexact=email)
    person = named.select_for_update(of=["self"]).first()
    if person and not accounts.unproved(named).exists():
        return person
    if person is None:
        person = Person.objects.create_user(email, **names)
    accounts.take_over(person=person, **names)
    trail.record("registry.person.created", person, actor=actor, now=now)
    return person


@transaction.atomic
def grant_network_role(
    *, person: Person, role: NetworkRole.Role, actor: Actor, now: datetime
) -> NetworkRole:
    """Give a network role from today on; who holds it already keeps it."""
    _demand_right(actor, person)
    if not person.is_active:
        raise Refused(_("L'accesso di %(person)s è chiuso.") % {"person": person})
    today = timezone.localdate(now)
    held = _held(person, role, on=today)
    if held is None:
        held = NetworkRole.objects.create(person=person, role=role, starts_on=today)
        trail.record("registry.network_role.granted", held, actor=actor, now=now, body=_network())
    return held


@transaction.atomic
def end_network_role(
    *, person: Person, role: NetworkRole.Role, actor: Actor, now: datetime
) -> bool:
    """Take a network role away at once. The last manager keeps theirs."""
    _demand_right(actor, person)
    today = timezone.localdate(now)
    held = _held(person, role, on=today)
    if held is None:
        return False
    if role == NetworkRole.Role.MANAGER and not _another_manager(person, on=today):
        raise Refused(
            _("%(person)s è l'unica persona che gestisce la rete: dai prima il ruolo a un'altra.")
            % {"person": person}
        )
    trail.record("registry.network_role.ended", held, actor=actor, now=now, body=_network())
    if held.starts_on < today:
        held.ends_on = today - timedelta(days=1)
        held.save(update_fields=["ends_on"])
    else:
        held.delete()  # it never held a whole day; the trail remembers it
    return True


def _demand_right(actor: Actor, person: Person) -> None:
    list(NetworkRole.objects.select_for_update().filter(role=NetworkRole.Role.MANAGER))
    if not access.may_give_network_role(actor, person_id=person.pk):
        raise Refused(_("I ruoli di rete li dà chi gestisce la rete, e nessuno a sé stesso."))


def _held(person: Person, role: NetworkRole.Role, *, on: date) -> NetworkRole | None:
    return NetworkRole.objects.in_force(on=on).filter(person=person, role=role).first()


def _another_manager(person: Person, *, on: date) -> bool:
    serving = NetworkRole.objects.in_force(on=on).filter(role=NetworkRole.Role.MANAGER)
    return serving.filter(person__is_active=True).exclude(person=person).exists()


def _network() -> Body | None:
    return Body.objects.in_use().filter(kind=Body.Kind.NETWORK, is_demo=False).first()
