"""What cannot stand in the days of a tender, each with its rule."""

from collections.abc import Iterator
from datetime import date, timedelta

from casa.dossier.timeline.asked import Asked
from casa.dossier.timeline.calendar import add_months
from casa.dossier.timeline.counting import Counted
from casa.dossier.timeline.telling import days_in_words
from casa.guide.choosing.saying import day_in_words
from casa.guide.law import Law, Row

MAXIMUM = "maximum_terms"
FAMILIES = {
    "open_procedure": "open",
    "restricted_procedure": "restricted",
    "competitive_with_negotiation": "competitive",
    "competitive_dialogue": "dialogue",
    "innovation_partnership": "innovation",
    "negotiated_5": "negotiated",
    "negotiated_10": "negotiated",
    "negotiated_without_notice": "negotiated",
}
"""By procedure, how its longest terms begin; of the others the guide knows none."""


class Checker:
    """Compares the days of one count with the law of the day of the notice."""

    def __init__(self, asked: Asked, law: Law, counted: Counted) -> None:
        self.asked, self.law, self.counted = asked, law, counted
        self.codes = [one.link.code for one in counted.stretches]
        self.days = dict(zip(self.codes, counted.days, strict=True))

    def forbidden(self, index: int) -> Iterator[str]:
        """Why a day cannot be so near to the one before. Of what is done nothing is said."""
        if index and self.codes[index] not in self.asked.fixed:
            yield from self._from_the_day_before(index)

    def warnings(self, index: int) -> Iterator[str]:
        """What else is wrong with a day."""
        if self.codes[index] not in self.asked.fixed:
            yield from self._too_late(index)
            yield from self._already_past(index)

    def _from_the_day_before(self, index: int) -> Iterator[str]:
        stretch, previous = self.counted.stretches[index], self.counted.stretches[index - 1]
        title, given = previous.link.title, (self.counted.days[index] - self._day(index - 1)).days
        if given < 0:
            day = day_in_words(self._day(index - 1))
            yield f"Viene prima di «{title}», che è il {day}: non c'è abbastanza tempo."
        elif stretch.least is not None and stretch.row and given < stretch.least:
            said, rule = days_in_words(given), stretch.row.citation
            yield f"Da «{title}» passano {said}: ne servono almeno {stretch.least} ({rule})."
        elif given < stretch.link.at_least:
            yield f"Viene dopo «{title}», non lo stesso giorno ({stretch.link.citation})."

    def _too_late(self, index: int) -> Iterator[str]:
        last, row = self.limit(index)
        if last and row and self._day(index) > last:
            yield f"Al più tardi il {day_in_words(last)}: {row.text.lower()} ({row.citation})."

    def _already_past(self, index: int) -> Iterator[str]:
        later_done = any(code in self.asked.fixed for code in self.codes[index:])
        today, link = self.asked.today, self.counted.stretches[index].link
        can_be_done = bool(link.step or link.mark)
        if today and self._day(index) < today and can_be_done and not later_done:
            yield "È già passato e non risulta fatto: segna il passo o cambia la data."

    def limit(self, index: int) -> tuple[date | None, Row | None]:
        """The last day that the law allows for a day, and the rule."""
        rule = {
            "award": (self.counted.notice, self._family()),
            "communications": (self.days.get("award"), "communications"),
            "signing": (self.days.get("award"), self._signing()),
        }.get(self.codes[index])
        if rule is None or rule[0] is None or not rule[1]:
            return None, None
        row = self.law.row(MAXIMUM, rule[1], self.counted.on)
        return (_later(rule[0], row), row) if row else (None, None)

    def _family(self) -> str:
        family = FAMILIES.get(self.asked.procedure, "")
        ending = "lowest_price" if self.asked.lowest_price else "best_value"
        return family and f"{family}_{ending}"

    def _signing(self) -> str:
        above = self.asked.above(self.law, self.counted.on)
        if above is None:
            return ""
        return "signing_above" if above else "signing_below"

    def _day(self, index: int) -> date:
        return self.counted.days[index]


def _later(day: date, row: Row) -> date | None:
    if row.value is None:
        return None
    count = int(row.value)
    return add_months(day, count) if row.unit == "months" else day + timedelta(days=count)
