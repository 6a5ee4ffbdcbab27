"""Proposing a change to the source, and answering."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, cards
from casa.library.models import Clause, Entry, Rewriting, Suggestion, Version
from casa.library.models.choices import Audience
from casa.library.queries.rewriting import Sheet, Written, rewriting_of, sheet_of
from casa.library.queries.suggesting import Offer, offered_source
from casa.library.services.crediting import credit
from casa.library.services.rewriting import write_clause
from casa.notices import services as notices
from casa.notices.models import Duty
from casa.notices.services import Owed, Told
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.trail import key_of
from casa.registry.words import to_body

SUGGESTED = "library.suggestion"
ANSWERED = "library.suggestion_answered"
MOST = 20_000


@transaction.atomic
def suggest(
    *, copy: Entry, offer: Offer, text: str, reason: str, actor: Actor, now: datetime
) -> Suggestion:
    """Offer a clause of ours to the source; its office owes an answer. Twice clicked, sent once."""
    copy = Entry.objects.select_for_update(of=("self",)).select_related("body").get(pk=copy.pk)
    if not access.may_suggest(actor, copy):
        raise Refused(_("Propone alla fonte chi ha un mandato di redazione nell'ente."))
    source = offered_source(copy)
    if source is None:
        raise Refused(
            _(
                "Qui nessuno può rispondere per la fonte: non è più aperta agli altri enti, oppure "
                "è arrivata da un'altra installazione."
            )
        )
    if known := Suggestion.objects.waiting().filter(copy=copy, key=offer.key).first():
        return known
    if not reason.strip() or not text.strip():
        raise Refused(_("Scrivi il testo e perché serve: la fonte decide su questo."))
    row = Suggestion.objects.create(
        source=source,
        copy=copy,
        key=offer.key,
        title=offer.title[:400],
        before=offer.before,
        text=text.strip()[:MOST],
        reason=reason.strip()[:2000],
        sent_at=now,
    )
    _ask(row, now=now)
    trail.record("library.suggestion.sent", source, actor=actor, body=copy.body, now=now)
    return row


@transaction.atomic
def withdraw_suggestion(*, suggestion: Suggestion, actor: Actor, now: datetime) -> None:
    """Take back what nobody has answered."""
    row = _locked(suggestion)
    if not access.may_withdraw_suggestion(actor, row):
        raise Refused(
            _("La ritira chi redige per l'ente che l'ha mandata, finché non c'è risposta.")
        )
    row.state, row.answered_at = Suggestion.State.WITHDRAWN, now
    row.save(update_fields=["state", "answered_at"])
    _settle(SUGGESTED, row, _("Ritirata."), now=now)
    trail.record(
        "library.suggestion.withdrawn", row.source, actor=actor, body=row.copy.body, now=now
    )


@transaction.atomic
def accept_suggestion(
    *, suggestion: Suggestion, text: str, answer: str, actor: Actor, now: datetime
) -> bool:
    """Take the words, or others instead; whether they wait among the changes of the text already.

    Where the file is not one that we write, somebody brings them into it by hand.
    """
    row = _answerable(suggestion, actor)
    if not text.strip():
        raise Refused(_("Scrivi il testo che prendete, oppure rispondi che non lo prendete."))
    row.taken = text.strip()[:MOST]
    same = row.taken.split() == row.text.split()
    row.state = Suggestion.State.ACCEPTED if same else Suggestion.State.EDITED
    _answer(row, answer, actor=actor, now=now)
    written = _onto_sheet(row, actor=actor, now=now)
    opened = row.source.versions.filter(state__in=[Version.State.DRAFT, Version.State.RETURNED])
    if version := opened.first():
        credit(version)
    return written


@transaction.atomic
def decline_suggestion(*, suggestion: Suggestion, answer: str, actor: Actor, now: datetime) -> None:
    """Say why it is not taken."""
    row = _answerable(suggestion, actor)
    if not answer.strip():
        raise Refused(_("Scrivi perché non la prendete: chi l'ha proposta deve capirlo."))
    row.state = Suggestion.State.DECLINED
    _answer(row, answer, actor=actor, now=now)


@transaction.atomic
def note_answer_read(*, suggestion: Suggestion, actor: Actor, now: datetime) -> None:
    """The body that proposed has read the answer."""
    if not access.may_read_suggestions(actor, suggestion.copy):
        raise Refused(_("La risposta è per l'ente che ha fatto la proposta."))
    _settle(ANSWERED, suggestion, _("Risposta letta."), now=now)


def read_by_duty(_duty: Duty, _actor: Actor, _now: datetime) -> str:
    """The button of the duty does the same."""
    return _("Risposta letta.")


def _locked(suggestion: Suggestion) -> Suggestion:
    rows = Suggestion.objects.select_for_update(of=("self",))
    return rows.select_related("source__body", "copy__body").get(pk=suggestion.pk)


def _answerable(suggestion: Suggestion, actor: Actor) -> Suggestion:
    row = _locked(suggestion)
    if not row.is_open:
        raise Refused(_("La proposta ha già una risposta, o è stata ritirata."))
    if not access.may_answer(actor, row):
        raise Refused(_("Risponde chi ha un mandato di redazione nell'ente della fonte."))
    return row


def _answer(row: Suggestion, answer: str, *, actor: Actor, now: datetime) -> None:
    row.answer, row.answered_at = answer.strip()[:2000], now
    row.save(update_fields=["state", "answer", "answered_at", "taken"])
    _settle(SUGGESTED, row, str(row.get_state_display()).capitalize() + ".", now=now)
    _tell_answer(row, now=now)
    trail.record(
        "library.suggestion.answered",
        row.source,
        actor=actor,
        body=row.source.body,
        now=now,
        state=row.state,
    )


def _onto_sheet(row: Suggestion, *, actor: Actor, now: datetime) -> bool:
    """Put the words among the changes of the source's text, for its next version."""
    rewriting = rewriting_of(row.source)
    if rewriting and rewriting.state == Rewriting.State.WORKING:
        return False
    sheet = sheet_of(row.source, rewriting)
    clause = _clause(sheet, row.key) if sheet else None
    if sheet is None or clause is None or not sheet.is_writable or not sheet.is_open:
        return False
    if clause.is_changed:  # a colleague is writing there: nobody writes over it
        return False
    write_clause(entry=row.source, clause=clause, text=row.taken, actor=actor, now=now)
    Rewriting.objects.filter(entry=row.source, why="").update(why=row.reason)
    return True


