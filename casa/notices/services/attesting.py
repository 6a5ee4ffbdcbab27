"""What the registry leaves to do is owed by the office of whoever administers the body."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.notices.services.duties import Owed, owe, settle
from casa.notices.services.reminding import keep_only, remind
from casa.registry.models import Body, HandOver, Mandate, Office
from casa.registry.queries.attesting import asked_back, bodies_to_attest, suspendable
from casa.registry.queries.succession import all_left_open
from casa.registry.trail import key_of

HAND_OVER = "registry.hand_over"
ATTESTATION = "registry.attestation"
SILENT = "registry.silent"
BACK_ASKED = "registry.back_asked"


def ask_administrators(*, now: datetime) -> int:
    """Every night: hand-overs nobody did, mandates to confirm, silent accounts, and who asks to be
    let in again; how many reminders were mailed.

    The office is told on the day, fifteen days later whoever administers the body, after thirty
    those who manage the network.
    """
    on = timezone.localdate(now)
    asked = {
        HAND_OVER: list(_hand_overs(on)),
        ATTESTATION: list(_attestations(on)),
        SILENT: list(_silent(on)),
        BACK_ASKED: list(_back_asked(on)),
    }
    with transaction.atomic():
        for kind, owed in asked.items():
            owe(*owed, now=now)
            keep_only(*owed, kind=kind, outcome=_("Non serve più."), now=now)
    return sum(remind(kind=kind, now=now) for kind in asked)


def settle_hand_over(*, hand_over_id: int, now: datetime) -> None:
    """Somebody did it: nobody owes it any more."""
    hand_over = HandOver.objects.filter(pk=hand_over_id).first()
    if hand_over is not None:
        settle(kind=HAND_OVER, key=key_of(hand_over), outcome=_("Consegne fatte."), now=now)


def settle_attestation(*, body_id: int, now: datetime) -> None:
    """Everybody was confirmed: nobody owes it any more."""
    body = Body.objects.filter(pk=body_id).first()
    if body is not None:
        settle(kind=ATTESTATION, key=key_of(body), outcome=_("Mandati riconfermati."), now=now)


def _hand_overs(on: date) -> Iterator[Owed]:
    waiting = list(all_left_open(on=on))
    offices = _offices({one.mandate.body_id for one in waiting}, on=on)
    for hand_over in waiting:
        mandate = hand_over.mandate
        yield Owed(
            office_id=offices[mandate.body_id],
            kind=HAND_OVER,
            key=key_of(hand_over),
            title=_("Consegne da fare di un mandato finito: %(role)s, %(office)s")
            % {"role": mandate.get_role_display(), "office": mandate.office},
            url=reverse("entrance:end", args=[mandate.body.slug, mandate.pk]),
            action=_("Fai le consegne"),
            due_on=timezone.localdate(hand_over.opened_at),
        )


def _attestations(on: date) -> Iterator[Owed]:
    waiting = list(bodies_to_attest(on=on))
    offices = _offices({body.pk for body in waiting}, on=on)
    for body in waiting:
        count = body.waiting  # type: ignore[attr-defined]  # counted by the query
        said = ngettext("%(n)d mandato", "%(n)d mandati", count) % {"n": count}
        yield Owed(
            office_id=offices[body.pk],
            kind=ATTESTATION,
            key=key_of(body),
            title=_("Chi può fare cosa, ancora? %s da riconfermare") % said,
            url=reverse("entrance:attest", args=[body.slug]),
            action=_("Riconferma i mandati"),
            due_on=body.attest_by,
        )


def _silent(on: date) -> Iterator[Owed]:
    """One for each body: whom to suspend is chosen there, one press each."""
    bodies = Counter(mandate.body for mandate in suspendable(on=on))
    offices = _offices({body.pk for body in bodies}, on=on)
    for body, count in bodies.items():
        said = ngettext("%(n)d mandato", "%(n)d mandati", count) % {"n": count}
        yield Owed(
            office_id=offices[body.pk],
            kind=SILENT,
            key=key_of(body),
            title=_("Chi non entra da oltre un anno: %s che puoi sospendere") % said,
            url=reverse("entrance:attest", args=[body.slug]),
            action=_("Guarda chi"),
            due_on=None,
        )


def _back_asked(on: date) -> Iterator[Owed]:
    waiting = list(asked_back(on=on))
    offices = _offices({mandate.body_id for mandate in waiting}, on=on)
    for mandate in waiting:
        yield Owed(
            office_id=offices[mandate.body_id],
            kind=BACK_ASKED,
            key=key_of(mandate),
            title=_("Chiede di riprendere un mandato sospeso: %(role)s, %(office)s")
            % {"role": mandate.get_role_display(), "office": mandate.office},
            url=reverse("entrance:resume", args=[mandate.body.slug, mandate.pk]),
            action=_("Rispondi"),
            due_on=mandate.asked_back_on,
        )


def _offices(bodies: set[int], *, on: date) -> dict[int, int]:
    """By body: the office of whoever administers it, else the default one. Two queries."""
    default = Office.objects.filter(body__in=bodies, is_default=True)
    found = dict(default.values_list("body_id", "pk"))
    held = Mandate.objects.in_force(on=on).filter(body__in=bodies, person__is_active=True)
    held = held.filter(role=Mandate.Role.ADMINISTRATOR, office__closed_on=None).order_by("-pk")
    return found | dict(held.values_list("body_id", "office_id"))
