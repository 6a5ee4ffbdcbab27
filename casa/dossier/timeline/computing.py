"""From what an office says to the named days of its tender."""

from datetime import timedelta

from casa.dossier.timeline.asked import Asked, Day, Timeline
from casa.dossier.timeline.calendar import Calendar
from casa.dossier.timeline.checking import Checker
from casa.dossier.timeline.counting import Counted, count
from casa.dossier.timeline.links import ANY, link
from casa.dossier.timeline.telling import Teller, days_in_words
from casa.guide.choosing.saying import day_in_words
from casa.guide.law import Law

OFFERS = "offers"
NEGOTIATED = ("negotiated_5", "negotiated_10", "concession_negotiated_10")


def timeline(asked: Asked, law: Law) -> Timeline:
    """The days of a tender by the rows of the law; no number of days is written here."""
    calendar = Calendar(law, saint=asked.saint)
    counted = count(asked, law, calendar)
    teller, checker = Teller(asked, calendar, counted), Checker(asked, law, counted)
    made: list[Day] = []
    for index in range(len(counted.days)):
        day = _day(counted, index, teller, checker)
        made += [*_clarifications(asked, law, counted, day), day]
    return Timeline(tuple(made))


def _day(counted: Counted, index: int, teller: Teller, checker: Checker) -> Day:
    stretch = counted.stretches[index]
    hangs_on = teller.hangs_on(index)
    last, row = checker.limit(index)
    late = [f"Al più tardi il {day_in_words(last)} ({row.citation})."] if last and row else []
    return Day(
        code=stretch.link.code,
        title=stretch.link.title,
        on=counted.days[index],
        citation=stretch.link.citation,
        state=teller.state(index),
        how=teller.how(index),
        moved_by="" if hangs_on is None else counted.stretches[hangs_on].link.title,
        count=stretch.count if index else None,
        unit=stretch.link.unit,
        least=stretch.least,
        estimate=bool(index) and stretch.is_estimate,
        rule=stretch.row.citation if stretch.row else "",
        to_check=bool(stretch.row and not stretch.row.is_verified),
        notes=(*teller.notes(index), *late),
        forbidden=tuple(checker.forbidden(index)),
        warnings=tuple(checker.warnings(index)),
    )


def _clarifications(asked: Asked, law: Law, counted: Counted, offers: Day) -> list[Day]:
    """The last day for answers to bidders' questions, so many days before their deadline."""
    code = "clarifications_urgent" if asked.urgent else "clarifications"
    row = law.row("minimum_terms", code, counted.on)
    if offers.code != OFFERS or row is None or row.value is None:
        return []
    days = int(row.value)
    fixed = ", che non si sposta più" if offers.is_fixed else ""
    day = Day(
        code="clarifications",
        title="Ultime risposte ai chiarimenti",
        on=offers.on - timedelta(days=days),
        citation=row.citation,
        state=offers.state if offers.is_fixed else "counted",
        how=f"{days_in_words(days)} prima di «{offers.title}»{fixed}.",
        moved_by=offers.title,
        unit="calendar",
        rule=row.citation,
        to_check=not row.is_verified,
    )
    return [day]


def least_row(procedure: str, *, urgent: bool, noticed: bool = False) -> str:
    """The rule for the shortest time between notice or invitations and the term for offers.

    Where the law only says how long requests to take part may come, that: offers come later still.
    """
    for code in (OFFERS, "requests"):
        one = link(code)
        if one.belongs_to(procedure) and (procedure in one.least or ANY in one.least):
            return one.rule(procedure, urgent=urgent, noticed=noticed)
    return ""
