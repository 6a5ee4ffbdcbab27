"""A need in plain words, «120.000 € di refezione scolastica», taken apart."""

import re
from dataclasses import dataclass
from decimal import Decimal

from casa.foundation.amounts import Amount, amounts_in
from casa.guide.law import Row

_CPV = re.compile(r"(?<!\d)(?:cpv\s*:?\s*)?(\d{8})(?:-\d)?(?!\d)", re.IGNORECASE)
_KINDS = {
    "concession": re.compile(r"\bconcession[ei]\b", re.IGNORECASE),
    "works": re.compile(r"\blavori\b", re.IGNORECASE),
    "supplies": re.compile(r"\b(?:fornitur[ae]|acquisto di)\b", re.IGNORECASE),
    "services": re.compile(r"\bserviz(?:io|i)\b", re.IGNORECASE),
}
_ABOUT_WORKS = re.compile(
    r"\b(?:direzione|direttore|contabilità|progettazione|progetto|collaudo|coordinamento|verifica)"
    r"\s+(?:(?:dei|di)\s+)?lavori\b",
    re.IGNORECASE,
)
_FLAGS = {
    "urgent": re.compile(r"\burgen(?:te|ti|za)\b", re.IGNORECASE),
    "pnrr": re.compile(r"\b(?:pnrr|pnc)\b", re.IGNORECASE),
}
_WITH_VAT = re.compile(
    r"\biva\s+(?:inclusa|compresa)|(?:compres[ao]|inclus[ao]|con)\s+(?:l['’])?iva\b", re.IGNORECASE
)
_VAT = re.compile(
    r"(?:\(|,|\+|\bpiù\b|\boltre\b|\bal netto d(?:i|ell['’])|\bsenza\b)?\s*\biva\s*(?:esclusa)?\)?",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"^(?:\s|[-–,:;.]|(?:di|del|dei|della|delle|per|da)\b|dell['’])+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of a need; `object` is what is left of the words.

    `amounts` are all that were named: with several of them the whole is not known. `with_vat`: the
    words say that VAT is inside.
    """

    object: str
    amounts: tuple[Decimal, ...] = ()
    cpv: str = ""
    kind: str = ""
    urgent: bool = False
    pnrr: bool = False
    with_vat: bool = False

    @property
    def amount(self) -> Decimal | None:
        """The amount, where one alone was named and without VAT."""
        return self.amounts[0] if len(self.amounts) == 1 and not self.with_vat else None


def heard(words: str) -> Heard:
    """Take a need in plain words apart; nothing is guessed."""
    amounts = amounts_in(words) or amounts_in(words, bare=True)
    code = _CPV.search(words)
    return Heard(
        object=_object(words, amounts),
        amounts=tuple(dict.fromkeys(one.value for one in amounts)),
        cpv=code[1] if code else "",
        kind=_kind(words),
        with_vat=bool(_WITH_VAT.search(words)),
        **{name: bool(said.search(words)) for name, said in _FLAGS.items()},
    )


def _kind(words: str) -> str:
    """What the words say is bought; empty where they name several things: nobody guesses then."""
    words = _ABOUT_WORKS.sub(" servizi ", words)
    named = [kind for kind, said in _KINDS.items() if said.search(words)]
    return named[0] if len(named) == 1 or "concession" in named else ""


def kind_of_code(cpv: str, divisions: Row | None) -> str:
    """What a CPV code buys, by the row that lists the divisions; empty for a code of none."""
    kinds = divisions.details.items() if divisions and cpv else ()
    return next((kind for kind, codes in kinds if cpv[:2] in str(codes).split()), "")


def _object(words: str, amounts: list[Amount]) -> str:
    for one in reversed(amounts):
        words = f"{words[: one.start]} {words[one.end :]}"
    for said in (_WITH_VAT, _VAT, _CPV):
        words = said.sub(" ", words)
    return _AROUND.sub("", " ".join(words.split())).strip(" ,.;:-–")
