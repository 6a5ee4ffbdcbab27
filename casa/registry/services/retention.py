"""What goes after five years, and who goes with it. No line in the trail: it is nobody's act."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils import timezone

from casa.registry.models import Invitation, JoinRequest, Mandate, NetworkRole, Person, TrailLine
from casa.registry.services.demo.making import CREATED, DECLINED

KEPT_FOR = timedelta(days=5 * 365 + 3)  # five years, wherever the leap days fall


@transaction.atomic
def forget_old_lines(*, now: datetime) -> int:
    """Delete the lines of the trail older than five years; the database lets no younger one go.

    The two that say whether the demonstration was wanted stay: they name nobody, and without
    them the next start would make it again.
    """
    old = TrailLine.objects.filter(at__lt=now - KEPT_FOR)
    deleted, _rows = old.exclude(act__in=(CREATED, DECLINED), person=None).delete()
    return deleted


@transaction.atomic
def forget_old_ties(*, now: datetime) -> int:
    """Delete the mandates, roles, requests and invitations that ended five years ago."""
    moment, day = now - KEPT_FOR, timezone.localdate(now - KEPT_FOR)
    gone = (
        Mandate.objects.filter(ends_on__lt=day),
        NetworkRole.objects.filter(ends_on__lt=day),
        JoinRequest.objects.filter(decided_at__lt=moment),
        Invitation.objects.filter(expires_at__lt=moment),
    )
    return sum(rows.delete()[0] for rows in gone)


def forget_persons(*, now: datetime) -> int:
    """Delete the persons whose log-in was closed and whom nothing names any more."""
    del now
    forgotten = 0
    acted = TrailLine.objects.filter(person=OuterRef("pk"))
    closed = Person.objects.filter(~Exists(acted), is_active=False, email="")
    for person in closed.filter(mandates=None, network_roles=None, join_requests=None):
        with suppress(ProtectedError), transaction.atomic():
            person.delete()
            forgotten += 1
    return forgotten
