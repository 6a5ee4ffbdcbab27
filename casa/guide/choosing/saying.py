"""Rules in words: what a row says, with its amount and its citation."""

from datetime import date
from decimal import Decimal

from casa.guide.choosing.advice import Reason
from casa.guide.choosing.need import euro
from casa.guide.law import Row

UNITS = {
    "days": "giorni",
    "months": "mesi",
    "years": "anni",
    "percent": "%",
    "permille": "‰",
    "operators": "operatori",
    "points": "punti",
}
MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip
OPERATORS = {"<": "meno di ", "<=": "al massimo ", ">": "più di ", ">=": "almeno "}


def told(text: str, *rows: Row) -> Reason:
    """A sentence with the citations of its rows, each once."""
    citations = tuple(dict.fromkeys(row.citation for row in rows))
    return Reason(text, citations, any(not row.is_verified for row in rows))


def stated(row: Row) -> Reason:
    """The rule as it stands: what it says, how much, its note."""
    said = f"{row.text} ({measure(row)})." if row.value is not None else f"{row.text}."
    return told(f"{said} {row.note}".strip(), row)


def measure(row: Row) -> str:
    """The value with its unit: «almeno 30 giorni», «2 %», «al massimo 500.000,00 euro»."""
    return f"{OPERATORS.get(row.op, '')}{bare(row)}"


def bare(row: Row) -> str:
    """The value with its unit, without «almeno»; empty where the row has none."""
    if row.value is None:
        return ""
    if row.unit == "EUR":
        return euro(row.value)
    number = f"{row.value.normalize():f}".replace(".", ",")
    return f"{number} {UNITS.get(row.unit, '')}".strip()


def day_in_words(day: date) -> str:
    """«3 marzo 2026»."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def below(amount: Decimal, row: Row) -> bool:
    """Whether an amount stays strictly below the one of a row that has one."""
    return row.value is not None and amount < row.value
