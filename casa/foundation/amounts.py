"""Amounts of euro as people write them among words: «120.000 euro», «€ 120mila», «1,2 mln»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MOST = Decimal(10) ** 11
CENT = Decimal("0.01")
YEARS = range(1900, 2101)
LEAST = 1000
"""A smaller number without «euro» is a quantity."""
CPV_DIGITS = 8
_NUMBER = r"\d{1,3}(?:[. '’\u00a0\u202f]\d{3})+(?:,\d{1,2})?|\d{1,12}(?:[.,]\d{1,6})?|mezzo|un"
_UNIT = r"mila|k|mln|milion[ei]|mld|miliard[oi]"
_AMOUNT = re.compile(
    rf"(?<![\w.,/'’-])(?:(?P<before>€|euro\b|eur\b)\s*)?(?P<number>{_NUMBER})"
    rf"(?:\s*(?P<unit>{_UNIT})(?![a-zà-ù])\.?)?(?P<half>\s+e\s+mezzo\b)?"
    r"(?:\s*(?:di\s+|d['’]\s*)?(?P<after>€|euro\b|eur\b))?(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\s*(?:€|euro\b)?\s*(?:/|(?:al|alla|all['’]|ogni|per ogni|a)\s*(?:mese|anno|giorno|ora|"
    r"pasto|metro|kg|km|abitante|alunno|utente)\b|l['’](?:anno|ora|uno)\b|cadaun|ciascun|"
    r"(?:annu[ioae]|annual[ei]|mensil[ei]|giornalier[oiea]|pro\s?capite)\b)",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:[. '’\u00a0\u202f]\d{3})+(?:,\d{1,2})?")
_TIMES = {"mila": 10**3, "k": 10**3, "mln": 10**6, "mil": 10**6, "mld": 10**9, "mia": 10**9}
_WORDS = {"mezzo": Decimal("0.5"), "un": Decimal(1)}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and where it stands; `is_named`: with «euro» or «mila» beside it."""

    value: Decimal
    start: int
    end: int
    is_named: bool = True


def amounts_in(text: str, *, bare: bool = False) -> list[Amount]:
    """The amounts of a text, in order; with `bare` also numbers that look like amounts."""
    return [one for one in _found(text) if one.is_named or bare]


def _found(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        value = _value(match)
        named = bool(match["before"] or match["after"] or match["unit"])
        if _EACH.match(text, match.end()):
            continue  # so much for each: not the amount of the whole
        if value is not None and (named or _looks_like_one(match["number"], value)):
            yield Amount(value, match.start(), match.end(), named)


def _value(match: re.Match[str]) -> Decimal | None:
    unit = (match["unit"] or "").lower()
    times = 1 if not unit else _TIMES.get(unit) or _TIMES["mia" if "miliard" in unit else "mil"]
    number = _number(match["number"])
    if number is None or (match["half"] and not unit) or (match["number"].isalpha() and not unit):
        return None
    value = (number + (Decimal("0.5") if match["half"] else 0)) * times
    return value if 0 < value < MOST and value == value.quantize(CENT) else None


def _number(text: str) -> Decimal | None:
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[^\d,]", "", text).replace(",", "."))
    return Decimal(text.replace(",", "."))


def _looks_like_one(text: str, value: Decimal) -> bool:
    """A number of thousands is an amount; a year or a CPV code is not."""
    if _GROUPED.fullmatch(text):
        return True
    is_code = text.isdigit() and len(text) == CPV_DIGITS
    is_year = value == int(value) and int(value) in YEARS
    return value >= LEAST and not is_code and not is_year
