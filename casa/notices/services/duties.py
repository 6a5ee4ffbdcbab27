"""What offices owe is written down here by the rooms that know it, and settled when it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import Truncator

from casa.notices.models import Duty

LONGEST_TITLE, LONGEST_NOTE, MOST_NOTES = 300, 300, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An act that an office owes about a thing: its sentence, its page, the word on the button."""

    office_id: int
    kind: str
    key: str
    title: str
    url: str
    action: str
    notes: Sequence[str] = ()
    due_on: date | None = None


@transaction.atomic
def owe(*owed: Owed, now: datetime) -> None:
    """Write down what is owed. An open duty of that kind about that thing is brought up to date.

    Many at once cost two queries, not two each; the order of offices keeps two writers from
    waiting for each other.
    """
    wanted = {(one.office_id, one.kind, one.key): one for one in owed}
    known = {(duty.office_id, duty.kind, duty.key): duty for duty in _open_ones(wanted.values())}
    changed = [known[at] for at, one in wanted.items() if at in known and _says(known[at], one)]
    for duty in changed:
        duty.changed_at, duty.mailed_at = now, None
    fields = ["title", "url", "action", "notes", "due_on", "changed_at", "mailed_at"]
    Duty.objects.bulk_update(changed, fields, batch_size=500)
    new = [_new(one, now) for at, one in sorted(wanted.items()) if at not in known]
    Duty.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)


@transaction.atomic
def settle(
    *, kind: str, key: str, outcome: str, now: datetime, office_id: int | None = None
) -> int:
    """The act is done, or nobody owes it any more; how many duties that closes."""
    duties = Duty.objects.open().filter(kind=kind, key=key)
    if office_id is not None:
        duties = duties.filter(office_id=office_id)
    return duties.update(done_at=now, outcome=outcome[:LONGEST_NOTE])


@transaction.atomic
def settle_all(*, kinds: Iterable[str], keys: Iterable[str], outcome: str, now: datetime) -> int:
    """The same of many things at once."""
    duties = Duty.objects.open().filter(kind__in=list(kinds), key__in=list(keys))
    return duties.update(done_at=now, outcome=outcome[:LONGEST_NOTE])


@transaction.atomic
def settle_told(*, kind: str, outcome: str, now: datetime) -> int:
    """The same of what only had to be told, once it stood in a mail."""
    duties = Duty.objects.open().filter(kind=kind, mailed_at__lt=now)
    return duties.update(done_at=now, outcome=outcome[:LONGEST_NOTE])


def _open_ones(owed: Iterable[Owed]) -> Iterable[Duty]:
    rows = list(owed)
    return (
        Duty.objects.open()
        .filter(
            office_id__in={one.office_id for one in rows},
            kind__in={one.kind for one in rows},
            key__in={one.key for one in rows},
        )
        .order_by("pk")
        .select_for_update()
    )


def _says(duty: Duty, owed: Owed) -> bool:
    """Bring the duty up to date; whether it now says something new, and is to be mailed again."""
    before = (duty.title, duty.notes, duty.due_on, duty.url, duty.action)
    duty.title, duty.url, duty.action = _title(owed), owed.url, owed.action
    duty.notes, duty.due_on = _notes(owed), owed.due_on
    return (duty.title, duty.notes, duty.due_on, duty.url, duty.action) != before


def _new(owed: Owed, now: datetime) -> Duty:
    return Duty(
        office_id=owed.office_id,
        kind=owed.kind,
        key=owed.key,
        title=_title(owed),
        notes=_notes(owed),
        url=owed.url,
        action=owed.action,
        due_on=owed.due_on,
        created_at=now,
        changed_at=now,
    )


def _title(owed: Owed) -> str:
    """A long name of a body beside a long title: the end goes, the act is still owed."""
    return Truncator(owed.title).chars(LONGEST_TITLE)


def _notes(owed: Owed) -> list[str]:
    return [note[:LONGEST_NOTE] for note in owed.notes[:MOST_NOTES]]
