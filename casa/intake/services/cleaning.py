"""Making cleaned copies: by the worker, in the jail, one at a time."""

import logging
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from casa import drafting
from casa.foundation import jail, locks
from casa.foundation.errors import Refused
from casa.intake import queries, sharing, tasks
from casa.intake.models import CleanedCopy, SharingDecision, Upload
from casa.intake.scrubbing import Scrubbed, scrub
from casa.intake.services.receiving import store, unsaved
from casa.registry import trail
from casa.registry.actor import SYSTEM

logger = logging.getLogger(__name__)
LOCK = "intake.clean"
MOST_ATTEMPTS = 3
PATIENCE = timedelta(seconds=5)


def clean(*, copy_id: int, now: datetime) -> None:
    """Make the copy that a person asked for and bring it in, or say in a sentence why not.

    Safe to repeat: it starts again from the original and the decisions, which a failure keeps.
    The copy is a new upload, inspected as any other.
    """
    with locks.held(LOCK, copy_id) as mine:
        cleaned = _begin(copy_id) if mine else None
        if cleaned is None or cleaned.original is None:
            return
        if cleaned.attempts > MOST_ATTEMPTS:
            _fail(cleaned, _gave_up(), now=now)
            return
        try:
            scrubbed = scrub(cleaned.original, _decided(cleaned, cleaned.original))
            _bring_in(cleaned, cleaned.original, scrubbed, now=now)
        except (Refused, drafting.Unreadable) as refusal:
            _fail(cleaned, str(refusal), now=now)
        except (jail.NoJail, jail.JailBroken) as failure:
            logger.warning("Cleaned copy %s: %r", cleaned.pk, failure)
            _fail(cleaned, _sentence(failure), now=now)


def sweep_copies(*, now: datetime) -> int:
    """Ask again for copies that nobody is making: the worker was killed, a task was lost."""
    queue = DBTaskResult.objects.ready().filter(task_path=tasks.clean.module_path)
    asked = {task["kwargs"]["copy_id"] for task in queue.values_list("args_kwargs", flat=True)}
    waiting = CleanedCopy.objects.waiting().filter(requested_at__lt=now - PATIENCE)
    unasked = sorted(set(waiting.values_list("pk", flat=True)) - asked)
    left = [copy_id for copy_id in unasked if _is_idle(copy_id)]
    for copy_id in left:
        tasks.clean.enqueue(copy_id=copy_id)
    return len(left)


def _is_idle(copy_id: int) -> bool:
    with locks.held(LOCK, copy_id) as free:
        return free


def _begin(copy_id: int) -> CleanedCopy | None:
    """Count the attempt. Gives nothing when the copy is made, or given up."""
    waiting = CleanedCopy.objects.waiting().select_related("original__office__body")
    cleaned = waiting.filter(pk=copy_id).first()
    if cleaned:
        cleaned.attempts += 1
        cleaned.save(update_fields=["attempts"])
    return cleaned


def _decided(cleaned: CleanedCopy, original: Upload) -> list[dict[str, str]]:
    """The decisions with their values, found again in the text of the original by their digest."""
    by_digest = {one.digest: one for one in SharingDecision.objects.filter(cleaned=cleaned)}
    draft = queries.draft_of(original)
    said = []
    for found in sharing.found_in(draft, original) if draft else []:
        decision = by_digest.get(found.digest)
        action = decision.action if decision else found.proposed
        reason = decision.reason if decision else found.rule
        said.append(
            {"kind": found.kind, "value": found.datum.value, "action": action, "reason": reason}
        )
    extra = (" ".join(line.split()) for line in cleaned.extra.splitlines())
    return said + [{"kind": "", "value": one, "action": "remove"} for one in extra if one]


@transaction.atomic
def _bring_in(cleaned: CleanedCopy, original: Upload, scrubbed: Scrubbed, *, now: datetime) -> None:
    if not CleanedCopy.objects.select_for_update().waiting().filter(pk=cleaned.pk).exists():
        return
    file = ContentFile(scrubbed.data, name=f"{cleaned.name}{scrubbed.suffix}")
    row = unsaved(file, office=original.office, person_id=cleaned.person_id, now=now)
    copy = store(row, file, actor=SYSTEM)
    cleaned.copy, cleaned.state, cleaned.extra = copy, CleanedCopy.State.DONE, ""
    cleaned.removed, cleaned.dropped, cleaned.warned = (
        scrubbed.removed,
        scrubbed.dropped,
        scrubbed.warned,
    )
    cleaned.finished_at = now
    cleaned.save()
    trail.record("intake.copy.made", copy, actor=SYSTEM, body=copy.body, now=now)


@transaction.atomic
def _fail(cleaned: CleanedCopy, reason: str, *, now: datetime) -> None:
    """Keep all that was decided and typed: the person finds it on the page, with the reason."""
    rows = CleanedCopy.objects.waiting().filter(pk=cleaned.pk)
    failed = rows.update(state=CleanedCopy.State.FAILED, reason=reason[:500], finished_at=now)
    if failed and (upload := cleaned.original):
        told = {"reason": reason}
        trail.record("intake.copy.failed", upload, actor=SYSTEM, body=upload.body, now=now, **told)


def _sentence(failure: jail.NoJail | jail.JailBroken) -> str:
    if isinstance(failure, jail.NoJail):
        return _(
            "Sul server manca l'ambiente protetto in cui si ripuliscono i file: avvisa chi "
            "gestisce la piattaforma, poi riprova."
        )
    if isinstance(failure, jail.TimedOut | jail.OutOfMemory | jail.TooMuchOutput):
        return _(
            "Il file è troppo grande per ripulirlo qui: dividilo in più parti, caricale e "
            "riprova con ciascuna."
        )
    return _gave_up()


def _gave_up() -> str:
    return _(
        "Questo file non si riesce a ripulire: salvalo di nuovo dal programma con cui è stato "
        "scritto, in un formato diverso, caricalo e riprova. L'originale non è cambiato."
    )
