"""What a person left in a form."""

from casa.registry.actor import Actor
from casa.registry.models import KeptForm


def kept_form(actor: Actor, place: str) -> KeptForm | None:
    """What this person was typing at this address, if anything. One query."""
    if actor.id is None:
        return None
    return KeptForm.objects.of(actor.id, place).first()
