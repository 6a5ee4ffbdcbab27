"""Values of XML as people write them: days, amounts, yes and no."""

import re

from casa.drafting.text import clean, one_line
from casa.drafting.xml import Element, local

PACKED = "(un file allegato)"
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?")
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_TIME = re.compile(r"(\d\d:\d\d):\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_NUMBER = re.compile(r"(-?)(\d{1,18})(?:\.(\d{1,8}))?")
_MONEY = re.compile(r"Importo|Prezzo|Imponibile|Imposta|Aliquota|Arrotondamento|Quantita")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{400,}")
_UNITS = {"DAY": "giorni", "WEEK": "settimane", "MONTH": "mesi", "YEAR": "anni"}
_ANSWERS = {"true": "Sì", "false": "No"}


def value(element: Element) -> str:
    """The text of a leaf with its unit or currency; what is packed in base64 is only named."""
    text = one_line(clean(element.text or ""))
    if not text:
        return ""
    if _BASE64.fullmatch(text):
        return PACKED
    currency = element.get("currencyID") or ""
    if currency or _MONEY.match(local(element)):
        return f"{amount(text)} {currency}".strip()
    unit = element.get("unitCode") or ""
    return f"{_ANSWERS.get(text) or shown_date(text)} {_UNITS.get(unit, unit)}".strip()


def shown_date(text: str) -> str:
    """03/03/2026, 03/03/2026 09:30, 09:30; any other text as it is."""
    if found := _DATE.fullmatch(text):
        return f"{found[3]}/{found[2]}/{found[1]}"
    if found := _MOMENT.fullmatch(text):
        return f"{found[3]}/{found[2]}/{found[1]} {found[4]}"
    found = _TIME.fullmatch(text)
    return found[1] if found else text


def amount(text: str) -> str:
    """ "1.234,50" for "1234.50"; any other text as it is."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    whole = f"{int(found[2]):,}".replace(",", ".")
    return f"{found[1]}{whole}" + (f",{found[3]}" if found[3] else "")


def first(parent: Element, name: str) -> str:
    """The text of the first element below with that name, "" when there is none."""
    held = next((one for one in parent.iter() if local(one) == name), None)
    return one_line(clean(held.text or "")) if held is not None else ""
