"""The days of a tender as a picture in bars. The table beside says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casa.dossier.timeline import Day, Timeline
from casa.guide.choosing.saying import MONTHS

LEFT, TOP, LINE, BAR, WORDS, RIGHT = 8, 40, 46, 14, 20, 104
SPACE = 560
EDGE = timedelta(days=4)
MOST_MONTHS = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: the stretch that leads to it and the point where it falls.

    `kind`: done, law (a term of the law), office (an estimate), point (no stretch).
    """

    title: str
    day: str
    kind: str
    wrong: bool
    x: int
    width: int
    end: int
    y: int

    @property
    def title_y(self) -> int:
        return self.y - BAR // 2

    @property
    def middle(self) -> int:
        return self.y + BAR // 2

    @property
    def text_y(self) -> int:
        return self.y + BAR - 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A line from top to bottom: the first of a month, or today."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Gantt:
    """The picture, in its own units."""

    width: int
    height: int
    bars: Sequence[Bar]
    months: Sequence[Mark]
    today: Mark | None


def gantt(timeline: Timeline, *, today: date) -> Gantt:
    """One bar for each day, in order; each begins where the one before it ended."""
    days = timeline.days
    first = min(day.on for day in days) - EDGE
    last = max(day.on for day in days) + EDGE
    scale = _Scale(first, max((last - first).days, 1))
    bars, previous = [], days[0]
    for row, day in enumerate(days):
        chained = day.code != "clarifications"
        bars.append(_bar(day, previous if chained else day, scale, row))
        previous = day if chained else previous
    inside = first <= today <= last
    return Gantt(
        width=LEFT + SPACE + RIGHT,
        height=TOP + len(days) * LINE,
        bars=bars,
        months=_months(first, last, scale),
        today=Mark(scale.x(today), "oggi") if inside else None,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    days: int

    def x(self, day: date) -> int:
        return LEFT + (day - self.first).days * SPACE // self.days


def _bar(day: Day, previous: Day, scale: _Scale, row: int) -> Bar:
    start, end = sorted((scale.x(previous.on), scale.x(day.on)))
    return Bar(
        title=day.title,
        day=f"{day.on:%d/%m/%Y}",
        kind=_kind(day),
        wrong=bool(day.problems),
        x=start,
        width=end - start,
        end=scale.x(day.on),
        y=TOP + row * LINE + WORDS,
    )


def _kind(day: Day) -> str:
    if day.is_fixed:
        return "done"
    if day.count is None:
        return "point"
    return "office" if day.estimate else "law"


def _months(first: date, last: date, scale: _Scale) -> list[Mark]:
    """The first of each month; of many only some, so that their names do not touch."""
    found = []
    for index in range(first.year * 12 + first.month, last.year * 12 + last.month):
        year, month = divmod(index, 12)
        words = MONTHS[month] if SPACE // scale.days > 1 else MONTHS[month][:3]
        found.append(Mark(scale.x(date(year, month + 1, 1)), f"{words} {year}"))
    return found[:: len(found) // MOST_MONTHS + 1]
