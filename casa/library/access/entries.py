"""Who may do what with an entry."""

from django.shortcuts import get_object_or_404

from casa.library.models import Entry
from casa.registry.actor import Actor
from casa.registry.models import Mandate

WITH_OWNER = ("body", "office", "pillar")
WORKERS = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)


def may_create(actor: Actor) -> bool:
    """An author makes entries for the body acted for."""
    return actor.may_act_as(Mandate.Role.AUTHOR, body_id=actor.acting_for)


def may_write(actor: Actor, entry: Entry) -> bool:
    """An author of the body that owns the entry; bundles alone change what came from elsewhere."""
    return not entry.is_received and actor.may_act_as(Mandate.Role.AUTHOR, body_id=entry.body_id)


def may_edit_card(actor: Actor, entry: Entry) -> bool:
    """Authors and reviewers of the body keep the card's fields in order."""
    roles = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER)
    return not entry.is_received and actor.may_act_as(*roles, body_id=entry.body_id)


def may_derive(actor: Actor, entry: Entry) -> bool:
    """An author adapts, for the body acted for, what another body published."""
    offered = entry.current_id is not None and not entry.is_withdrawn
    return offered and entry.body_id != actor.acting_for and may_create(actor)


def may_adopt(actor: Actor, entry: Entry) -> bool:
    """An author or administrator says what the body acted for does with another body's text."""
    others = entry.current_id is not None and entry.body_id != actor.acting_for
    roles = (Mandate.Role.AUTHOR, Mandate.Role.ADMINISTRATOR)
    return others and actor.may_act_as(*roles, body_id=actor.acting_for)


def may_correct_headings(actor: Actor, entry: Entry) -> bool:
    """An author of the body, whatever the state of the version: the text itself stays as it is."""
    return may_write(actor, entry) and not entry.is_withdrawn


def may_oblige(actor: Actor, entry: Entry) -> bool:
    """Authors and reviewers of the body say which clauses of its published text are compulsory."""
    shared = entry.current_id is not None and not entry.is_withdrawn
    return shared and may_edit_card(actor, entry)


def may_read_departures(actor: Actor, entry: Entry) -> bool:
    """Whoever works for the body of the source reads why copies depart from it."""
    return actor.may_act_as(*WORKERS, body_id=entry.body_id)


def may_rewrite(actor: Actor, entry: Entry) -> bool:
    """An author of the body changes clauses in the browser, into a draft."""
    return may_write(actor, entry) and not entry.is_withdrawn


def may_confirm(actor: Actor, entry: Entry) -> bool:
    """Whoever works for the body says that its text still holds."""
    return not entry.is_received and actor.may_act_as(*WORKERS, body_id=entry.body_id)


def may_withdraw(actor: Actor, entry: Entry) -> bool:
    """Reviewers and administrators of the body, and the network's managers."""
    roles = (Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)
    return actor.is_network_manager or actor.may_act_as(*roles, body_id=entry.body_id)


def entry_for(actor: Actor, slug: str) -> Entry:
    """An entry this actor may read; what may not be read does not exist (404)."""
    visible = Entry.objects.visible_to(actor).select_related(*WITH_OWNER)
    return get_object_or_404(visible, slug=slug)


def successor_for(actor: Actor, entry: Entry) -> Entry | None:
    """What takes the place of a withdrawn entry, when this actor may read it."""
    if entry.successor_id is None:
        return None
    return Entry.objects.visible_to(actor).filter(pk=entry.successor_id).first()
