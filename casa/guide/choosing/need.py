"""What a body needs to buy, as a RUP would say it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

KINDS = ("works", "supplies", "services", "concession")
KIND_LABELS = {
    "works": "lavori",
    "supplies": "forniture",
    "services": "servizi",
    "concession": "una concessione",
}
LEVELS = ("none", "l3", "l2", "l1", "sf3", "sf2", "sf1")
MOST = Decimal(10) ** 11
CENT = Decimal("0.01")


class BadNeed(ValueError):  # noqa: N818 -- as `Refused`: an Italian sentence
    """What was asked contradicts itself; the sentence says where, `part` which part of the need."""

    def __init__(self, sentence: str, part: str = "") -> None:
        super().__init__(sentence)
        self.part = part


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One purchase: `amount` in euro without VAT, options and renewals included.

    `options` and `renewals` say how much of it they are. `on` is the day of the notice or of the
    sending of the invitations. `lots` are the amounts of the lots, when there are any: their sum
    decides. `call_off`: a framework agreement or a convention that covers the purchase exists.

    Raises:
        BadNeed: an amount, a code or a choice cannot be right.
    """

    kind: str
    amount: Decimal
    on: date
    cpv: str = ""
    qualification: str = "none"
    urgent: bool = False
    pnrr: bool = False
    cross_border: bool = False
    social: bool = False
    call_off: bool = False
    lots: tuple[Decimal, ...] = ()
    options: Decimal = Decimal(0)
    renewals: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        _refuse_choices(self)
        _refuse_amount(self.amount, "amount")
        for lot in self.lots:
            _refuse_amount(lot, "lots")
        _refuse_parts(self)
        if self.lots and sum(self.lots) != self.amount:
            raise BadNeed(
                f"I lotti fanno in tutto {euro(sum(self.lots, Decimal()))}, ma l'importo è "
                f"{euro(self.amount)}: correggi uno dei due.",
                "lots",
            )


def euro(amount: Decimal) -> str:
    """The amount as officials write it: 1.234.567,80 euro."""
    whole = f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{whole} euro"


def _refuse_choices(need: Need) -> None:
    if need.kind not in KINDS:
        raise BadNeed("Di' se sono lavori, forniture, servizi o una concessione.", "kind")
    if need.qualification not in LEVELS:
        raise BadNeed(
            "Il livello di qualificazione è uno fra L3, L2, L1, SF3, SF2, SF1 o nessuno.",
            "qualification",
        )
    if need.cpv and not re.fullmatch(r"\d{8}(-\d)?", need.cpv):
        raise BadNeed("Il codice CPV ha otto cifre, per esempio 55523100.", "cpv")
    if need.social and need.kind != "services":
        raise BadNeed(
            "Solo i servizi possono essere servizi sociali: cambia il tipo o la scelta.", "social"
        )
    if need.call_off and need.kind == "concession":
        raise BadNeed(
            "Una concessione non si ordina su un accordo quadro: togli l'una o l'altro.", "call_off"
        )


def _refuse_parts(need: Need) -> None:
    for name in ("options", "renewals"):
        part = getattr(need, name)
        if part:
            _refuse_amount(part, name)
    if need.options + need.renewals >= need.amount:
        raise BadNeed(
            "Opzioni e rinnovi sono solo una parte dell'importo: controlla le cifre.", "options"
        )


def _refuse_amount(amount: Decimal, part: str) -> None:
    if not amount.is_finite() or amount <= 0:
        raise BadNeed("L'importo dev'essere più grande di zero.", part)
    if amount >= MOST:
        raise BadNeed("L'importo è troppo grande: controlla le cifre.", part)
    if amount != amount.quantize(CENT):
        raise BadNeed("L'importo ha più di due decimali: scrivilo in euro e centesimi.", part)
