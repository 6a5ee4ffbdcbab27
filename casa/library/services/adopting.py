"""Who uses what: a body says so, a copy says so by itself, once a year it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, cards
from casa.library.models import Adoption, Derivation, Entry, Version
from casa.library.models.adoptions import STILL_TRUE
from casa.library.queries.adoptions import to_ask
from casa.notices import services as notices
from casa.notices.models import Duty
from casa.notices.services import Owed
from casa.registry import trail
from casa.registry.actor import SYSTEM, Actor
from casa.registry.models import Office
from casa.registry.trail import key_of

STILL_USED = "library.still_true"
YEARLY = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """What a body says of its use: how far it is, since when, the evidence, why it stopped."""

    state: str
    since: date
    why: str = ""
    evidence: str = ""


@transaction.atomic
def adopt(*, entry: Entry, use: InUse, office: Office, actor: Actor, now: datetime) -> Adoption:
    """Say that the body acted for uses an entry, tries it, thinks of it, or uses it no more."""
    entry = _locked(entry.pk)
    _refuse_unfit(entry, use, office, actor, on=timezone.localdate(now))
    row = Adoption.objects.filter(entry=entry, body=office.body).first()
    row = row or Adoption(entry=entry, body=office.body)
    if use.state != Adoption.State.STOPPED:
        row.version = entry.current
    row.office, row.state, row.since = office, use.state, use.since
    row.why, row.evidence = use.why.strip(), use.evidence.strip()
    row.confirmed_on = timezone.localdate(now)
    row.save()
    trail.record(
        "library.adoption.declared", entry, actor=actor, body=row.body, now=now, state=row.state
    )
    _settle(row, row.get_state_display(), now=now)
    _file(entry)
    return row


@transaction.atomic
def note_use(
    *, entry: Entry, version: Version | None, office: Office, origin: str, now: datetime
) -> Adoption | None:
    """A copy was published or a document filled: the body uses the entry, without being asked.

    A body that said that it stopped is taken at its word; None then, and for one's own entries.
    """
    entry = _locked(entry.pk)
    known = Adoption.objects.filter(entry=entry, body=office.body_id).first()
    if entry.body_id == office.body_id or (known and known.state == Adoption.State.STOPPED):
        return None
    today = timezone.localdate(now)
    row = known or Adoption(entry=entry, body=office.body, origin=origin, since=today)
    row.office = row.office if known else office
    row.state, row.version, row.confirmed_on = Adoption.State.IN_USE, version, today
    row.save()
    trail.record("library.adoption.noted", entry, actor=SYSTEM, body=row.body, now=now)
    _settle(row, _("Usata da poco: non serve altro."), now=now)
    _file(entry)
    return row


def note_copy(version: Version, *, now: datetime) -> None:
    """A copy adapted from somebody's entry was published: its body uses the source."""
    rows = Derivation.objects.filter(entry=version.entry_id, entry__is_received=False)
    tie = rows.select_related("source", "entry__office__body").first()
    if tie is not None:
        basis = getattr(version, "basis", None)
        note_use(
            entry=tie.source,
            version=basis.source_version if basis else None,
            office=tie.entry.office,
            origin=Adoption.Origin.DERIVED,
            now=now,
        )


@transaction.atomic
def ask_still_used(*, now: datetime) -> None:
    """Every night: whoever confirmed a use a year ago is asked whether it is still true."""
    owed = list(_owed(on=timezone.localdate(now)))
    notices.owe(*owed, now=now)
    notices.keep_only(*owed, kind=STILL_USED, outcome=_("Non serve più."), now=now)


@transaction.atomic
def still_used(duty: Duty, actor: Actor, now: datetime) -> str:
    """«Sì, lo usiamo ancora», from the button of the duty, which already asked who may."""
    rows = Adoption.objects.in_use().select_for_update(of=("self",)).select_related("entry", "body")
    row = rows.filter(pk=duty.key.rpartition(":")[2]).first()
    if row is None:
        raise Refused(_("Il tuo ente ha già detto che non lo usa più: non serve altro."))
    row.confirmed_on = timezone.localdate(now)
    row.save(update_fields=["confirmed_on"])
    trail.record("library.adoption.confirmed", row.entry, actor=actor, body=row.body, now=now)
    outcome = _("Confermato: lo usate ancora.")
    _settle(row, outcome, now=now)
    return outcome


def _owed(*, on: date) -> Iterator[Owed]:
    for row in to_ask(on=on, after=YEARLY):
        title, url = row.entry.title, reverse("library:adopt", args=[row.entry.slug])
        yield Owed(
            office_id=row.office_id,
            kind=STILL_USED,
            key=key_of(row),
            title=_("Usate ancora «%s»?") % title,
            url=f"{url}?stato={Adoption.State.STOPPED}",
            action=_("No, non più"),
            due_on=row.confirmed_on + STILL_TRUE,
        )


def _locked(pk: int) -> Entry:
    rows = Entry.objects.select_for_update(of=("self",))
    return rows.select_related("body", "pillar", "current").get(pk=pk)


def _refuse_unfit(entry: Entry, use: InUse, office: Office, actor: Actor, *, on: date) -> None:
    if not access.may_adopt(actor, entry) or office.body_id != actor.acting_for:
        raise Refused(
            _("Lo dice chi scrive o amministra per un ente diverso da quello che l'ha pubblicato.")
        )
    stopped = use.state == Adoption.State.STOPPED
    if entry.is_withdrawn and not stopped:
        raise Refused(_("La scheda è stata ritirata: puoi dire solo che non la usate più."))
    if stopped and not use.why.strip():
        raise Refused(_("Scrivi perché non lo usate più: serve a chi lo ha scritto."))
    if use.since > on:
        raise Refused(_("Il giorno non è ancora arrivato: scrivi da quando vale oggi."))


def _settle(row: Adoption, outcome: str, *, now: datetime) -> None:
    notices.settle(kind=STILL_USED, key=key_of(row), outcome=outcome, now=now)


def _file(entry: Entry) -> None:
    """Search prefers a little what many bodies use. Last: other filings wait from here on."""
    if entry.current and not entry.is_withdrawn:
        clauses = entry.current.clauses.order_by("position")
        cards.file_entry(entry, version=entry.current, clauses=clauses)
