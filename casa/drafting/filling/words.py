"""Numbers, amounts and days in Italian words, as contracts and determinations write them.

Rules: Treccani, «numerali»: elision before otto and ottanta after cento («centotto»,
«centottanta»), none before uno («centouno»); accent on a final tré in compounds; amounts with the
cents in figures.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
MOST = 10**12
_UNITS = (
    *("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"),
    *("dieci", "undici", "dodici", "tredici", "quattordici", "quindici", "sedici"),
    *("diciassette", "diciotto", "diciannove"),
)
_TENS = ("", "", *("venti", "trenta", "quaranta", "cinquanta"), *("sessanta", "settanta"),
         "ottanta", "novanta")  # fmt: skip
_SCALES = (
    (10**9, "unmiliardo", "miliardi"),
    (10**6, "unmilione", "milioni"),
    (1000, "mille", "mila"),
)
_CENT = Decimal("0.01")
_SHORT = len(_UNITS)
_EIGHTY = range(80, 90)


def number(value: int) -> str:
    """A whole number in one word: 123 → "centoventitré". Raises ValueError from 10¹² on."""
    if abs(value) >= MOST:
        raise ValueError(value)
    if value <= 0:
        return f"meno {number(-value)}" if value else _UNITS[0]
    said, rest = "", value
    for scale, one, many in _SCALES:
        count, rest = divmod(rest, scale)
        if count:
            said += one if count == 1 else _below_thousand(count) + many
    said += _below_thousand(rest) if rest else ""
    return f"{said[:-1]}é" if said.endswith("tre") and said != "tre" else said


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    said = f"{_UNITS[hundreds] if hundreds > 1 else ''}cento" if hundreds else ""
    if not rest:
        return said
    if said and (rest == 8 or rest in _EIGHTY):  # noqa: PLR2004
        said = said[:-1]
    return said + _below_hundred(rest)


def _below_hundred(value: int) -> str:
    if value < _SHORT:
        return _UNITS[value]
    tens, unit = divmod(value, 10)
    said = _TENS[tens][:-1] if unit in (1, 8) else _TENS[tens]
    return said + (_UNITS[unit] if unit else "")


def amount(value: Decimal) -> str:
    """Euro in words, cents in figures: 1234.56 → "milleduecentotrentaquattro/56"."""
    cents = int(abs(value).quantize(_CENT, ROUND_HALF_UP) * 100)
    euros, rest = divmod(cents, 100)
    sign = "meno " if value < 0 and cents else ""
    return f"{sign}{number(euros)}/{rest:02d}"


def figures(value: Decimal, *, decimals: int = 2) -> str:
    """A number as Italians write it: 1234.5 → "1.234,50"."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def long_day(value: date) -> str:
    """A day with its month in words: "1º marzo 2026"."""
    return f"{'1º' if value.day == 1 else value.day} {MONTHS[value.month - 1]} {value.year}"


def day(value: date) -> str:
    """A day wholly in words, as deeds have it: "primo marzo duemilaventisei"."""
    first = "primo" if value.day == 1 else number(value.day)
    return f"{first} {MONTHS[value.month - 1]} {number(value.year)}"
