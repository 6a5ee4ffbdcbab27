"""How long one day comes after the day before it, and the days that this gives."""

from dataclasses import dataclass
from datetime import date, timedelta

from casa.dossier.timeline.asked import Asked
from casa.dossier.timeline.calendar import Calendar, add_months
from casa.dossier.timeline.links import Link, every_link
from casa.foundation.workdays import DAY
from casa.guide.law import Law, Row

MINIMUM, MAXIMUM, PRIOR_NOTICE = "minimum_terms", "maximum_terms", "prior_notice"


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` days that lead to the day of `link`; `row` is the rule that asks for some of them."""

    link: Link
    count: int
    row: Row | None = None

    @property
    def least(self) -> int | None:
        """The fewest days that the law allows; None where it names none."""
        return int(self.row.value) if self.row and self.row.value is not None else None

    @property
    def is_estimate(self) -> bool:
        """Whether the office chose how long it is."""
        return self.least is None or self.count > self.least


def links_of(asked: Asked, law: Law, on: date) -> list[Link]:
    """The named days of a tender whose notice goes out on that day."""
    options = {
        "": True,
        "survey": asked.survey,
        "above": asked.above(law, on) is not False,
    }
    return [one for one in every_link() if one.belongs_to(asked.procedure) and options[one.option]]


def rule_of(asked: Asked, link: Link, law: Law, on: date) -> Row | None:
    """The rule that gives the shortest term of a day, as it was on the day of the notice."""
    noticed = is_noticed(asked.prior_notice, law, on)
    code = link.rule(asked.procedure, urgent=asked.urgent, noticed=noticed)
    return law.row(MINIMUM, code, on) if code else None


def is_noticed(sent: date | None, law: Law, on: date) -> bool:
    """Whether a notice of prior information sent on a day shortens the terms of a notice."""
    least = law.row(MINIMUM, PRIOR_NOTICE, on)
    most = law.row(MAXIMUM, PRIOR_NOTICE, on)
    if sent is None or not least or not most or least.value is None or most.value is None:
        return False
    first, last = sent + timedelta(days=int(least.value)), add_months(sent, int(most.value))
    return first <= on <= last


def stretch_of(asked: Asked, link: Link, law: Law, on: date) -> Stretch:
    """How long a day comes after the one before: never shorter than the law allows."""
    bare = Stretch(link, 0, rule_of(asked, link, law, on))
    usual = link.estimate if bare.least is None else bare.least
    own = asked.lasting.get(link.code, usual)
    return Stretch(link, max(own, bare.least or 0, link.at_least), bare.row)


def after(calendar: Calendar, stretch: Stretch, day: date) -> date:
    """The day that a stretch leads to."""
    if not stretch.link.is_term:
        return calendar.after(day, stretch.count)
    end = day + timedelta(days=stretch.count)
    return calendar.next_working(end) if stretch.link.rolls else end


def before(calendar: Calendar, stretch: Stretch, end: date, link: Link) -> date:
    """The last day of `link` from which a stretch leads to `end` or to a day before it."""
    if stretch.link.is_term:
        day = end - timedelta(days=stretch.count)
        while after(calendar, stretch, day) > end:
            day -= DAY
    else:
        day = calendar.before(end, stretch.count)
    while not _suits(calendar, link, day):
        day -= DAY
    return day


def _suits(calendar: Calendar, link: Link, day: date) -> bool:
    """Whether that may happen on such a day: offices act on their days, terms may end on any."""
    if not link.is_term:
        return calendar.is_office(day)
    return not link.rolls or calendar.is_working(day)
