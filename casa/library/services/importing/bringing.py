"""Bringing the rows of a checked manifest in, one transaction each."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation import locks
from casa.foundation.errors import Refused
from casa.intake.models import Upload
from casa.library import tasks
from casa.library.models import Entry, ImportedRow, ImportRun, Version
from casa.library.models.choices import Audience, Licence
from casa.library.services.drafts import open_entry
from casa.library.services.importing.checking import demand_importer, demand_publisher
from casa.library.services.importing.files import Files, IntakeFiles
from casa.library.services.importing.likeness import Seen
from casa.library.services.importing.rows import Row, parts, read_rows
from casa.library.services.importing.twins import keep_twin, mark_twin, seen_by
from casa.library.services.reviews import publish_unreviewed
from casa.library.services.values import Card, Proposal
from casa.registry import trail
from casa.registry.actor import Actor, actor_for
from casa.registry.models import Body, Office

Progress = Callable[[int, int], None]
Outcome = ImportedRow.Outcome
LOCK = "library.import"
WAKE_WITHIN = timedelta(days=7)


@transaction.atomic
def start_run(
    content: bytes,
    *,
    name: str,
    body: Body,
    publishes: bool,
    actor: Actor,
    now: datetime,
    folder: str = "",
) -> ImportRun:
    """Write down what is asked; the same manifest that was interrupted is taken up again."""
    demand_importer(actor, body)
    if publishes:
        demand_publisher(actor)
    manifest = content.decode("latin-1").replace("\x00", "")  # byte for byte, whatever it is
    same = ImportRun.objects.select_for_update().filter(
        body=body, manifest=manifest, publishes=publishes, folder=folder, finished_at=None
    )
    if begun := same.first():
        return _asked(begun)
    run = ImportRun.objects.create(
        name=name[:255],
        manifest=manifest,
        folder=folder,
        body=body,
        person_id=actor.person_id,
        publishes=publishes,
        rows=len(read_rows(content, body)),
        started_at=now,
    )
    trail.record("library.archive.started", run, actor=actor, body=body, rows=run.rows)
    return _asked(run)


def bring_in(
    *, run: ImportRun, files: Files, actor: Actor, now: datetime, progress: Progress | None = None
) -> ImportRun:
    """Bring in every row not brought in yet; what failed before is tried again."""
    demand_importer(actor, run.body)
    rows = read_rows(run.manifest.encode("latin-1"), run.body)
    files.expect(name for row in rows for name in row.files if name)
    run.done.filter(outcome=Outcome.REFUSED).delete()
    done = set(run.done.values_list("line", flat=True))
    seen = seen_by(run, actor)
    for row in rows:
        if row.line not in done:
            _bring_row(row, run=run, files=files, seen=seen, actor=actor, now=now)
            done.add(row.line)
        if progress:
            progress(len(done), len(rows))
    return finish_run(run=run, actor=actor, now=timezone.now())


def carry_on(*, run_id: int, now: datetime) -> None:
    """Bring in the rest of a run of the page, for the person who asked. One process at a time."""
    run = ImportRun.objects.select_related("body", "person").get(pk=run_id)
    with locks.held(LOCK, run.pk) as mine:
        if mine and not run.is_finished and not run.folder:
            actor = actor_for(run.person, on=timezone.localdate(now), acting_for=run.body_id)
            bring_in(run=run, files=IntakeFiles(run.body), actor=actor, now=now)


def wake_runs(*, now: datetime) -> int:
    """When the worker starts: ask again for the runs that a stop of the house interrupted.

    One that another process is bringing in stays with it; one that lost its author or its right is
    refused when its turn comes, and waits for a person. Old ones are left to the button.
    """
    since = now - WAKE_WITHIN
    asleep = ImportRun.objects.filter(finished_at=None, folder="", started_at__gte=since)
    for pk in (found := list(asleep.order_by("pk").values_list("pk", flat=True))):
        tasks.bring_in.enqueue(run_id=pk)
    return len(found)


@transaction.atomic
def resume_run(*, run: ImportRun, actor: Actor) -> None:
    """Ask for the rest of a run that stopped, and for what failed to be tried again."""
    demand_importer(actor, run.body)
    if run.folder:
        raise Refused(_("È partita dalla riga di comando: ripeti lì lo stesso comando."))
    ImportRun.objects.filter(pk=run.pk).update(finished_at=None)
    _asked(run)


@transaction.atomic
def finish_run(*, run: ImportRun, actor: Actor, now: datetime) -> ImportRun:
    """Close the run; where it published, the trail says how much nobody reviewed."""
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("body").get(pk=run.pk)
    if run.is_finished:
        return run
    run.finished_at = now
    run.save(update_fields=["finished_at"])
    if run.publishes:
        number = run.done.filter(outcome=Outcome.PUBLISHED).count()
        trail.record(
            "library.archive.published", run, actor=actor, body=run.body, unreviewed=number
        )
    return run


def _asked(run: ImportRun) -> ImportRun:
    """The worker brings in what stands in the intake; the command line does its own work."""
    if not run.folder:
        transaction.on_commit(partial(tasks.bring_in.enqueue, run_id=run.pk))
    return run


def _bring_row(
    row: Row, *, run: ImportRun, files: Files, seen: Seen, actor: Actor, now: datetime
) -> None:
    """The files through the intake first; then entry, mark and outcome in one transaction."""
    made = ImportedRow(run=run, line=row.line, title=row["titolo"][:200], outcome=Outcome.REFUSED)
    try:
        _refuse_mistaken(row, files)
        made.entry = _already_there(row, run.body, files.sha256(row["file"]))
        uploads = [] if made.entry else _uploads(row, files, actor=actor, now=now)
        with transaction.atomic():
            version = _version(row, made, uploads, actor=actor, now=now)
            if uploads and version:
                mark_twin(made, version, files.sha256(row["file"]), seen)
            elif version:
                keep_twin(made)
            if version and run.publishes:
                _publish(made, version, actor=actor, now=now)
            made.save()
    except Refused as refusal:
        made.entry, made.sentence = None, str(refusal)[:600]
        made.save()


def _uploads(row: Row, files: Files, *, actor: Actor, now: datetime) -> list[Upload]:
    office = _office(row)
    return [files.upload(name, office=office, actor=actor, now=now) for name in row.files]


def _version(
    row: Row, made: ImportedRow, uploads: list[Upload], *, actor: Actor, now: datetime
) -> Version | None:
    """The draft just made; of an entry that was there, the draft still open."""
    if made.entry:
        made.outcome = Outcome.THERE
        return made.entry.versions.filter(state=Version.State.DRAFT).first()
    body, proposal = made.run.body, _proposal(row, uploads, now)
    version = open_entry(card=_card(row), proposal=proposal, body=body, actor=actor, now=now)
    made.entry, made.outcome = version.entry, Outcome.DRAFT
    return version


def _publish(made: ImportedRow, version: Version, *, actor: Actor, now: datetime) -> None:
    """What needs a person's judgement stays a draft, with the reason."""
    if made.twin_id:
        made.sentence = _("Resta in bozza. Somiglia a un'altra scheda: decidi quale tenere.")
        return
    try:
        publish_unreviewed(version=version, actor=actor, now=now)
    except Refused as refusal:
        made.sentence = (_("Resta in bozza. %(why)s") % {"why": refusal})[:600]
    else:
        made.outcome = Outcome.PUBLISHED


