"""Writing what arrived: the entry under its key, and a version of it, waiting for review."""

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake.models import Finding, Upload
from casa.intake.services.receiving import store, unsaved
from casa.library import cards
from casa.library.exchange import manifest
from casa.library.exchange.manifest import Described, Edition
from casa.library.exchange.zips import Opened
from casa.library.models import Arrival, Entry, Installation, Tag, Version, VersionFile
from casa.library.models.choices import Audience
from casa.library.services.clauses import write_clauses
from casa.library.services.exchanging.tying import tie
from casa.library.services.importing.files import cleared, inspected
from casa.library.services.reviews import CONFIRM_AFTER
from casa.library.services.slugs import reserve_slug
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Pillar

COPIED = (
    "kind",
    "title",
    "object",
    "licence",
    "procedure_type",
    "contract_type",
    "criterion",
    "amount_band",
    "phase",
)


def uploads_of(
    edition: Edition, opened: Opened, *, body: Body, actor: Actor, now: datetime
) -> list[Upload]:
    """The files, each received into quarantine and inspected like anybody's."""
    return [_upload(file, opened, body=body, actor=actor, now=now) for file in edition.files]


def arrive(
    described: Described, installation: Installation, *, body: Body, actor: Actor, now: datetime
) -> Arrival:
    """The entry that stands for that key, made or brought up to date with its card."""
    rows = Arrival.objects.select_for_update(of=("self",)).select_related("entry__body")
    arrival = rows.filter(installation=installation, key=described.key).first()
    is_new = arrival is None
    if arrival is None:
        office = body.offices.get(is_default=True)
        entry = Entry(body=body, office=office, audience=Audience.PUBLIC, created_at=now)
        entry.slug, entry.is_received = reserve_slug(described.title), True
        arrival = Arrival(installation=installation, key=described.key)
    else:
        entry = Entry.objects.select_for_update(of=("self",)).get(pk=arrival.entry_id)
    _fill(entry, described, now=now)
    arrival.entry, arrival.body_name = entry, described.body.name
    arrival.source = manifest.plain(described.source) if described.source else None
    arrival.follows |= {str(one.number): one.based_on for one in described.versions if one.based_on}
    arrival.save()
    if is_new:
        trail.record("library.entry.arrived", entry, actor=actor, body=body, key=str(arrival))
    return arrival


def edition_open(
    arrival: Arrival,
    edition: Edition,
    *,
    told: str,
    uploads: list[Upload],
    actor: Actor,
    now: datetime,
) -> Version:
    """One version under the number that it has there, proposed for review."""
    entry = arrival.entry
    _refuse_unfit(entry, edition)
    version = Version.objects.create(
        entry=entry,
        number=edition.number,
        state=Version.State.IN_REVIEW,
        changes=told,
        why=edition.why,
        effective_on=edition.starts_on,
        audience=Audience.PUBLIC,
        author_id=actor.person_id,
        editor_ids=[actor.person_id],
        edited_at=now,
        proposed_at=now,
    )
    VersionFile.objects.bulk_create(
        VersionFile(version=version, upload=upload, position=at)
        for at, upload in enumerate(uploads, start=1)
    )
    arrival.prints[str(edition.number)] = edition.print
    arrival.save(update_fields=["prints"])
    tie(arrival, now=now)
    write_clauses(version)
    trail.record(
        "library.version.arrived", version, actor=actor, body=entry.body, number=edition.number
    )
    return version


def reconfirm(arrival: Arrival, described: Described, *, now: datetime) -> None:
    """What its owner elsewhere confirmed since, holds here too; never for more than a year."""
    entry = Entry.objects.select_related("body", "pillar", "current").get(pk=arrival.entry_id)
    current = entry.current
    if current is None or current.number != described.newest.number or not described.review_by:
        return
    until = min(date.fromisoformat(described.review_by), timezone.localdate(now + CONFIRM_AFTER))
    if entry.review_by is None or entry.review_by < until:
        entry.review_by = until
        entry.save(update_fields=["review_by"])
        cards.file_entry(entry, version=current, clauses=current.clauses.order_by("position"))


def _upload(
    file: manifest.File, opened: Opened, *, body: Body, actor: Actor, now: datetime
) -> Upload:
    with opened.file(file) as stream, transaction.atomic():
        upload = _received(File(stream, name=file.name), body=body, actor=actor, now=now)
    upload = cleared(inspected(upload, now=now))
    blocking = upload.findings.filter(severity=Finding.Severity.BLOCKING).first()
    if blocking:
        raise Refused(f"«{upload.name}»: {blocking.message}")
    return upload


def _received(file: File[bytes], *, body: Body, actor: Actor, now: datetime) -> Upload:
    """An earlier try's file serves again; else into quarantine. No mandate there is needed:
    who may exchange was asked before."""
    office = body.offices.get(is_default=True)
    upload = unsaved(file, office=office, person_id=actor.person_id, now=now)
    left = Upload.objects.filter(
        body=body, version_file=None, sha256=upload.sha256, name=upload.name
    ).exclude(state=Upload.State.REJECTED)
    file.seek(0)
    return left.first() or store(upload, file, actor=actor)


def _fill(entry: Entry, described: Described, *, now: datetime) -> None:
    for name in COPIED:
        setattr(entry, name, getattr(described, name))
    entry.cpv_codes, entry.norms = list(described.cpv_codes), list(described.norms)
    entry.pillar = Pillar.objects.get(code=described.pillar)
    entry.edited_at = now
    entry.save()
    entry.tags.set(Tag.objects.filter(slug__in=described.tags))


def _refuse_unfit(entry: Entry, edition: Edition) -> None:
    """The order of days holds; what a reviewer sent back makes room for what is newer."""
    current = entry.current
    if current and edition.starts_on < current.effective_on:
        raise Refused(_("Vale da prima della versione che è già qui: non viene portata dentro."))
    entry.versions.filter(state=Version.State.RETURNED).delete()
    if entry.versions.exclude(state=Version.State.PUBLISHED).exists():
        raise Refused(_("Una versione aspetta ancora la revisione: decidetela, poi ripetete."))
