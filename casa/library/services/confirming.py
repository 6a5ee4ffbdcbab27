"""Texts have a day by which their office says that they still hold; what is asked and said then."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, cards, kit_cards
from casa.library.models import Entry, Kit
from casa.library.queries.confirming import SOON, kits_to_confirm, to_confirm
from casa.library.services.kits import locked_kit
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
    may = actor.system or access.may_confirm(actor, entry)
    until = None if entry.is_withdrawn else entry.review_by
    _refuse_unfit(until, may=may, on=timezone.localdate(now))
    entry.review_by = timezone.localdate(now + CONFIRM_AFTER)
    entry.save(update_fields=["review_by"])
    if entry.current:
        clauses = entry.current.clauses.order_by("position")
        cards.file_entry(entry, version=entry.current, clauses=clauses)
    trail.record("library.entry.confirmed", entry, actor=actor, body=entry.body, now=now)
    notices.settle(kind=REVIEW_BY, key=key_of(entry), outcome=_outcome(entry.review_by), now=now)
    return entry.review_by


@transaction.atomic
def confirm_kit(*, kit: Kit, actor: Actor, now: datetime) -> date:
    """The same of a kit."""
    kit = locked_kit(kit)
    may = actor.system or access.may_confirm_kit(actor, kit)
    until = kit.review_by if kit.is_published else None
    _refuse_unfit(until, may=may, on=timezone.localdate(now))
    kit.review_by = timezone.localdate(now + CONFIRM_AFTER)
    kit.save(update_fields=["review_by"])
    kit_cards.file_kit(kit)
    trail.record("library.kit.confirmed", kit, actor=actor, body=kit.body, now=now)
    notices.settle(kind=REVIEW_BY, key=key_of(kit), outcome=_outcome(kit.review_by), now=now)
    return kit.review_by


def confirm_by_duty(duty: Duty, actor: Actor, now: datetime) -> str:
    """The same from the button of a duty, which already asked who may."""
    _room, noun, pk = duty.key.split(":")
    if noun == "kit" and (kit := Kit.objects.filter(pk=pk).first()):
        return _outcome(confirm_kit(kit=kit, actor=actor, now=now))
    if noun == "entry" and (entry := Entry.objects.filter(pk=pk).first()):
        return _outcome(confirm(entry=entry, actor=actor, now=now))
    raise Refused(_("Il testo non c'è più: non serve riconfermarlo."))


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
    for kit in kits_to_confirm(on=on):
        yield Owed(
            office_id=kit.office_id,
            kind=REVIEW_BY,
            key=key_of(kit),
            title=_("Il kit «%(title)s» è ancora valido?") % {"title": kit.title},
            url=kit.get_absolute_url(),
            action=_("Controlla il kit"),
            due_on=kit.review_by,
        )


def _refuse_unfit(until: date | None, *, may: bool, on: date) -> None:
    if not may:
        raise Refused(_("Lo conferma chi scrive, rivede o amministra per l'ente del testo."))
    if until is None:
        raise Refused(_("Si conferma solo un testo pubblicato e non ritirato."))
    if until > on + SOON:
        said = date_format(until, "j F Y")
        raise Refused(_("È già confermato fino al %s: non serve altro.") % said)


def _outcome(until: date) -> str:
    return _("Confermato: è valido fino al %s.") % date_format(until, "j F Y")
