"""A need as somebody typed it, understood: amounts like «120.000,00», days, lots, codes."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from casa.drafting.filling.values import BadValue, amount_of, day_of
from casa.foundation.amounts import amounts_in
from casa.guide.choosing.need import BadNeed, Need

FLAGS = ("urgent", "pnrr", "cross_border", "social", "call_off")
NAMES = {
    "amount": "L'importo",
    "options": "Le opzioni",
    "renewals": "I rinnovi",
    "lots": "Un lotto",
    "on": "Il giorno",
}
_CENTS = re.compile(r"[\d.]+,\d\d")
Read = TypeVar("Read")
Typed = Mapping[str, str | bool | None]


def need_of(typed: Typed, *, today: date) -> Need:
    """The need that somebody typed; without a day it is of today.

    `options` and `renewals` are counted on top of `amount`; with `lots` the amount may be left out.

    Raises:
        BadNeed: something is missing or cannot be right; the sentence says what.
    """
    options, renewals = (_amount(typed, name) or Decimal() for name in ("options", "renewals"))
    lots = lots_of(_word(typed, "lots"))
    amount = _amount(typed, "amount")
    total = sum(lots, Decimal()) if amount is None else amount + options + renewals
    if amount is None and not lots:
        raise BadNeed("Scrivi l'importo senza IVA, per esempio 120.000,00.", "amount")
    return Need(
        kind=_word(typed, "kind").lower(),
        amount=total,
        on=_day(_word(typed, "on"), today=today),
        cpv=_word(typed, "cpv").replace(" ", ""),
        qualification=_word(typed, "qualification").lower() or "none",
        lots=lots,
        options=options,
        renewals=renewals,
        **{flag: bool(typed.get(flag)) for flag in FLAGS},
    )


def lots_of(text: str) -> tuple[Decimal, ...]:
    """Amounts one for each line, or parted by semicolons, by spaces, or by commas as in «A,B»."""
    parted = re.sub(r"\s*(€|euro\b)", "", text, flags=re.IGNORECASE)
    parts = re.split(r"[;\s]+", parted.strip().replace(", ", ";"))
    if len(parts) == 1 and not _CENTS.fullmatch(parts[0]):
        parts = parts[0].split(",")
    return tuple(_understood(_euro_of, part, "lots") for part in parts if part)


def _word(typed: Typed, name: str) -> str:
    return str(typed.get(name) or "").strip()


def _amount(typed: Typed, name: str) -> Decimal | None:
    text = _word(typed, name)
    return _understood(_euro_of, text, name) if text else None


def _euro_of(value: object) -> Decimal:
    """«120.000,00», and also «120mila euro» or «1,2 milioni»."""
    text = str(value)
    found = amounts_in(text)
    if len(found) == 1 and text[: found[0].start].strip() == text[found[0].end :].strip() == "":
        return found[0].value
    return amount_of(value)


def _day(text: str, *, today: date) -> date:
    return _understood(day_of, text, "on") if text else today


def _understood(read: Callable[[object], Read], text: str, name: str) -> Read:
    try:
        return read(text)
    except BadValue as wrong:
        raise BadNeed(f"{NAMES[name]}: {wrong}.", name) from wrong
