"""Who vouches for a text, and who answers those who used it."""

from django.shortcuts import get_object_or_404

from casa.library.access.versions import version_for
from casa.library.models import Endorsement, Experience, Version
from casa.library.models.choices import Audience
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate


def may_endorse(actor: Actor, version: Version) -> bool:
    """An expert of another body, or of the network for others' texts, without a hand in it."""
    entry = version.entry
    shared = version.state == Version.State.PUBLISHED and version.audience != Audience.BODY
    involved = {*version.editor_ids, version.reviewer_id}
    if not shared or actor.id is None or actor.id in involved or actor.belongs_to(entry.body_id):
        return False
    for_network = actor.is_network_reviewer and entry.body.kind != Body.Kind.NETWORK
    return for_network or actor.may_act_as(Mandate.Role.REVIEWER, body_id=actor.acting_for)


def may_take_back(actor: Actor, endorsement: Endorsement) -> bool:
    """Whoever vouched, and the network's managers."""
    return actor.is_network_manager or (actor.id is not None and actor.id == endorsement.person_id)


def experience_for(actor: Actor, slug: str, pk: int) -> Experience:
    """What a body told of a text that the actor writes (404 otherwise)."""
    bodies = actor.bodies_as(Mandate.Role.AUTHOR)
    rows = Experience.objects.select_related("entry__body", "body", "office")
    return get_object_or_404(rows, pk=pk, entry__slug=slug, entry__body__in=bodies)


def endorsement_for(actor: Actor, slug: str, number: int, pk: int) -> Endorsement:
    """Who vouches for a version this actor may read."""
    version = version_for(actor, slug, number)
    rows = Endorsement.objects.select_related("version__entry__body", "body")
    return get_object_or_404(rows, pk=pk, version=version)
