"""Taking the demonstration away: nobody logs in with it again, and it never comes back."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Invitation, JoinRequest, Mandate, NetworkRole, Person
from casa.registry.queries.mandates import is_over
from casa.registry.services.demo.opening import password_file
from casa.registry.services.tenure import close_now
from casa.registry.signals import demo_leaving, demo_removed


@transaction.atomic
def remove_demo(*, actor: Actor, now: datetime) -> bool:
    """Close log-ins, mandates and bodies of the demonstration; upper rooms hear it after commit.

    The rows stay, so that the trail still says who did what. Safe to repeat.
    """
    today = timezone.localdate(now)
    bodies = Body.objects.select_for_update().filter(is_demo=True)
    body_ids = sorted(body.pk for body in bodies)
    persons = Person.objects.select_for_update().filter(is_demo=True, is_active=True)
    if not persons and not bodies.filter(closed_on=None).exists():
        return False
    _end_mandates(today)
    _close_doors(now)
    for person in persons:
        _close_login(person)
    Body.objects.filter(pk__in=body_ids, closed_on=None).update(closed_on=today)
    network = Body.objects.get(kind=Body.Kind.NETWORK, is_demo=False, closed_on=None)
    trail.record(
        "registry.demo.removed", network, actor=actor, body=network, now=now, bodies=body_ids
    )
    transaction.on_commit(lambda: _tell(body_ids))
    return True


def _tell(body_ids: list[int]) -> None:
    password_file().unlink(missing_ok=True)
    demo_leaving.send(sender=Body, body_ids=body_ids)
    demo_removed.send(sender=Body, body_ids=body_ids)


def _end_mandates(today: date) -> None:
    """Of demonstration persons anywhere, and of anybody in demonstration bodies."""
    played = Q(person__is_demo=True) | Q(body__is_demo=True)
    for mandate in Mandate.objects.filter(played):
        if not is_over(mandate, on=today):
            close_now(mandate, today=today)
            mandate.save(update_fields=["ends_on", "suspended_on"])
    roles = NetworkRole.objects.filter(person__is_demo=True)
    roles.filter(starts_on__gte=today).delete()
    roles.filter(Q(ends_on=None) | Q(ends_on__gte=today)).update(ends_on=today - timedelta(days=1))


def _close_doors(now: datetime) -> None:
    """Nobody waits at the door of a body that is no more."""
    waiting = JoinRequest.objects.waiting()
    waiting.filter(Q(body__is_demo=True) | Q(person__is_demo=True)).update(
        state=JoinRequest.State.DECLINED,
        decided_at=now,
        reason=_("La dimostrazione è stata tolta. Chiedi di entrare nel tuo ente."),
    )
    Invitation.objects.filter(body__is_demo=True, accepted_at=None, revoked_at=None).update(
        revoked_at=now
    )


def _close_login(person: Person) -> None:
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.is_active = False
    person.email = ""
    person.set_unusable_password()
    person.save(update_fields=["is_active", "email", "password"])
