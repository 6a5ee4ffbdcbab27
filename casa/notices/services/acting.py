"""Doing what an office owes: with a button of the page, or with a link of a mail."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.notices import access, acts
from casa.notices.models import Duty
from casa.registry import trail
from casa.registry.actor import SYSTEM, Actor
from casa.registry.services.mails import address

SALT = "casa.notices.act"
LASTS = timedelta(days=60)


@transaction.atomic
def act_by_hand(*, duty: Duty, code: str, actor: Actor, now: datetime) -> str:
    """Do it from the page of duties; gives the outcome in words."""
    row = _locked(duty.pk)
    if not access.may_settle(actor, row):
        raise Refused(_("Questo adempimento è di un altro ente: può farlo chi ci lavora."))
    return _done(row, code, actor=actor, now=now, by_link=False)


@transaction.atomic
def act_by_link(*, token: str, now: datetime) -> str:
    """Do it from a mail, without a log-in: once, for that duty as it stood when the mail left.

    Raises `signing.BadSignature` for a link this platform did not write or that is too old.
    """
    pk, code, changed = signing.loads(token, salt=SALT, max_age=LASTS)
    row = _locked(pk)
    _refuse_changed(row, changed)
    return _done(row, code, actor=SYSTEM, now=now, by_link=True)


def asked_by_link(*, token: str) -> tuple[Duty, str]:
    """The duty and the act that a link names, before anything is done.

    Refuses what is done, and what changed after the mail: the link tells only what the mail told.
    """
    pk, code, changed = signing.loads(token, salt=SALT, max_age=LASTS)
    duty = _still_open(Duty.objects.select_related("office__body").filter(pk=pk).first())
    _refuse_changed(duty, changed)
    return duty, code


def link_of(duty: Duty, code: str) -> str:
    """The address that does it; only this platform can write it."""
    parts = [duty.pk, code, int(duty.changed_at.timestamp())]
    return address(reverse("notices:act_by_link", args=[signing.dumps(parts, salt=SALT)]))


def _refuse_changed(duty: Duty, changed: int) -> None:
    if int(duty.changed_at.timestamp()) != changed:
        raise Refused(_("L'adempimento è cambiato dopo la mail: aprilo dal sito."))


def _locked(pk: int) -> Duty:
    row = Duty.objects.select_for_update(of=["self"]).select_related("office__body")
    return _still_open(row.filter(pk=pk).first())


def _still_open(duty: Duty | None) -> Duty:
    if duty is None:
        raise Refused(_("Questo adempimento non c'è più: apri «Tocca al mio ufficio»."))
    if duty.done_at:
        raise Refused(_("Già fatto: %s") % duty.outcome)
    return duty


def _done(duty: Duty, code: str, *, actor: Actor, now: datetime, by_link: bool) -> str:
    act = acts.act_of(duty, code)
    if act is None:
        raise Refused(_("Questo non si fa con un pulsante: apri la pagina dell'adempimento."))
    outcome = act.run(duty, actor, now)
    Duty.objects.open().filter(pk=duty.pk).update(done_at=now, outcome=outcome[:300])
    trail.record(
        "notices.duty.settled",
        duty,
        actor=actor,
        body=duty.office.body,
        now=now,
        outcome=outcome,
        by_link=by_link,
    )
    return outcome
