"""Who may do what in the library.

Reading is a query: `visible_to(actor)`. Acting is a function: `may_*(actor, object)` returns a
bool and never touches the database (objects come with their body loaded). Views get objects
only from the `*_for` functions, so that a check cannot be forgotten.
"""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library.models import (
    Campaign,
    CampaignHit,
    Endorsement,
    Entry,
    Experience,
    ImportRun,
    Kit,
    Version,
    VersionFile,
)
from casa.library.models.choices import Audience
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate

WITH_OWNER = ("body", "office", "pillar")
WORKERS = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)


def may_create(actor: Actor) -> bool:
    """An author makes entries for the body acted for."""
    return actor.may_act_as(Mandate.Role.AUTHOR, body_id=actor.acting_for)


def may_write(actor: Actor, entry: Entry) -> bool:
    """An author of the body that owns the entry."""
    return actor.may_act_as(Mandate.Role.AUTHOR, body_id=entry.body_id)


def may_edit_card(actor: Actor, entry: Entry) -> bool:
    """Authors and reviewers of the body keep the card's fields in order."""
    roles = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER)
    return actor.may_act_as(*roles, body_id=entry.body_id)


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


def may_edit(actor: Actor, version: Version) -> bool:
    """A draft, or what came back from review, by an author of the body."""
    is_open = version.state in {Version.State.DRAFT, Version.State.RETURNED}
    return is_open and may_write(actor, version.entry)


def may_confirm(actor: Actor, entry: Entry) -> bool:
    """Whoever works for the body says that its text still holds."""
    return actor.may_act_as(*WORKERS, body_id=entry.body_id)


def may_review(actor: Actor, version: Version) -> bool:
    """Four eyes: somebody without a hand in it, who reviews for body, Province or network."""
    if actor.id is None or actor.id in version.editor_ids:
        return False
    if actor.is_network_reviewer:
        return True
    bodies = actor.bodies_as(Mandate.Role.REVIEWER)
    return bool(bodies & {version.entry.body_id, version.entry.body.province_body_id})


def may_publish_alone(actor: Actor, version: Version) -> bool:
    """What only one's own body reads, and ever read, needs no second person.

    Taking back what others already read is not one person's decision either.
    """
    entry = version.entry
    private = entry.current_id is None or entry.audience == Audience.BODY
    return private and version.audience == Audience.BODY and may_edit(actor, version)


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


def may_withdraw(actor: Actor, entry: Entry) -> bool:
    """Reviewers and administrators of the body, and the network's managers."""
    roles = (Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)
    return actor.is_network_manager or actor.may_act_as(*roles, body_id=entry.body_id)


def entry_for(actor: Actor, slug: str) -> Entry:
    """An entry this actor may read; what may not be read does not exist (404)."""
    visible = Entry.objects.visible_to(actor).select_related(*WITH_OWNER)
    return get_object_or_404(visible, slug=slug)


def version_for(actor: Actor, slug: str, number: int) -> Version:
    """A version this actor may read, of an entry this actor may read."""
    entries = Entry.objects.visible_to(actor).filter(slug=slug)
    visible = Version.objects.visible_to(actor).select_related(
        "entry__body", "entry__office", "entry__pillar", "author", "reviewer"
    )
    return get_object_or_404(visible, entry__in=entries, number=number)


def successor_for(actor: Actor, entry: Entry) -> Entry | None:
    """What takes the place of a withdrawn entry, when this actor may read it."""
    if entry.successor_id is None:
        return None
    return Entry.objects.visible_to(actor).filter(pk=entry.successor_id).first()


def file_for(actor: Actor, slug: str, number: int, position: int) -> VersionFile:
    """A file of a version this actor may read."""
    version = version_for(actor, slug, number)
    files = VersionFile.objects.select_related("upload", "version")
    return get_object_or_404(files, version=version, position=position)


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


# Kits
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


# Imports
def may_import(actor: Actor) -> bool:
    """An author brings an archive in for the body acted for."""
    return may_create(actor)


def may_publish_unreviewed(actor: Actor) -> bool:
    """Only a network manager publishes an archive in one act, and the trail says so."""
    return actor.is_network_manager


def run_for(actor: Actor, pk: int) -> ImportRun:
    """An import of a body this actor writes for."""
    return get_object_or_404(
        ImportRun.objects.visible_to(actor).select_related("body", "person"), pk=pk
    )


# Campaigns
def may_run_campaigns(actor: Actor) -> bool:
    """Those who look after the whole network say which norm changed."""
    return actor.is_network_manager or actor.is_network_reviewer


def demand_member(actor: Actor) -> None:
    """Refuse what only the network's members see."""
    if not actor.is_member:
        actor.person_id  # noqa: B018 -- an anonymous visitor is refused here
        raise Refused(
            _(
                "L'elenco dei testi da aggiornare è per chi lavora in un ente della rete. Lo stato "
                "di ogni norma è nella Guida, aperta a tutti."
            )
        )


def campaign_for(actor: Actor, pk: int) -> Campaign:
    """A campaign, for members."""
    demand_member(actor)
    return get_object_or_404(Campaign, pk=pk)


def hit_for(actor: Actor, campaign: int, pk: int) -> CampaignHit:
    """A text of a campaign that the actor's body looks after (404 otherwise)."""
    bodies = actor.bodies_as(Mandate.Role.AUTHOR, Mandate.Role.REVIEWER)
    rows = CampaignHit.objects.select_related("campaign", "entry__body")
    return get_object_or_404(rows, campaign=campaign, pk=pk, entry__body__in=bodies)
