"""What each version of a copy follows, and how far copies are behind their source."""

from django.db.models import F

from casa.library.models import Basis, Derivation, Version


def follow_on(version: Version) -> None:
    """A new version of a copy follows what the version before it followed."""
    before = Basis.objects.filter(version=version.entry.current).first()
    if before is not None:
        Basis.objects.get_or_create(
            version=version, defaults={"source_version_id": before.source_version_id}
        )


def count_behind(version: Version) -> None:
    """A version was published: copies of its entry are one more behind, itself is behind anew."""
    Derivation.objects.filter(source=version.entry).update(behind=F("behind") + 1)
    basis = Basis.objects.filter(version=version).select_related("source_version").first()
    if basis is not None:
        newer = Version.objects.published().filter(
            entry=basis.source_version.entry_id, number__gt=basis.source_version.number
        )
        Derivation.objects.filter(entry=version.entry).update(behind=newer.count())
