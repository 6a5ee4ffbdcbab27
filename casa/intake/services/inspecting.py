"""Inspecting files in quarantine, one at a time and as often as it takes."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from casa import drafting
from casa.foundation import clamav, locks
from casa.intake import tasks
from casa.intake.models import Finding, Reading, Upload
from casa.intake.steps import STEPS, Inspection, NotYet, Rejected
from casa.registry import trail
from casa.registry.actor import SYSTEM

MOST_ATTEMPTS = 3
PATIENCE = timedelta(seconds=5)
LOCK = "intake.inspect"


def inspect(*, upload_id: int, now: datetime) -> None:
    """Run every step over a file in quarantine, then clear or reject it in one transaction.

    Safe to repeat: it always starts again from the stored bytes. A session lock keeps two
    workers off one file, and dies with a worker that is killed; `sweep` then asks again. The
    file that brings three inspections down is rejected.
    """
    with locks.held(LOCK, upload_id) as mine:
        upload = _begin(upload_id) if mine else None
        if upload is None:
            return
        if upload.attempts > MOST_ATTEMPTS:
            _reject(upload, _gave_up(), now=now)
            return
        try:
            inspection = _run_steps(upload)
        except Rejected as refusal:
            _reject(upload, str(refusal), now=now)
        except NotYet as reason:
            _put_off(upload, str(reason))
        else:
            _clear(upload, inspection, now=now)


def sweep(*, now: datetime) -> int:
    """Ask again for inspections that nobody carries on; gives how many.

    The worker was killed, an inspection failed, a task was lost, or the antivirus was away.
    """
    if settings.CLAMAV_SOCKET and not clamav.is_answering(settings.CLAMAV_SOCKET):
        return 0
    waiting = Upload.objects.waiting().filter(received_at__lt=now - PATIENCE)
    unasked = set(waiting.values_list("pk", flat=True)) - _asked()
    left = [upload_id for upload_id in sorted(unasked) if _is_idle(upload_id)]
    for upload_id in left:
        tasks.inspect.enqueue(upload_id=upload_id)
    return len(left)


def _asked() -> set[int]:
    """The files whose inspection is in the queue."""
    queue = DBTaskResult.objects.ready().filter(task_path=tasks.inspect.module_path)
    return {task["kwargs"]["upload_id"] for task in queue.values_list("args_kwargs", flat=True)}


def _is_idle(upload_id: int) -> bool:
    with locks.held(LOCK, upload_id) as free:
        return free


def _begin(upload_id: int) -> Upload | None:
    """Count the attempt. Gives nothing when the file is no longer in quarantine."""
    upload = Upload.objects.waiting().select_related("body").filter(pk=upload_id).first()
    if upload:
        upload.attempts += 1
        upload.save(update_fields=["attempts"])
    return upload


def _run_steps(upload: Upload) -> Inspection:
    inspection = Inspection(upload=upload, path=Path(upload.file.path))
    for number, step in enumerate(STEPS, start=1):
        upload.step = _("passo {number} di {total}: {label}").format(
            number=number, total=len(STEPS), label=step.label
        )
        upload.save(update_fields=["step"])
        step.run(inspection)
    return inspection


def _put_off(upload: Upload, reason: str) -> None:
    """Leave the file in quarantine: it is not its fault, so the attempt does not count."""
    upload.step, upload.attempts = reason, upload.attempts - 1
    upload.save(update_fields=["step", "attempts"])


@transaction.atomic
def _clear(upload: Upload, inspection: Inspection, *, now: datetime) -> None:
    draft = inspection.draft
    if not _finish(upload, Upload.State.CLEARED, now=now, format=_format_of(draft)):
        return
    Reading.objects.create(
        upload=upload,
        draft=drafting.to_json(draft),
        pages=draft.pages,
        language=draft.language,
        confidence=draft.confidence,
    )
    Finding.objects.bulk_create(inspection.findings)
    codes = sorted({finding.code for finding in inspection.findings})
    trail.record("intake.upload.cleared", upload, actor=SYSTEM, body=upload.body, findings=codes)


def _format_of(draft: drafting.Draft) -> str:
    """What the stored bytes are: the draft speaks of what is inside a signed envelope."""
    return "p7m" if draft.envelopes else draft.format


@transaction.atomic
def _reject(upload: Upload, reason: str, *, now: datetime) -> None:
    if _finish(upload, Upload.State.REJECTED, now=now, reason=reason[:500]):
        trail.record(
            "intake.upload.rejected", upload, actor=SYSTEM, body=upload.body, reason=reason
        )


def _finish(upload: Upload, state: Upload.State, *, now: datetime, **changes: str) -> bool:
    """Move the file out of quarantine; false when somebody else just did, or deleted it."""
    rows = Upload.objects.waiting().filter(pk=upload.pk)
    return bool(rows.update(state=state, step="", inspected_at=now, **changes))


def _gave_up() -> str:
    return _(
        "Il file ha fatto fallire il controllo tre volte: salvalo di nuovo dal programma con cui "
        "è stato scritto, in un formato diverso, e ricaricalo."
    )
