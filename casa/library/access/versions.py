"""Who may do what with a version: four eyes for all that others read."""

from django.shortcuts import get_object_or_404

from casa.library.access.entries import may_write
from casa.library.models import Entry, Version, VersionFile
from casa.library.models.choices import Audience
from casa.registry.actor import Actor
from casa.registry.models import Mandate


def may_edit(actor: Actor, version: Version) -> bool:
    """A draft, or what came back from review, by an author of the body."""
    is_open = version.state in {Version.State.DRAFT, Version.State.RETURNED}
    return is_open and may_write(actor, version.entry)


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


def version_for(actor: Actor, slug: str, number: int) -> Version:
    """A version this actor may read, of an entry this actor may read."""
    entries = Entry.objects.visible_to(actor).filter(slug=slug)
    visible = Version.objects.visible_to(actor).select_related(
        "entry__body", "entry__office", "entry__pillar", "author", "reviewer"
    )
    return get_object_or_404(visible, entry__in=entries, number=number)


def file_for(actor: Actor, slug: str, number: int, position: int) -> VersionFile:
    """A file of a version this actor may read."""
    version = version_for(actor, slug, number)
    files = VersionFile.objects.select_related("upload", "version")
    return get_object_or_404(files, version=version, position=position)
