"""One norm: its state from one day to another, who says so, and how sure we are."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

Key = tuple[str, str, str, str]

STATUSES: Final = ("in_force", "changed", "superseded", "repealed")
"""What a row may say; `superseded` is no longer applied though nobody repealed it."""
DATE_BASES: Final = ("document", "notice", "decision", "design")
"""Which day binds: of the document, of the notice or invitation, of the decision to contract, of
the design assignment."""
CONFIDENCES: Final = ("verified", "likely", "to_check")


class BadNorms(ValueError):  # noqa: N818 -- as `Unreadable` and `Refused`
    """The table is wrong: an Italian sentence says which row and why."""


class Cited(Protocol):
    """What is asked of a citation: `casa.drafting.citations.Citation`, or a row that keeps one."""

    @property
    def act(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def comma(self) -> str: ...
    @property
    def letter(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """The state of a norm from one day to another.

    `act`, `article`, `comma`, `letter` as citations write them, "" for the whole; `valid_to` is
    the first day on which the row no longer holds. `citation` is the rule that says so, `source`
    where it was read, `verified_on` when the two were compared.
    """

    act: str
    article: str = ""
    comma: str = ""
    letter: str = ""
    status: str
    valid_from: date
    valid_to: date | None = None
    replaced_by: str = ""
    note: str = ""
    exception: str = ""
    date_basis: str = "document"
    jurisdiction: str = "IT"
    citation: str
    source: str
    verified_on: date | None = None
    confidence: str = "to_check"

    @property
    def key(self) -> Key:
        """What the row is about."""
        return self.act, self.article, self.comma, self.letter

    @property
    def name(self) -> str:
        """The norm as a person reads it: «art. 95, c. 10, d.lgs. 50/2016»."""
        return name_of(self)

    def holds(self, on: date) -> bool:
        """Whether the row speaks of that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def name_of(cited: Cited) -> str:
    """«art. 95, c. 10, lett. a), d.lgs. 50/2016», as the table and the pages write it."""
    article = cited.article
    if article and not article.startswith("all."):
        article = f"art. {article}"
    parts = [
        article,
        f"c. {cited.comma}" if cited.comma else "",
        f"lett. {cited.letter})" if cited.letter else "",
        cited.act,
    ]
    return ", ".join(part for part in parts if part)
