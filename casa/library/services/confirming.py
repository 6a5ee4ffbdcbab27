"""Texts have a day by which their office says that they still hold; what is asked and said then."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, cards
from casa.library.models import Entry
from casa.library.queries.confirming import SOON, to_confirm
from casa.library.services.reviews import CONFIRM_AFTER
from casa.notices import services as notices
from casa.notices.models import Duty
from casa.notices.services import Owed
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.trail import key_of

REVIEW_BY = "library.review_by"


def ask_to_confirm(*, now: datetime) -> int:
    """Every night: who has a text to confirm owes it, who has none any more owes nothing.

    Gives back how many reminders were mailed.
    """
    with transaction.atomic():
        owed = list(_owed(on=timezone.localdate(now)))
        notices.owe(*owed, now=now)
        notices.keep_only(*owed, kind=REVIEW_BY, outcome=_("Non serve più."), now=now)
    return notices.remind(kind=REVIEW_BY, now=now)


@transaction.atomic
def confirm(*, entry: Entry, actor: Actor, now: datetime) -> date:
    """«Confermo, è ancora valido»: good for another year. Gives back until when."""
    rows = Entry.objects.select_for_update(of=("self",)).select_related("body", "pillar", "current")
    entry = rows.get(pk=entry.pk)
    _refuse_unfit(entry, actor, on=timezone.localdate(now))
    entry.review_by = timezone.localdate(now + CONFIRM_AFTER)
    entry.save(update_fields=["review_by"])
    if entry.current:
        clauses = entry.current.clauses.order_by("position")
        cards.file_entry(entry, version=entry.current, clauses=clauses)
    trail.record("library.entry.confirmed", entry, actor=actor, body=entry.body, now=now)
    notices.settle(kind=REVIEW_BY, key=key_of(entry), outcome=_outcome(entry.review_by), now=now)
    return entry.review_by


def confirm_by_duty(duty: Duty, actor: Actor, now: datetime) -> str:
    """The same from the button of a duty, which already asked who may."""
    entry = Entry.objects.filter(pk=duty.key.rpartition(":")[2]).first()
    if entry is None:
        raise Refused(_("Il testo non c'è più: non serve riconfermarlo."))
    return _outcome(confirm(entry=entry, actor=actor, now=now))


@transaction.atomic
def settle_confirmation(entry: Entry, *, outcome: str, now: datetime) -> None:
    """A new version was published, or the entry withdrawn: nothing is owed any more."""
    notices.settle(kind=REVIEW_BY, key=key_of(entry), outcome=outcome, now=now)


def _owed(*, on: date) -> Iterator[Owed]:
    for entry in to_confirm(on=on):
        yield Owed(
            office_id=entry.office_id,
            kind=REVIEW_BY,
            key=key_of(entry),
            title=_("«%(title)s» è ancora valido?") % {"title": entry.title},
            url=reverse("library:confirm", args=[entry.slug]),
            action=_("Controlla il testo"),
            due_on=entry.review_by,
        )


def _refuse_unfit(entry: Entry, actor: Actor, *, on: date) -> None:
    if not (actor.system or access.may_confirm(actor, entry)):
        raise Refused(_("Lo conferma chi scrive, rivede o amministra per l'ente del testo."))
    if entry.is_withdrawn or entry.review_by is None:
        raise Refused(_("Si conferma solo un testo pubblicato e non ritirato."))
    if entry.review_by > on + SOON:
        until = date_format(entry.review_by, "j F Y")
        raise Refused(_("È già confermato fino al %s: non serve altro.") % until)


def _outcome(until: date) -> str:
    return _("Confermato: è valido fino al %s.") % date_format(until, "j F Y")
