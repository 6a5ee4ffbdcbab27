"""What a blank is for, guessed from the words around it: its type, its name, its format.

A guess is proposed to a person and never more than that.
"""

import re
import unicodedata
from pathlib import Path

from casa.drafting.filling.field import FieldType

_T = FieldType
_LOOK_BACK = 80
_ROWS = (Path(__file__).parent / "guesses.tsv").read_text(encoding="utf-8").splitlines()
_PATTERNS = tuple(
    (FieldType(kind), name, re.compile(words, re.IGNORECASE))
    for kind, name, words in (row.split("\t") for row in _ROWS if not row.startswith("#"))
)
_DATE_SHAPE = re.compile(
    r"[_.…\s]+/[_.…\s]+/[_.…\s]+|gg\s*[/.-]\s*mm\s*[/.-]\s*a{2,4}", re.IGNORECASE
)
_MONEY_AFTER = re.compile(r"\s*(?:euro\b|€|,00\b)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_STOP = re.compile(
    r"(?:di|a|da|in|con|su|per|tra|fra|del|dell|dello|della|dei|degli|delle|al|allo|alla|ai|agli|"
    r"alle|dal|dalla|nel|nella|sul|sulla|il|lo|la|gli|le|un|una|uno|che|si|è|e|ed|o|od|presso|"
    r"quale|qualità|euro|pari)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.;:(){}\[\]]\s+(?=\S)")
_MOST_WORDS = 3
_LONGEST = 40
# the format that a field of each type takes when it is written into a model
WRITTEN = {
    _T.AMOUNT: "importo",
    _T.DATE: "data",
    _T.TIME: "ora",
    _T.PERCENTAGE: "numero",
    _T.NUMBER: "numero",
    _T.BOOLEAN: "casella",
    _T.CIG: "cig",
    _T.CUP: "cup",
    _T.CPV: "cpv",
    _T.FISCAL_CODE: "cf",
    _T.VAT_NUMBER: "piva",
    _T.EMAIL: "email",
    _T.PEC: "pec",
    _T.PHONE: "telefono",
    _T.IBAN: "iban",
}


def guess(before: str, blank: str, after: str) -> tuple[FieldType, str]:
    """The type of a blank and the usual name of such a field ("" when the words do not tell)."""
    if _DATE_SHAPE.search(blank[:_LOOK_BACK]):
        return FieldType.DATE, "data"
    if after[:3].strip().startswith("%"):
        return FieldType.PERCENTAGE, "percentuale"
    for kind, name, pattern in _PATTERNS:
        if pattern.search(before[-_LOOK_BACK:]):
            return kind, name
    if _MONEY_AFTER.match(after[:_LOOK_BACK]):
        return FieldType.AMOUNT, "importo"
    return FieldType.TEXT, ""


def named_from(words: str) -> str:
    """A name for a field made of words: "Settore competente" → "settore_competente"; may be ""."""
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].strip("_")
    return name if name[:1].isalpha() else name.lstrip("_0123456789")


def named_after(before: str) -> str:
    """A name from the last words before a blank that say something; "" when none do."""
    for sentence in reversed(_SENTENCES.split(before[-_LOOK_BACK:])):
        words = [word for word in _WORD.findall(sentence) if not _STOP.fullmatch(word)]
        if words:
            return named_from("_".join(words[-_MOST_WORDS:]))
    return ""
