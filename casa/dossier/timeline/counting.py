"""The days of a tender, counted forward from a start or backward from the signing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casa.dossier.timeline.asked import Asked
from casa.dossier.timeline.calendar import Calendar
from casa.dossier.timeline.links import Link
from casa.dossier.timeline.stretches import Stretch, after, before, links_of, stretch_of
from casa.guide.law import Law

NOTICE, SIGNING = "notice", "signing"
ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Counted:
    """The days found, with the stretch that leads to each; `on` is the day whose law was read.

    `held` are the days that were given, `delayed` those that wait for today.
    """

    on: date
    stretches: Sequence[Stretch]
    days: Sequence[date]
    held: Mapping[str, date]
    delayed: frozenset[str] = field(default_factory=frozenset)

    @property
    def notice(self) -> date:
        """The day whose law holds: that of the notice, or the first one where there is none."""
        codes = [one.link.code for one in self.stretches]
        return self.days[codes.index(NOTICE) if NOTICE in codes else 0]


def count(asked: Asked, law: Law, calendar: Calendar) -> Counted:
    """Count until the day of the notice is the day whose law was read.

    Where a change of law makes that impossible, the notice goes out on the earliest day found:
    then no term is shorter than either law asks.
    """
    on, seen = asked.fixed.get(NOTICE, asked.day), set[date]()
    for _round in range(ROUNDS):
        made = _count(asked, law, calendar, on=on, held={})
        if made.notice == on:
            return made
        if made.notice in seen:
            break
        seen.add(on)
        on = made.notice
    earliest = min(*seen, on) if seen else on
    return _count(asked, law, calendar, on=earliest, held={NOTICE: earliest})


def _count(
    asked: Asked, law: Law, calendar: Calendar, *, on: date, held: Mapping[str, date]
) -> Counted:
    links = links_of(asked, law, on)
    stretches = [stretch_of(asked, one, law, on) for one in links]
    anchors = _anchors(asked, calendar, links, {**held, **asked.chosen, **asked.fixed})
    if asked.backward:
        days = _backward(calendar, stretches, anchors)
        return Counted(on, stretches, days, anchors)
    days, delayed = _forward(calendar, stretches, anchors, asked.today)
    return Counted(on, stretches, days, anchors, delayed)


def _anchors(
    asked: Asked, calendar: Calendar, links: Sequence[Link], held: Mapping[str, date]
) -> Mapping[str, date]:
    """The days that are given: those done, those chosen, and the one from which to count."""
    codes = [one.code for one in links]
    given = {code: day for code, day in held.items() if code in codes}
    if asked.backward:
        given.setdefault(SIGNING, calendar.last_office(asked.day))
    elif not any(code in asked.fixed for code in codes):
        given.setdefault(codes[0], calendar.next_office(asked.day))
    return given


def _forward(
    calendar: Calendar,
    stretches: Sequence[Stretch],
    held: Mapping[str, date],
    today: date | None,
) -> tuple[list[date], frozenset[str]]:
    """Each day from the one before; what was not done in time begins anew today."""
    codes = [one.link.code for one in stretches]
    start = next(index for index, code in enumerate(codes) if code in held)
    days = _backward(calendar, stretches[: start + 1], held)
    delayed = set()
    for stretch in stretches[start + 1 :]:
        code, link = stretch.link.code, stretch.link
        day = held.get(code) or after(calendar, stretch, days[-1])
        if today and code not in held and not link.is_term and day < today:
            day = calendar.next_office(today)
            delayed.add(code)
        days.append(day)
    return days, frozenset(delayed)


def _backward(
    calendar: Calendar, stretches: Sequence[Stretch], held: Mapping[str, date]
) -> list[date]:
    """Each day from the one after; the last one is given."""
    days = [held[stretches[-1].link.code]]
    for one, following in zip(reversed(stretches[:-1]), reversed(stretches[1:]), strict=True):
        known = held.get(one.link.code)
        days.insert(0, known or before(calendar, following, days[0], one.link))
    return days
