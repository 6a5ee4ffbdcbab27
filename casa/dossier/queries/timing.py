"""The days of tenders: counted anew each time, with what is done by now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Prefetch, Q
from django.utils import timezone

from casa.casework.models import Step
from casa.dossier.models import CalendarFeed, Dossier, Timetable
from casa.dossier.timeline import YEARS, Asked, Timeline, every_link, timeline
from casa.guide.law import Law
from casa.guide.queries import law_of
from casa.registry.actor import Actor, actor_for

KEPT_AFTER_SIGNING = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Timing:
    """How the days of a tender are counted, and the days."""

    timetable: Timetable
    asked: Asked
    timeline: Timeline

    @property
    def is_proposed(self) -> bool:
        """Whether nobody of the office has said anything yet."""
        return self.timetable.pk is None


def timing_of(dossier: Dossier, *, today: date) -> Timing:
    """The days of one tender. Three queries, four while nobody has said anything."""
    found = Timetable.objects.filter(dossier=dossier).select_related("saved_by").first()
    timetable = found or _proposed(dossier, today)
    timetable.dossier = dossier
    steps = list(Step.objects.filter(case_id=dossier.case_id))
    return counted(dossier, timetable, steps, law_of(), today)


def counted(
    dossier: Dossier, timetable: Timetable, steps: Sequence[Step], law: Law, today: date
) -> Timing:
    """The days of a tender by a timetable. No query."""
    asked = Asked(
        procedure=dossier.procedure,
        kind=dossier.kind,
        amount=dossier.amount,
        cpv=dossier.cpv,
        social=dossier.social,
        day=timetable.day,
        fixed=done_days(dossier, steps),
        today=today,
    )
    asked = _by(timetable, asked)
    return Timing(timetable, asked, timeline(asked, law))


def recounted(timing: Timing, timetable: Timetable) -> Timing:
    """The same tender by a timetable that changed. One query."""
    asked = _by(timetable, timing.asked)
    return Timing(timetable, asked, timeline(asked, law_of()))


def _by(timetable: Timetable, asked: Asked) -> Asked:
    return replace(
        asked,
        day=timetable.day,
        backward=timetable.backward,
        urgent=timetable.urgent,
        prior_notice=timetable.prior_notice_on,
        survey=timetable.survey,
        lowest_price=timetable.lowest_price,
        saint=timetable.saint,
        chosen=timetable.chosen_days,
        lasting=dict(timetable.lasting),
    )


def done_days(dossier: Dossier, steps: Sequence[Step]) -> Mapping[str, date]:
    """The named days of what is done: as the dossier says, else as its steps do."""
    done = {one.code: one.done_on for one in steps if one.state == Step.State.DONE}
    days = {link.code: _mark(dossier, link.mark) or done.get(link.step) for link in every_link()}
    return {code: day for code, day in days.items() if day is not None and day.year in YEARS}


def earliest_signing(timing: Timing, *, today: date) -> date:
    """The first day on which the contract could be signed, beginning today. One query."""
    asked = replace(timing.asked, backward=False, day=today, chosen={})
    return timeline(asked, law_of()).days[-1].on


def timings_for(actor: Actor, *, today: date) -> Iterator[Timing]:
    """The days of every tender that the actor may read and whose days somebody set. Three queries.

    A year after its signing a tender leaves the calendar.
    """
    recent = Q(signed_on=None) | Q(signed_on__gte=today - KEPT_AFTER_SIGNING)
    found = (
        Dossier.objects.visible_to(actor)
        .filter(recent, timetable__isnull=False)
        .select_related("case__office__body", "case__supporter", "timetable")
        .prefetch_related(Prefetch("case__steps", Step.objects.order_by("order")))
        .order_by("pk")
    )
    dossiers = list(found)
    law = law_of() if dossiers else Law([])
    for dossier in dossiers:
        steps = list(dossier.case.steps.all())
        yield counted(dossier, dossier.timetable, steps, law, today)


def deadlines_for(actor: Actor) -> list[Step]:
    """The steps of the actor's bodies that are not over and have a day by which they are due.

    One query.
    """
    bodies = actor.body_ids
    ours = Q(side=Step.Side.OWNER, case__office__body__in=bodies) | Q(
        side=Step.Side.SUPPORTER, case__supporter__in=bodies
    )
    found = Step.objects.filter(ours, due_on__isnull=False).exclude(
        state__in=(Step.State.DONE, Step.State.SKIPPED)
    )
    readable = found.filter(case__dossier__in=Dossier.objects.visible_to(actor))
    return list(readable.select_related("case__dossier").order_by("due_on", "pk"))


def feed_of(actor: Actor) -> CalendarFeed | None:
    """The actor's own calendar, if there is one."""
    return CalendarFeed.objects.of(actor).first()


def reader_of(digest: str, *, on: date) -> Actor | None:
    """Who reads behind the digest of a token, with the rights of that day."""
    found = CalendarFeed.objects.filter(digest=digest, person__is_active=True)
    feed = found.select_related("person").first()
    return actor_for(feed.person, on=on) if feed else None


def _mark(dossier: Dossier, name: str) -> date | None:
    if not name:
        return None
    if name == "offers_due_at":
        return dossier.offers_due_at and timezone.localdate(dossier.offers_due_at)
    day: date | None = getattr(dossier, name)
    return day


def _proposed(dossier: Dossier, today: date) -> Timetable:
    """Backward from the day by which the contract is wanted, else from today; not saved.

    The patron saint is the one that the body's offices wrote last.
    """
    wanted = dossier.needed_by
    if wanted and wanted.year not in YEARS:
        wanted = None
    body = dossier.case.office.body_id
    known = Timetable.objects.filter(dossier__case__office__body=body, saint_day__isnull=False)
    last = known.order_by("-saved_at").first()
    return Timetable(
        dossier=dossier,
        backward=wanted is not None,
        day=wanted or today,
        urgent=dossier.urgent,
        saint_day=last.saint_day if last else None,
        saint_month=last.saint_month if last else None,
    )
