"""What every page may show about who is acting."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casa.registry.actor import ANONYMOUS, Actor
from casa.registry.models import Body


def acting(request: HttpRequest) -> dict[str, object]:
    """For the slim header: the actor, the body acted for, whether there are others to act for.

    `acting_body` costs one query, once per request and only where a page shows it.
    """
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "actor": actor,
        "acting_body": SimpleLazyObject(lambda: acting_body(request, actor)),
        "other_bodies": len(actor.body_ids) > 1,
    }


def acting_body(request: HttpRequest, actor: Actor) -> Body | None:
    """The body acted for, remembered on the request."""
    if actor.acting_for is None:
        return None
    known: Body | None = getattr(request, "_acting_body", None)
    if known is None or known.pk != actor.acting_for:
        known = Body.objects.get(pk=actor.acting_for)
        request._acting_body = known  # type: ignore[attr-defined]  # a memory of this module
    return known
