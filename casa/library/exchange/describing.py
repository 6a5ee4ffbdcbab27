"""Entries as a manifest tells them: bodies by their codes, no person anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from casa.intake.http import download_name
from casa.library.exchange.manifest import Described, Edition, File, Owner, Source
from casa.library.models import Arrival, Derivation, Entry, Version, VersionFile
from casa.library.models.choices import Audience
from casa.registry.models import Body


@dataclass(frozen=True, slots=True)
class Packed:
    """The entries as they are told, and where the bytes of each digest are."""

    entries: tuple[Described, ...]
    files: Mapping[str, Path]


def describe(entries: Sequence[Entry], *, own: UUID) -> Packed:
    """All of it in five queries; every file is read once for its digest."""
    files = _Files()
    versions = _versions(entries)
    sources = _sources(entries, own)
    described = tuple(
        _described(entry, versions.get(entry.pk, []), sources.get(entry.pk), files)
        for entry in entries
    )
    return Packed(described, files.paths)


class _Files:
    """The files met so far, by digest."""

    def __init__(self) -> None:
        self.paths: dict[str, Path] = {}

    def told(self, file: VersionFile) -> File:
        path = Path(file.upload.file.path)
        with path.open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
        self.paths[digest] = path
        return File(download_name(file.upload), path.stat().st_size, digest)


def _versions(entries: Iterable[Entry]) -> dict[int, list[Version]]:
    """The versions that everybody may read, the oldest first."""
    rows = Version.objects.published().filter(entry__in=entries, audience=Audience.PUBLIC)
    found: dict[int, list[Version]] = {}
    rows = rows.select_related("basis__source_version").prefetch_related("files__upload")
    for version in rows.defer("text", "basis__source_version__text").order_by("number"):
        found.setdefault(version.entry_id, []).append(version)
    return found


def _sources(entries: Iterable[Entry], own: UUID) -> dict[int, Source]:
    """What they were adapted from, where everybody may know it."""
    rows = Derivation.objects.filter(
        entry__in=entries, source__audience=Audience.PUBLIC, source__current__isnull=False
    ).select_related("source__body")
    ties = list(rows)
    known = Arrival.objects.filter(entry__in=[tie.source_id for tie in ties])
    arrivals = {row.entry_id: row for row in known.select_related("installation")}
    return {tie.entry_id: _source(tie.source, arrivals.get(tie.source_id), own) for tie in ties}


def _source(source: Entry, arrival: Arrival | None, own: UUID) -> Source:
    return Source(
        installation=str(arrival.installation.uid if arrival else own),
        key=arrival.key if arrival else source.slug,
        title=source.title,
        body=arrival.body_name if arrival else str(source.body),
    )


def _described(
    entry: Entry, versions: Sequence[Version], source: Source | None, files: _Files
) -> Described:
    return Described(
        key=entry.slug,
        address=f"{settings.SITE_ADDRESS}{entry.get_absolute_url()}",
        kind=entry.kind,
        title=entry.title,
        object=entry.object,
        pillar=entry.pillar.code,
        licence=entry.licence,
        procedure_type=entry.procedure_type,
        contract_type=entry.contract_type,
        criterion=entry.criterion,
        amount_band=entry.amount_band,
        phase=entry.phase,
        cpv_codes=tuple(entry.cpv_codes),
        norms=tuple(entry.norms),
        tags=tuple(sorted(tag.slug for tag in entry.tags.all())),
        review_by=entry.review_by.isoformat() if entry.review_by else "",
        body=_owner(entry.body),
        source=source,
        versions=tuple(_edition(version, files, follows=bool(source)) for version in versions),
    )


def _edition(version: Version, files: _Files, *, follows: bool) -> Edition:
    basis = getattr(version, "basis", None) if follows else None
    rows = sorted(version.files.all(), key=lambda file: file.position)
    return Edition(
        number=version.number,
        changes=version.changes,
        why=version.why,
        effective_on=version.effective_on.isoformat(),
        published_at=_moment(version),
        reviewed=version.reviewer_id is not None,
        based_on=basis.source_version.number if basis else 0,
        files=tuple(files.told(file) for file in rows),
    )


def _moment(version: Version) -> str:
    return timezone.localtime(version.published_at).isoformat(timespec="seconds")


def _owner(body: Body) -> Owner:
    return Owner(
        name=body.name,
        kind=body.kind,
        ipa_code=body.ipa_code,
        municipality=body.municipality.istat_code if body.municipality else "",
        province=body.province.istat_code if body.province else "",
    )