def _already_there(row: Row, body: Body, digest: str) -> Entry | None:
    mains = {"versions__files__upload__sha256": digest, "versions__files__position": 1}
    return Entry.objects.filter(body=body, title=row["titolo"], **mains).first()


def _refuse_mistaken(row: Row, files: Files) -> None:
    problems = (files.problem(name) for name in row.files if name)
    for sentence in [*map(str, row.mistakes), *filter(None, problems)]:
        raise Refused(sentence)


def _card(row: Row) -> Card:
    codes = row.codes
    if row.pillar is None:
        raise Refused(_("Manca il pilastro."))
    return Card(
        kind=codes["kind"],
        title=row["titolo"],
        object=row["oggetto"],
        pillar=row.pillar,
        office=_office(row),
        licence=codes["licence"] or Licence.CC_BY,
        procedure_type=codes["procedure_type"],
        contract_type=codes["contract_type"],
        criterion=codes["criterion"],
        amount_band=codes["amount_band"],
        phase=codes["phase"],
        cpv_codes=row.cpv_codes,
        norms=parts(row["norme"]),
    )


def _office(row: Row) -> Office:
    if row.office is None:
        raise Refused(_("L'ente non ha un ufficio predefinito: scrivi l'ufficio nella riga."))
    return row.office


def _proposal(row: Row, uploads: list[Upload], now: datetime) -> Proposal:
    return Proposal(
        changes=row["contenuto"] or _("Testo dell'archivio dell'ente, com'era."),
        why=row["motivo"] or _("Rendere disponibile l'archivio dell'ente."),
        effective_on=row.starts_on or timezone.localdate(now),
        audience=row.codes["audience"] or Audience.PUBLIC,
        uploads=uploads,
    )
