"""What is forgotten of addresses nobody confirmed. No line in the trail: it would name them."""

from contextlib import suppress
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet

from casa.registry.models import Person, TrailLine

UNCONFIRMED_FOR = timedelta(days=7)
ASKED = "registry.email.asked"  # the trail's act when somebody asks for another address


def forget_sign_ups(*, now: datetime) -> int:
    """Delete whoever signed up a week ago and never confirmed; gives how many.

    Who works or worked for a body, asked to, ever came in, or is named anywhere, stays.
    """
    forgotten = 0
    for person in _unconfirmed(before=now - UNCONFIRMED_FOR):
        with suppress(ProtectedError), transaction.atomic():
            person.delete()
            forgotten += 1
    return forgotten


@transaction.atomic
def forget_new_addresses(*, now: datetime) -> int:
    """Delete the addresses that persons asked to change to a week ago and never confirmed."""
    asked_lately = TrailLine.objects.filter(
        person=OuterRef("user"), act=ASKED, at__gte=now - UNCONFIRMED_FOR
    )
    confirmed = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
    old = EmailAddress.objects.filter(Exists(confirmed), ~Exists(asked_lately), verified=False)
    deleted: int = old.delete()[0]
    return deleted


def _unconfirmed(*, before: datetime) -> QuerySet[Person]:
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return Person.objects.filter(
        Exists(addresses),
        ~Exists(addresses.filter(verified=True)),
        joined_at__lt=before,
        last_login=None,
        mandates=None,
        network_roles=None,
        join_requests=None,
    )
