"""Changing the address one logs in with. The new one takes its place only once it is confirmed.

allauth sends the link and puts the address there; the rules that are ours stand here. Only the
person, logged in, confirms a change: a link that went to a mistyped address opens no account.
"""

from allauth.account.models import EmailAddress
from django.db import transaction

from casa.registry import tasks
from casa.registry.models import Person
from casa.registry.queries.addresses import new_address_of
from casa.registry.services import login
from casa.registry.services.sign_ups import ASKED


@transaction.atomic
def ask_new_address(*, person: Person, email: str, address: str) -> EmailAddress:
    """Keep the address a person wants to change to, and tell the present one. Twice is once.

    Whether somebody else has it is not told: its owner alone reads the mail that is sent there.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    pending = new_address_of(person)
    if pending is not None and pending.email == email.lower():
        return pending
    forget_new_address(person=person)
    made: EmailAddress = EmailAddress.objects.create(user=person, email=email.lower())
    login.note(ASKED, person=person, address=address)
    transaction.on_commit(lambda: tasks.mail_address_asked.enqueue(person_id=person.pk))
    return made


@transaction.atomic
def forget_new_address(*, person: Person) -> None:
    """Keep the present address; the link that was sent no longer opens."""
    EmailAddress.objects.filter(user=person, verified=False).exclude(email=person.email).delete()


@transaction.atomic
def let_go(*, email: str) -> None:
    """Whoever signs up with an address goes before those who only asked to change to it."""
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    EmailAddress.objects.filter(email=email.lower(), verified=False, user__in=confirmed).delete()
