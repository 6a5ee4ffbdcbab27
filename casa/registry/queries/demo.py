"""The accounts of the demonstration that still open."""

from casa.registry.models import Person


def open_accounts() -> set[str]:
    """Their addresses; none once the demonstration was removed."""
    persons = Person.objects.filter(is_demo=True, is_active=True)
    return set(persons.values_list("email", flat=True))