def _clause(sheet: Sheet, key: str) -> Written | None:
    """The clause of a file that has this key in the library."""
    known = Clause.objects.filter(version=sheet.version, key=key).first()
    if known is None:
        return sheet.clause(key)
    return next((one for one in sheet.clauses if one.first_block == known.first_block), None)


def _ask(row: Suggestion, *, now: datetime) -> None:
    said = {"body": row.copy.body, "title": row.source.title, "clause": row.title}
    title = _("%(body)s propone una modifica a «%(title)s»: %(clause)s") % said
    url = reverse("library:suggestion", args=[row.pk])
    notices.owe(
        Owed(
            office_id=row.source.office_id,
            kind=SUGGESTED,
            key=key_of(row),
            title=title[:300],
            notes=[row.reason],
            url=url,
            action=_("Rispondi"),
        ),
        now=now,
    )
    _tell(row.source, SUGGESTED, title, row.reason, url, now=now)


def _tell_answer(row: Suggestion, *, now: datetime) -> None:
    said = {"clause": row.title, "state": row.get_state_display()}
    said["body"] = to_body(row.source.body)
    title = _("La tua proposta %(body)s (%(clause)s): %(state)s") % said
    url = reverse("library:suggestion", args=[row.pk])
    notices.owe(
        Owed(
            office_id=row.copy.office_id,
            kind=ANSWERED,
            key=key_of(row),
            title=title[:300],
            notes=[row.answer] if row.answer else [],
            url=url,
            action=_("Leggi la risposta"),
        ),
        now=now,
    )
    _tell(row.copy, ANSWERED, title, row.answer, url, now=now)


def _tell(entry: Entry, kind: str, title: str, summary: str, url: str, *, now: datetime) -> None:
    """Those of the entry's body who follow it; nobody else has to do with it."""
    token = cards.audience_tokens(Audience.BODY, body_id=entry.body_id)[0]
    told = Told(
        keys=[key_of(entry)], kind=kind, title=title[:300], summary=summary, url=url, token=token
    )
    notices.tell(told, now=now)


def _settle(kind: str, row: Suggestion, outcome: str, *, now: datetime) -> None:
    notices.settle(kind=kind, key=key_of(row), outcome=outcome, now=now)
