"""Accounts that nobody proved to be theirs, and sessions that must end.

Anybody may sign up with anybody's address. Until the address is confirmed, such an account is
nobody's: whoever gives it rights, or invites its address, means the owner of the mailbox.
"""

from contextlib import suppress

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils.crypto import get_random_string

from casa.registry.models import Person
from casa.registry.services.login import confirm_address

MARK = 32


def unproved(persons: QuerySet[Person]) -> QuerySet[Person]:
    """Those of them whose address nobody ever confirmed."""
    confirmed = EmailAddress.objects.filter(
        user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True
    )
    return persons.filter(~Exists(confirmed)).exclude(email="")


@transaction.atomic
def take_over(*, person: Person, given_name: str, family_name: str) -> None:
    """Give an account nobody proved to the person that an administrator names.

    The password of whoever signed up opens no more, the link they were sent neither, and the
    names are those given now. In comes who reads that mailbox, by choosing a new password.
    """
    _shut_out(person)
    person.given_name, person.family_name = given_name, family_name
    person.save(update_fields=["given_name", "family_name"])
    confirm_address(person=person)


@transaction.atomic
def make_way(*, email: str) -> None:
    """Whoever is invited goes before a sign-up that nobody confirmed: it is deleted.

    Where something names it already, it stays and its password opens no more.
    """
    for person in unproved(Person.objects.filter(email__iexact=email)):
        _shut_out(person)
        with suppress(ProtectedError), transaction.atomic():
            person.delete()


def end_sessions(person: Person) -> None:
    """End all sessions of a person, wherever they are open."""
    person.session_mark = get_random_string(MARK)
    person.save(update_fields=["session_mark"])


def _shut_out(person: Person) -> None:
    EmailAddress.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_sessions(person)
