"""What a person has on the table: drafts, what came back, what waits, what to review."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from casa.library.models import Kit, Version
from casa.library.queries.kits import open_kits
from casa.registry.actor import Actor
from casa.registry.models import Mandate


@dataclass(frozen=True, slots=True)
class Work:
    """Open versions and kits, split by who must act next."""

    to_review: Sequence[Version]
    returned: Sequence[Version]
    drafts: Sequence[Version]
    waiting: Sequence[Version]
    kits_to_review: Sequence[Kit]
    kits: Sequence[Kit]

    def __bool__(self) -> bool:
        """Whether there is anything on the table."""
        versions = (*self.to_review, *self.returned, *self.drafts, *self.waiting)
        return bool(versions or self.kits_to_review or self.kits)


def work_of(actor: Actor) -> Work:
    """Four queries: what I may review, and what the bodies I write for have open."""
    mine = _open_of(actor)
    asked = list(Kit.objects.reviewable_by(actor).select_related("body").order_by("pk"))
    bodies = actor.bodies_as(Mandate.Role.AUTHOR)
    return Work(
        kits_to_review=asked,
        kits=[kit for kit in open_kits(actor).filter(body_id__in=bodies) if kit not in asked],
        to_review=list(_loaded(Version.objects.reviewable_by(actor)).order_by("proposed_at")),
        returned=[version for version in mine if version.state == Version.State.RETURNED],
        drafts=[version for version in mine if version.state == Version.State.DRAFT],
        waiting=[version for version in mine if version.state == Version.State.IN_REVIEW],
    )


def _open_of(actor: Actor) -> Sequence[Version]:
    bodies = actor.bodies_as(Mandate.Role.AUTHOR)
    rows = Version.objects.exclude(state=Version.State.PUBLISHED)
    return list(_loaded(rows.filter(entry__body_id__in=bodies)).order_by("-pk"))


def _loaded(rows: QuerySet[Version]) -> QuerySet[Version]:
    return rows.select_related("entry__body", "author").defer("text")
