"""What stands between an address and the account it is to open."""

from allauth.account.models import EmailAddress

from casa.registry.models import Person


def new_address_of(person: Person) -> EmailAddress | None:
    """The address a person asked to change to and has not confirmed yet."""
    rows = EmailAddress.objects.filter(user=person, verified=False).exclude(email=person.email)
    found: EmailAddress | None = rows.order_by("pk").last()
    return found


def is_change(address: EmailAddress) -> bool:
    """Whether confirming this address would replace another."""
    rows = EmailAddress.objects.filter(user=address.user_id, verified=True).exclude(pk=address.pk)
    return bool(rows.exists())


def is_taken(address: EmailAddress) -> bool:
    """Whether it is somebody else's already."""
    others = Person.objects.filter(email__iexact=address.email).exclude(pk=address.user_id)
    return others.exists() or not address.can_set_verified()
