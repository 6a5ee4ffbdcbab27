"""What each version of a copy follows, and how far copies are behind their source."""

from django.db.models import F

from casa.library.models import Basis, Derivation, Version
from casa.library.models.choices import Audience

SOURCE_AHEAD = "library.source_ahead"
SOURCE_UNTOUCHED = "library.source_untouched"
SOURCE_KINDS = (SOURCE_AHEAD, SOURCE_UNTOUCHED)
"""The duties that a copy may have about its source: one of the two at a time."""


def follow_on(version: Version) -> None:
    """A new version of a copy follows what the version before it followed."""
    before = Basis.objects.filter(version=version.entry.current).first()
    if before is not None:
        Basis.objects.get_or_create(
            version=version, defaults={"source_version_id": before.source_version_id}
        )


def count_behind(version: Version) -> None:
    """A version was published: copies of its entry are one more behind, itself is behind anew.

    Nobody is behind what its body keeps for itself: others cannot read it.
    """
    kept = version.audience == Audience.BODY
    copies = Derivation.objects.filter(source=version.entry)
    copies.update(behind=0 if kept else F("behind") + 1)
    count_own_behind(version)


def count_own_behind(version: Version) -> None:
    """How far the entry itself is behind, while this is its current version."""
    basis = Basis.objects.filter(version=version).select_related("source_version").first()
    if basis is not None:
        newer = Version.objects.published().filter(
            entry=basis.source_version.entry_id, number__gt=basis.source_version.number
        )
        newer = newer.exclude(audience=Audience.BODY).exclude(entry__audience=Audience.BODY)
        Derivation.objects.filter(entry=version.entry).update(behind=newer.count())
