"""What a dossier says of its tender: its own data, and the answers to its questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from casa.drafting.filling.values import BadValue, amount_of, day_of, number_of
from casa.guide.choosing.need import CENT
from casa.guide.choosing.saying import day_in_words

EIGHT, ELEVEN = 8, 11


def the(day: date) -> str:
    """«il 9 marzo 2027», «l'8 marzo 2027»."""
    return ("l'" if day.day in (EIGHT, ELEVEN) else "il ") + day_in_words(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The data of a dossier and the answers that its reader may see; days, euro without VAT.

    `told_on` is the day on which the award was communicated; `qualification` is empty where nobody
    asked for it.
    """

    kind: str
    procedure: str
    who: str
    who_why: str = ""
    is_delegated: bool = False
    amount: Decimal
    cpv: str = ""
    qualification: str = ""
    urgent: bool = False
    pnrr: bool = False
    cross_border: bool = False
    social: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    lots: Sequence[Decimal] = ()
    notice_on: date
    published_on: date | None = None
    offers_due_on: date | None = None
    commission_on: date | None = None
    verified_on: date | None = None
    awarded_on: date | None = None
    told_on: date | None = None
    signed_on: date | None = None
    answers: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        """Whether no offers are waited for."""
        return self.procedure in ("direct_award", "framework_call_off")

    @property
    def basis(self) -> date:
        """The day whose law binds the tender: that of the notice."""
        return self.published_on or self.notice_on

    def day(self, name: str) -> date | None:
        """An answer as a day; None where there is none that can be read."""
        try:
            return day_of(self.answers[name])
        except (KeyError, BadValue):
            return None

    def euro(self, name: str) -> Decimal | None:
        """An answer as an amount; None as `day`."""
        try:
            return amount_of(self.answers[name]).quantize(CENT)
        except (KeyError, BadValue):
            return None

    def number(self, name: str) -> Decimal | None:
        """An answer as a number, also a percentage; None as `day`."""
        try:
            return number_of(str(self.answers[name]).replace("%", "").strip())
        except (KeyError, BadValue):
            return None

    def column(self, name: str, column: str) -> list[Decimal]:
        """A column of numbers of a list; empty where one row has none."""
        rows = self.answers.get(name)
        try:
            return [number_of(row[column]) for row in rows] if isinstance(rows, list) else []
        except (KeyError, TypeError, BadValue):
            return []
