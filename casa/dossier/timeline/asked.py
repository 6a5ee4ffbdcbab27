"""What an office says of the days of its tender, and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from casa.dossier.timeline.calendar import Saint
from casa.guide.choosing import Need
from casa.guide.choosing.book import Book, Silent
from casa.guide.law import Law

LONGEST = 1000
"""The most days that one may take: above it something was mistyped."""
YEARS = range(2000, 2101)
"""The years in which tenders are counted: outside them a date was mistyped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One tender as its timeline sees it.

    `backward`: counted from the wanted day of signing `day`; else forward from `day`. `fixed` are
    days of things that are done: they never move. `chosen` are days that the office wants;
    `lasting` its own durations; both by the code of a day. `today` is where forward begins anew
    with what was not done in time. `prior_notice`: the day on which a notice of prior information
    was sent, that shortens some terms.
    """

    procedure: str
    kind: str
    amount: Decimal
    day: date
    cpv: str = ""
    backward: bool = False
    social: bool = False
    urgent: bool = False
    prior_notice: date | None = None
    survey: bool = False
    lowest_price: bool = False
    saint: Saint | None = None
    fixed: Mapping[str, date] = field(default_factory=dict)
    chosen: Mapping[str, date] = field(default_factory=dict)
    lasting: Mapping[str, int] = field(default_factory=dict)
    today: date | None = None

    def above(self, law: Law, on: date) -> bool | None:
        """Whether the amount reaches the European threshold of a day; None where nobody knows."""
        told = self.social or self.procedure == "social_light_regime"
        social = told and self.kind == "services"
        need = Need(kind=self.kind, amount=self.amount, cpv=self.cpv, on=on, social=social)
        try:
            return self.amount >= Book(law, on).threshold(need)
        except Silent:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One named day: when, how it was found, the rule, what is wrong with it.

    `count` is how many days there are from the day it follows; `least` the fewest that the law
    allows. `estimate`: its length is the office's own guess, not law. `state`: fixed, chosen,
    wanted or counted. What is `forbidden` breaks a shortest term or the order of the days; the
    other problems are told, and the office decides.
    """

    code: str
    title: str
    on: date
    citation: str
    state: str
    how: str
    moved_by: str = ""
    count: int | None = None
    unit: str = "office"
    least: int | None = None
    estimate: bool = False
    rule: str = ""
    to_check: bool = False
    notes: Sequence[str] = ()
    forbidden: Sequence[str] = ()
    warnings: Sequence[str] = ()

    @property
    def problems(self) -> Sequence[str]:
        """Everything that is wrong with it."""
        return (*self.forbidden, *self.warnings)

    @property
    def is_fixed(self) -> bool:
        """Whether it is done and moves no more."""
        return self.state == "fixed"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days of a tender in order, and what is wrong with them as a whole."""

    days: Sequence[Day]

    def day(self, code: str) -> Day | None:
        """One named day, if this tender has it."""
        return next((one for one in self.days if one.code == code), None)

    @property
    def problems(self) -> list[str]:
        """Everything that cannot stand as it is."""
        return [problem for one in self.days for problem in one.problems]
