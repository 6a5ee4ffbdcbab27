"""Changing clauses in the browser: kept half-way, then the worker makes the document of a draft."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation import jail, locks
from casa.foundation.errors import Refused
from casa.intake.models import Upload
from casa.library import access, tasks
from casa.library.models import Entry, Rewriting, Version
from casa.library.queries.rewriting import Sheet, Written, sheet_of, standing, start_of
from casa.library.services.drafts import edit_version, open_version
from casa.library.services.merged import (
    annexes_of,
    brought_in,
    copied,
    edited_file,
    main_file,
    not_written,
)
from casa.library.services.values import Proposal
from casa.registry.actor import Actor, actor_for

LOCK = "library.rewriting"
PATIENCE = timedelta(minutes=2)


@transaction.atomic
def write_clause(
    *, entry: Entry, clause: Written, text: str, actor: Actor, now: datetime
) -> Rewriting:
    """Keep what was written into one clause; its old words again take it off the list."""
    row = _open_row(entry, actor=actor, now=now)
    if not text.strip():
        raise Refused(
            _("Una clausola non si toglie da qui: scarica il file, toglila e caricalo di nuovo.")
        )
    row.texts = {key: said for key, said in row.texts.items() if key != clause.key}
    if text != clause.before:
        row.texts[clause.key] = {"before": clause.before, "text": text}
    row.save()
    return row


@transaction.atomic
def forget_clause(*, entry: Entry, key: str, actor: Actor, now: datetime) -> Rewriting:
    """Leave one clause as it was."""
    row = _open_row(entry, actor=actor, now=now)
    row.texts = {other: said for other, said in row.texts.items() if other != key}
    row.save()
    return row


@transaction.atomic
def finish_writing(
    *, entry: Entry, changes: str, why: str, actor: Actor, now: datetime
) -> Rewriting | None:
    """Ask the worker for the document. A draft keeps its own note; a new version needs one."""
    row = _open_row(entry, actor=actor, now=now)
    sheet = sheet_of(entry, row)
    if sheet is None or not sheet.is_writable:
        raise Refused(not_written())
    if not sheet.changed:
        raise Refused(_("Non hai ancora cambiato niente: scegli una clausola e scrivi."))
    if not sheet.is_draft and not (changes.strip() and why.strip()):
        raise Refused(_("Scrivi che cosa cambia e perché: lo legge chi usa il testo."))
    row.changes, row.why = changes.strip()[:2000], why.strip()[:2000]
    row.state, row.version = Rewriting.State.WORKING, sheet.version
    row.save()
    transaction.on_commit(lambda: tasks.rewrite.enqueue(row.pk))
    return row


def carry_out_writing(*, rewriting_id: int, now: datetime) -> None:
    """Make the document and the draft of what was written. A problem is told on the page."""
    with locks.held(LOCK, rewriting_id) as mine:
        rows = Rewriting.objects.filter(pk=rewriting_id, state=Rewriting.State.WORKING)
        known = rows.select_related("entry__body", "entry__office", "entry__current", "person")
        row = known.first() if mine else None
        if row is None:
            return
        try:
            _make_draft(row, now=now)
        except (Refused, jail.NoJail, jail.JailBroken) as problem:
            told = str(problem) if isinstance(problem, Refused) else not_written()
            rows.update(state=Rewriting.State.FAILED, problem=told)
        except Exception:  # a bug, which surfaces; but the sweep does not ask for it for ever
            rows.update(state=Rewriting.State.FAILED, problem=not_written())
            raise


def sweep_writings(*, now: datetime) -> int:
    """Ask again for documents that a killed worker left; how many. Safe to repeat."""
    left = Rewriting.objects.filter(
        state=Rewriting.State.WORKING, changed_at__lt=now - PATIENCE
    ).values_list("pk", flat=True)
    for pk in left:
        tasks.rewrite.enqueue(pk)
    return len(left)


def _open_row(entry: Entry, *, actor: Actor, now: datetime) -> Rewriting:
    """The row of the entry, locked with it; refused where nobody may write now."""
    rows = Entry.objects.select_for_update(of=("self",)).select_related("body", "current")
    entry = rows.get(pk=entry.pk)
    if not access.may_rewrite(actor, entry):
        raise Refused(_("Il testo lo cambia chi ha un mandato di redazione nell'ente."))
    start = start_of(entry)
    if start is None or start.state == Version.State.IN_REVIEW:
        raise Refused(_("La versione è in revisione: si cambia se torna indietro, o dopo."))
    row = Rewriting.objects.filter(entry=entry).first() or Rewriting(entry=entry)
    if row.state == Rewriting.State.WORKING:
        raise Refused(_("Il documento è già in preparazione: aspetta qualche secondo."))
    row.version, row.state, row.problem = start, Rewriting.State.OPEN, ""
    row.person_id, row.changed_at = actor.person_id, now
    return row


def _make_draft(row: Rewriting, *, now: datetime) -> None:
    sheet = _still_so(row)
    texts, file = standing(sheet, row), main_file(sheet.version)
    data, suffix = edited_file(sheet.version, texts)
    today = timezone.localdate(now)
    actor = actor_for(row.person, on=today, acting_for=row.entry.body_id)
    name = Path(file.name).stem
    upload = brought_in(row.entry, data, name=name, suffix=suffix, actor=actor, now=now)
    with transaction.atomic():
        rows = Entry.objects.select_for_update(of=("self",)).select_related("body", "current")
        row.entry = rows.get(pk=row.entry_id)  # as it is now, not as it was when we began
        if main_file(_still_so(row).version) != file:
            raise Refused(_changed_meanwhile())
        _save_draft(row, sheet.version, upload, actor=actor, now=now)
        row.delete()


def _still_so(row: Rewriting) -> Sheet:
    """The text that was written into, unless another has taken its place."""
    sheet = sheet_of(row.entry, row)
    if sheet is None or sheet.version.pk != row.version_id:
        raise Refused(_changed_meanwhile())
    return sheet


def _changed_meanwhile() -> str:
    return _("Intanto il testo è cambiato: rileggi le modifiche e salva di nuovo.")


def _save_draft(
    row: Rewriting, start: Version, upload: Upload, *, actor: Actor, now: datetime
) -> Version:
    if start.state != Version.State.PUBLISHED:
        return edit_version(version=start, proposal=_edited(start, upload), actor=actor, now=now)
    annexes = copied(row.entry, annexes_of(start), actor=actor, now=now)
    proposal = Proposal(
        changes=row.changes,
        why=row.why,
        effective_on=max(timezone.localdate(now), start.effective_on),
        audience=start.audience,
        uploads=[upload, *annexes],
    )
    return open_version(entry=row.entry, proposal=proposal, actor=actor, now=now)


def _edited(start: Version, upload: Upload) -> Proposal:
    return Proposal(
        changes=start.changes,
        why=start.why,
        effective_on=start.effective_on,
        audience=start.audience,
        uploads=[upload, *annexes_of(start)],
    )
