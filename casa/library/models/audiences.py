"""Who may read and who may write, as conditions of a query. Used by entries and versions alike."""

from django.db.models import Q

from casa.library.models.choices import Audience
from casa.registry.actor import Actor
from casa.registry.models import Mandate

CONTRIBUTORS = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)


def readable_by(actor: Actor, body: str = "entry__body_id") -> Q:
    """What has an `audience`: everybody's, the network's for members, the body's for its own."""
    readable = Q(audience=Audience.PUBLIC)
    if actor.is_member:
        readable |= Q(audience=Audience.NETWORK) | Q(**{f"{body}__in": actor.body_ids})
    return readable


def writable_by(actor: Actor, entry: str = "") -> Q:
    """What belongs to a body the actor writes, reviews or administers for."""
    return Q(**{f"{entry}body_id__in": actor.bodies_as(*CONTRIBUTORS)})
