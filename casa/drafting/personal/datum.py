"""One personal datum, and how serious it is to share it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "fiscal_code",
    "vat_number",
    "iban",
    "email",
    "pec",
    "phone",
    "birth",
    "address",
    "name",
    "plate",
    "document",
]
Level = Literal["blocking", "check", "info"]
_HEAD = 3
LABELS: dict[Kind, str] = {
    "fiscal_code": "codice fiscale",
    "vat_number": "partita IVA",
    "iban": "IBAN",
    "email": "posta elettronica",
    "pec": "PEC",
    "phone": "telefono",
    "birth": "nascita",
    "address": "indirizzo",
    "name": "nome di persona",
    "plate": "targa",
    "document": "documento di identità",
}


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """What stands in `text[start:end]`; `value` is that text, as it is written.

    `valid`: the check digits are right, or the kind has none. `level`: "blocking" must go or be
    justified, "check" needs a person's look, "info" is what offices publish anyway.
    """

    kind: Kind
    value: str
    start: int
    end: int
    valid: bool
    level: Level


def masked(value: str) -> str:
    """Enough to find the value again in one's own document, too little to use it."""
    plain = "".join(value.split())
    shown = plain[:_HEAD], plain[-1:] if len(plain) > _HEAD + 1 else ""
    return f"{shown[0]}{'•' * max(1, len(plain) - _HEAD - 1)}{shown[1]}"
