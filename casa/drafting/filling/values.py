"""What people type, understood: amounts, days, numbers, codes. Each refuses in Italian."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from stdnum import iban as iban_rules
from stdnum.it import codicefiscale, iva

from casa.drafting.filling.words import MOST, figures

_SHOWN = 40
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,4})?")
_COMMA = re.compile(r"-?\d{1,12},\d{1,4}")
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,4})?")
_EURO = re.compile(r"[€\s\u00a0\u202f]|euro|eur", re.IGNORECASE)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T[\d:.+Z-]*)?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?")
_EMAIL = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,250}\.[^\s@<>\".]{2,24}")
_PHONE = re.compile(r"\+?[\d ()/.-]{5,24}")
_CODES = {
    "CIG": re.compile(r"[A-Z0-9]{10}"),
    "CUP": re.compile(r"[A-Z]\d{2}[A-Z]\d{11}"),
    "CPV": re.compile(r"\d{8}(?:-\d)?"),
}
_UNTRUE = frozenset({"", "no", "n", "falso", "false", "0", "off"})
# what XML 1.0 cannot hold
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINES = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c")


class BadValue(ValueError):  # noqa: N818 -- it reads as a sentence
    """This value is not what the model takes it for; the message is an Italian sentence."""


def refused(value: object, what: str, example: str) -> BadValue:
    """The sentence for a value that is not what was asked for."""
    return BadValue(f"«{str(value)[:_SHOWN]}» non è {what} (esempio: {example})")


def amount_of(value: object) -> Decimal:
    """Euro from "€ 1.234,56", "1234.56" or a number; "1.234" is one thousand and more."""
    found = _decimal(value)
    if found is None or abs(found) >= MOST:
        raise refused(value, "un importo", "1.234,56")
    return found


def number_of(value: object) -> Decimal:
    """A number, written as amounts are."""
    found = _decimal(value)
    if found is None or abs(found) >= MOST:
        raise refused(value, "un numero", "12")
    return found


def whole_of(value: object) -> int:
    """A number without decimals."""
    found = number_of(value)
    if found != int(found):
        raise refused(value, "un numero intero", "12")
    return int(found)


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < MOST else None
    if isinstance(value, float):
        return Decimal(str(value)) if math.isfinite(value) and abs(value) < MOST else None
    if isinstance(value, Decimal):
        return value if value.is_finite() and value.adjusted() < _SHOWN else None
    return _typed(value) if isinstance(value, str) and len(value) <= _SHOWN else None


def _typed(value: str) -> Decimal | None:
    text = _EURO.sub("", value).removesuffix("%")
    if _GROUPED.fullmatch(text) or _COMMA.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def day_of(value: object) -> date:
    """A day from "2026-03-01", "1/3/2026" or a date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    iso, italian = _ISO_DAY.fullmatch(text), _DAY.fullmatch(text)
    numbers = iso.groups() if iso else italian.groups()[::-1] if italian else None
    try:
        year, month, day = (int(number) for number in numbers or ())
        return date(year, month, day)
    except ValueError as error:
        raise refused(value, "una data", "1/3/2026") from error


def hour_of(value: object) -> str:
    """An hour as "12:00"."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    found = _HOUR.fullmatch(str(value).strip())
    if found is None:
        raise refused(value, "un'ora", "12:00")
    return f"{int(found[1]):02d}:{found[2]}"


def code_of(value: object, name: str, example: str) -> str:
    """A CIG, CUP or CPV, in capitals and without blanks."""
    text = re.sub(r"\s", "", str(value)).upper()
    if not _CODES[name].fullmatch(text):
        raise refused(value, f"un {name}", example)
    return text


def fiscal_code_of(value: object) -> str:
    """A codice fiscale (of a person, or the eleven digits of a body) with its check."""
    text = re.sub(r"\s", "", str(value)).upper()
    if not (codicefiscale.is_valid(text) or iva.is_valid(text)):
        raise refused(value, "un codice fiscale valido", "16 lettere e cifre, o 11 cifre")
    return text


def vat_number_of(value: object) -> str:
    """A partita IVA with its check digit."""
    text = re.sub(r"\s", "", str(value)).removeprefix("IT")
    if not iva.is_valid(text):
        raise refused(value, "una partita IVA valida", "11 cifre")
    return text


def iban_of(value: object) -> str:
    """An IBAN in groups of four."""
    text = re.sub(r"\s", "", str(value)).upper()
    if not iban_rules.is_valid(text):
        raise refused(value, "un IBAN valido", "IT seguito da 25 lettere e cifre")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def email_of(value: object) -> str:
    """An address of e-mail or PEC."""
    text = str(value).strip()
    if not _EMAIL.fullmatch(text):
        raise refused(value, "un indirizzo e-mail", "ufficio@ente.example")
    return text


def phone_of(value: object) -> str:
    """A telephone number."""
    text = str(value).strip()
    if not _PHONE.fullmatch(text):
        raise refused(value, "un numero di telefono", "0521 123456")
    return text


def is_true(value: object) -> bool:
    """Yes or no, also as typed: "no", "falso" and an empty text are no."""
    return value.strip().lower() not in _UNTRUE if isinstance(value, str) else bool(value)


def text_of(value: object) -> str:
    """A value as it is written without any format: days and decimals as Italians write them."""
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, str):
        text = _FORBIDDEN.sub("", _LINES.sub("\n", value))
        return f"{day_of(text):%d/%m/%Y}" if _ISO_DAY.fullmatch(text) and _is_day(text) else text
    if isinstance(value, date):
        return f"{day_of(value):%d/%m/%Y}"
    if isinstance(value, float | Decimal):
        return figures(number_of(value)) if number_of(value) % 1 else str(int(number_of(value)))
    if isinstance(value, int):
        return str(whole_of(value))
    return list_text(value)


def _is_day(text: str) -> bool:
    try:
        return bool(day_of(text))
    except BadValue:
        return False


def rows_of(value: object) -> Sequence[Any]:
    """The rows of a list. Raises BadValue."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
        raise BadValue(f"«{str(value)[:_SHOWN]}» non è un elenco")
    return value


def list_text(value: object) -> str:
    """Several words as one: "a, b e c"."""
    if isinstance(value, Mapping):
        raise BadValue("è un gruppo di voci: nel modello si scrive gruppo.voce")
    rows = rows_of(value)
    if any(isinstance(row, Mapping | list | tuple) for row in rows):
        raise BadValue("è un elenco con colonne: nel modello si ripete con «per ogni»")
    texts = [text_of(row) for row in rows]
    return " e ".join(part for part in (", ".join(texts[:-1]), texts[-1]) if part) if texts else ""
