"""Counting the days of a tender another way, and moving one of them."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.casework.access import may_work
from casa.dossier.models import Dossier, Timetable
from casa.dossier.queries.timing import Timing, recounted, timing_of
from casa.dossier.services.locking import locked, remember
from casa.dossier.timeline import LONGEST, YEARS, Calendar, Day, Moved, Saint, every_link, moves
from casa.foundation.errors import Refused
from casa.guide.choosing.saying import day_in_words
from casa.guide.queries import law_of
from casa.registry.actor import Actor

SIGNING = "signing"
OPTIONS = ("backward", "day", "urgent", "survey", "lowest_price", "prior_notice_on")
LEAP_YEAR = 2028


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the days are counted: from a wanted signing back, or from a day on."""

    backward: bool
    day: date
    urgent: bool = False
    survey: bool = False
    lowest_price: bool = False
    prior_notice_on: date | None = None
    saint: Saint | None = None


@transaction.atomic
def plan_days(pk: int, plan: Plan, *, actor: Actor, now: datetime) -> Timetable:
    """Count the days another way. What the office chose stays, but for the day counted from."""
    dossier, old = _held(pk, actor, now)
    _refuse_no_day(plan.saint)
    _refuse_other_age(plan.day)
    _refuse_other_age(plan.prior_notice_on)
    table = deepcopy(old.timetable)
    for name in OPTIONS:
        setattr(table, name, getattr(plan, name))
    table.saint_day, table.saint_month = plan.saint or (None, None)
    table.chosen.pop(SIGNING if plan.backward else old.timeline.days[0].code, None)
    words = _("all'indietro dalla firma del %s") if plan.backward else _("in avanti dal %s")
    said = _("Si conta %s") % (words % day_in_words(plan.day))
    return _kept(dossier, old, recounted(old, table), said, actor=actor, now=now)


@transaction.atomic
def move_day(
    pk: int, code: str, *, on: date | None, lasting: int | None, actor: Actor, now: datetime
) -> Timetable:
    """Choose one day, or how long it takes to get there; the rest moves. None gives it back.

    Refused where it is done, or where the law gives operators more time, with the rule.
    """
    dossier, old = _held(pk, actor, now)
    day = _movable(old, code)
    _refuse_length(day, lasting)
    _refuse_other_age(on)
    _refuse_closed(old, code, on)
    table = deepcopy(old.timetable)
    _write_length(table, code, lasting)
    _write_day(table, old, code, on)
    new = recounted(old, table)
    _refuse_forbidden(old, new)
    return _kept(dossier, old, new, _said(day, on, lasting), actor=actor, now=now)


def _held(pk: int, actor: Actor, now: datetime) -> tuple[Dossier, Timing]:
    """The dossier while its days change, and the days as they were."""
    dossier = locked(pk)
    if not may_work(actor, dossier.case):
        raise Refused(_("I tempi li cambia chi lavora per uno dei due enti."))
    return dossier, timing_of(dossier, today=timezone.localdate(now))


def _movable(old: Timing, code: str) -> Day:
    day = old.timeline.day(code)
    if day is None or code not in [one.code for one in every_link()]:
        raise Refused(_("Questo giorno non fa parte dei tempi di questa gara."))
    if day.is_fixed:
        raise Refused(_("«%s» è già fatto: non si sposta più.") % day.title)
    return day


def _refuse_length(day: Day, lasting: int | None) -> None:
    if lasting is None:
        return
    if day.least is not None and lasting < day.least:
        said = {"title": day.title, "least": day.least, "rule": day.rule, "given": lasting}
        raise Refused(
            _("«%(title)s»: servono almeno %(least)d giorni (%(rule)s), non %(given)d.") % said
        )
    if not 0 <= lasting <= LONGEST:
        raise Refused(_("I giorni vanno da 0 a %d.") % LONGEST)


def _refuse_other_age(day: date | None) -> None:
    if day and day.year not in YEARS:
        raise Refused(_("Controlla l'anno: i tempi si contano dal 2000 al 2100."))


def _refuse_closed(old: Timing, code: str, on: date | None) -> None:
    """Offices act on the days on which they are open; a term may end on any."""
    acts = any(one.code == code and not one.is_term for one in every_link())
    calendar = Calendar(law_of(), saint=old.asked.saint)
    counted_from = code == SIGNING and old.asked.backward
    if on and acts and not counted_from and not calendar.is_office(on):
        nearest = {"day": day_in_words(on), "next": day_in_words(calendar.next_office(on))}
        raise Refused(
            _("Il %(day)s gli uffici sono chiusi: il primo giorno dopo è il %(next)s.") % nearest
        )


def _refuse_forbidden(old: Timing, new: Timing) -> None:
    """A change may not break a shortest term or the order of the days where none was broken."""
    broken = {day.code for day in old.timeline.days if day.forbidden}
    for day in new.timeline.days:
        if day.forbidden and day.code not in broken:
            said = {"title": day.title, "on": day_in_words(day.on), "why": day.forbidden[0]}
            raise Refused(_("Così «%(title)s» cadrebbe il %(on)s, e non si può. %(why)s") % said)


def _refuse_no_day(saint: Saint | None) -> None:
    if saint is None:
        return
    try:
        date(LEAP_YEAR, saint[1], saint[0])
    except ValueError as wrong:
        raise Refused(_("Il giorno del patrono non esiste: controlla giorno e mese.")) from wrong


def _write_length(table: Timetable, code: str, lasting: int | None) -> None:
    table.lasting.pop(code, None)
    if lasting is not None:
        table.lasting[code] = lasting


def _write_day(table: Timetable, old: Timing, code: str, on: date | None) -> None:
    """A chosen day; the one from which everything is counted is the timetable's own."""
    start = SIGNING if table.backward else old.timeline.days[0].code
    table.chosen.pop(code, None)
    if on is None:
        return
    if code == start and not (code != SIGNING and old.asked.fixed):
        table.day = on
    else:
        table.chosen[code] = on.isoformat()


def _said(day: Day, on: date | None, lasting: int | None) -> str:
    parts = [_("il %s") % day_in_words(on)] if on else []
    if lasting is not None:
        parts.append(_("%d giorni") % lasting)
    return f"«{day.title}»: {', '.join(parts) or _('come lo conta la piattaforma')}"


def _kept(
    dossier: Dossier, old: Timing, new: Timing, said: str, *, actor: Actor, now: datetime
) -> Timetable:
    """Save what changed with what it moved. Nothing new is saved twice."""
    table, found = new.timetable, moves(old.timeline, new.timeline)
    if table.pk and not found and old.asked == new.asked:
        return table
    table.moved, table.changed = [_told(one) for one in found], said[:300]
    table.saved_by_id, table.saved_at = actor.person_id, now
    table.save()
    remember("planned", dossier, actor=actor, now=now, change=said, moved=_line(found))
    return table


def _told(one: Moved) -> dict[str, str]:
    days = {"was": one.was, "now": one.now}
    told = {name: day.isoformat() if day else "" for name, day in days.items()}
    return {"title": one.title, "why": one.why, **told}


def _line(found: Sequence[Moved]) -> str:
    """What moved, for the trail: «Firma del contratto dal 3 al 10»."""
    never = _("non previsto")
    return "; ".join(
        f"{one.title}: {(one.was and day_in_words(one.was)) or never} → "
        f"{(one.now and day_in_words(one.now)) or never}"
        for one in found
    )
