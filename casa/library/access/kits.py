"""Who may do what with a kit."""

from django.shortcuts import get_object_or_404

from casa.library.access.entries import WITH_OWNER, WORKERS
from casa.library.models import Kit
from casa.registry.actor import Actor
from casa.registry.models import Mandate


def may_edit_kit(actor: Actor, kit: Kit) -> bool:
    """A draft, or what came back from review, by an author of the body."""
    return kit.is_open and actor.may_act_as(Mandate.Role.AUTHOR, body_id=kit.body_id)


def may_reopen_kit(actor: Actor, kit: Kit) -> bool:
    """An author of the body takes a published kit back to change it."""
    return kit.is_published and actor.may_act_as(Mandate.Role.AUTHOR, body_id=kit.body_id)


def may_review_kit(actor: Actor, kit: Kit) -> bool:
    """Four eyes, as for versions: another person, of the body, its Province or the network."""
    if actor.id is None or actor.id in kit.editor_ids:
        return False
    if actor.is_network_reviewer:
        return True
    bodies = actor.bodies_as(Mandate.Role.REVIEWER)
    return bool(bodies & {kit.body_id, kit.body.province_body_id})


def may_confirm_kit(actor: Actor, kit: Kit) -> bool:
    """Whoever works for the body says that its kit still holds."""
    return actor.may_act_as(*WORKERS, body_id=kit.body_id)


def may_withdraw_kit(actor: Actor, kit: Kit) -> bool:
    """Reviewers and administrators of the body, and the network's managers."""
    roles = (Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)
    return actor.is_network_manager or actor.may_act_as(*roles, body_id=kit.body_id)


def kit_for(actor: Actor, slug: str) -> Kit:
    """A kit this actor may read; what may not be read does not exist (404)."""
    visible = Kit.objects.visible_to(actor).select_related(*WITH_OWNER, "author", "reviewer")
    return get_object_or_404(visible, slug=slug)
