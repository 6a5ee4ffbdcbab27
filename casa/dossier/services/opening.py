"""From a need to a dossier."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from casa.casework.services import open_case
from casa.dossier import access
from casa.dossier.models import Dossier, Lot
from casa.dossier.services.choosing import cases_of, chosen_procedure
from casa.dossier.services.locking import remember
from casa.dossier.services.turning import pass_turn
from casa.dossier.steps import steps_for
from casa.foundation.errors import Refused
from casa.guide.choosing import Advice, Need
from casa.registry.actor import Actor
from casa.registry.models import Body, Office, Person

DOUBLE_CLICK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asks for: the object, the need, the guide's answer, who helps, by when.

    `procedure`: another one than the guide prefers, and `why`; empty, the preferred one.
    """

    title: str
    need: Need
    advice: Advice
    supporter: Body | None = None
    needed_by: date | None = None
    procedure: str = ""
    why: str = ""


@transaction.atomic
def open_dossier(wish: Wish, *, actor: Actor, now: datetime) -> Dossier:
    """Open a dossier of the body acted for, with the steps of its procedure.

    Refused where the guide names no procedure: then nobody knows which steps there are. Sent
    twice by a double click, it is opened once.
    """
    office = _office(actor)
    chosen, who = chosen_procedure(wish.advice, wish.procedure, wish.why), wish.advice.who
    if chosen is None or who is None:
        raise Refused(_("Per questo bisogno la guida non sa dire la procedura: cambia la data."))
    if wish.supporter and wish.supporter.pk == office.body_id:
        raise Refused(_("L'ente che aiuta dev'essere un altro: scegli la tua Provincia."))
    Person.objects.select_for_update(no_key=True).get(pk=actor.person_id)
    if twin := _twin(wish, office, now=now):
        return twin
    case = open_case(
        title=wish.title,
        office=office,
        supporter=wish.supporter,
        steps=steps_for(chosen.code, delegated=wish.supporter is not None, kind=wish.need.kind),
        now=now,
    )
    dossier = Dossier.objects.create(
        case=case,
        kind=wish.need.kind,
        amount=wish.need.amount,
        cpv=wish.need.cpv,
        notice_on=wish.need.on,
        **cases_of(wish.need),
        needed_by=wish.needed_by,
        procedure=chosen.code,
        procedure_why=chosen.reason.text,
        who=who.code,
        who_why=who.reason.text,
    )
    lots = enumerate(wish.need.lots, start=1)
    Lot.objects.bulk_create(
        Lot(dossier=dossier, number=number, amount=amount) for number, amount in lots
    )
    remember("opened", dossier, actor=actor, now=now)
    pass_turn(dossier, now=now)
    return dossier


def _twin(wish: Wish, office: Office, *, now: datetime) -> Dossier | None:
    """The same need under the same name, opened a moment ago."""
    same = Dossier.objects.filter(
        case__title=wish.title,
        case__office=office,
        case__supporter=wish.supporter,
        case__opened_at__gt=now - DOUBLE_CLICK,
        kind=wish.need.kind,
        amount=wish.need.amount,
        notice_on=wish.need.on,
    )
    found: Dossier | None = same.select_related("case__office__body").first()
    return found


def _office(actor: Actor) -> Office:
    if not access.may_open(actor):
        raise Refused(_("I fascicoli li apre chi scrive, rivede o amministra per il suo ente."))
    return Office.objects.select_related("body").get(pk=actor.acting_office_id or 0)
