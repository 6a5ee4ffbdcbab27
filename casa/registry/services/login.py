"""The trail of log-ins: who came in, who could not, who changed what opens the door.

A line holds the network address, and never a password. An address nobody has an account with is
written as a keyed digest: repeated attempts can be seen, the address cannot be read.
"""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casa.registry import trail
from casa.registry.actor import SYSTEM, Actor
from casa.registry.models import Body, Person, TrailLine

SALT = "casa.registry.login"
UNKNOWN = "registry:person:unknown"


@transaction.atomic
def note(act: str, *, person: Person, address: str) -> TrailLine:
    """One line about something a person did with their own account."""
    actor = Actor(id=person.pk, name=person.full_name)
    return trail.record(act, person, actor=actor, address=address)


@transaction.atomic
def note_failure(*, email: str, address: str, step: str) -> TrailLine:
    """One line about a log-in that did not succeed, at the password or at the code."""
    person = _known(email)
    if person is not None:
        return trail.record(
            "registry.login.failed", person, actor=SYSTEM, address=address, step=step
        )
    return TrailLine.objects.create(
        at=timezone.now(),
        act="registry.login.failed",
        subject_key=UNKNOWN,
        details={"address": address, "step": step, "email": digest_of_address(email)},
    )


def _known(email: str) -> Person | None:
    """The person with that address. Who never confirmed it may be anybody, and is not named."""
    proved = Q(last_login__isnull=False) | Q(emailaddress__verified=True)
    return Person.objects.filter(proved, email__iexact=email).first() if email else None


def digest_of_address(email: str) -> str:
    """What the trail keeps of an address that belongs to nobody."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def confirm_address(*, person: Person) -> None:
    """Take a person's address as confirmed, for whoever proved it elsewhere (an operator did)."""
    EmailAddress.objects.update_or_create(
        user=person, email=person.email.lower(), defaults={"verified": True, "primary": True}
    )


def remember_body(*, body: Body, actor: Actor) -> None:
    """Begin with this body at the next log-in. A preference, not an act: no line in the trail."""
    Person.objects.filter(pk=actor.person_id).update(acts_for=body)
