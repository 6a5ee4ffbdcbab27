"""The law of one day, asked by whoever advises: amounts, sentences, citations."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casa.guide.choosing.need import Need
from casa.guide.law import Law, Row


class Silent(LookupError):  # noqa: N818 -- says what the law of the day leaves unsaid
    """The rows say nothing of that rule on that day."""


@dataclass(frozen=True, slots=True)
class Book:
    """The rows that hold on the day of one need."""

    law: Law
    on: date

    def row(self, code: str, topic: str = "procedures") -> Row:
        """One rule.

        Raises:
            Silent: nobody wrote what it says on that day.
        """
        found = self.law.row(topic, code, self.on)
        if found is None:
            raise Silent(code)
        return found

    def known(self, code: str, topic: str = "procedures") -> Row | None:
        """One rule, if it is known on that day."""
        return self.law.row(topic, code, self.on)

    def value(self, code: str, topic: str = "procedures") -> Decimal:
        """The amount of a rule, in its unit. Raises `Silent` as `row`."""
        value = self.row(code, topic).value
        if value is None:
            raise Silent(code)
        return value

    def threshold(self, need: Need) -> Decimal:
        """The European threshold of a need, in euro. Raises `Silent` where it is not known yet."""
        return self.value(self.threshold_code(need), "thresholds")

    def threshold_code(self, need: Need) -> str:
        """Which European threshold concerns a need of a Comune or a Province."""
        if need.kind in ("works", "concession"):
            return "eu_works"
        return "eu_social" if self.is_social(need) else "eu_supplies_services"

    def is_catering(self, need: Need) -> bool:
        """Whether the CPV says school catering, which is a service of annex XIV."""
        row = self.known("school_catering")
        codes = str(row.details.get("cpv", "")).split() if row else []
        return need.kind == "services" and need.cpv[:8] in codes

    def is_social(self, need: Need) -> bool:
        """Whether the threshold of social services holds."""
        return need.kind == "services" and (need.social or self.is_catering(need))

    def may_be_social(self, need: Need) -> bool:
        """Whether the CPV stands in a division with services of annex XIV."""
        row = self.known("annex_xiv")
        divisions = str(row.details.get("cpv_divisions", "")).split() if row else []
        return need.kind == "services" and not self.is_social(need) and need.cpv[:2] in divisions
