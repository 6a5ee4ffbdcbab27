"""What a model asks for, where it asks for it, and how it can be wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casa.drafting.errors import Unreadable

MOST_TOLD = 5


class FieldType(StrEnum):
    """What may be written into a field."""

    TEXT = "text"
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    BOOLEAN = "boolean"
    LIST = "list"
    GROUP = "group"
    CIG = "cig"
    CUP = "cup"
    CPV = "cpv"
    FISCAL_CODE = "fiscal_code"
    VAT_NUMBER = "vat_number"
    EMAIL = "email"
    PEC = "pec"
    PHONE = "phone"
    IBAN = "iban"


LABELS = {
    FieldType.TEXT: "testo",
    FieldType.AMOUNT: "importo",
    FieldType.DATE: "data",
    FieldType.TIME: "ora",
    FieldType.NUMBER: "numero",
    FieldType.PERCENTAGE: "percentuale",
    FieldType.BOOLEAN: "sì o no",
    FieldType.LIST: "elenco",
    FieldType.GROUP: "gruppo di voci",
    FieldType.CIG: "CIG",
    FieldType.CUP: "CUP",
    FieldType.CPV: "CPV",
    FieldType.FISCAL_CODE: "codice fiscale",
    FieldType.VAT_NUMBER: "partita IVA",
    FieldType.EMAIL: "e-mail",
    FieldType.PEC: "PEC",
    FieldType.PHONE: "telefono",
    FieldType.IBAN: "IBAN",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `words` for people, `part` and `paragraph` (from 1) for programs.

    `part` is body, header, footer, note, comment or properties; `clause` is the label of the
    clause around it ("Art. 3", "Art. 3, comma 2"), "" where there is none.
    """

    part: str
    paragraph: int
    words: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a model asks for.

    `condition` tells in the model's own words when it is needed ("" is always), `options` the
    values that conditions compare it with, `columns` what each row of a list (or a group) holds;
    what has a value of its own in the model (`predefinito`) is not `required`.
    """

    name: str
    type: FieldType
    places: tuple[Place, ...]
    condition: str = ""
    required: bool = True
    options: tuple[str, ...] = ()
    columns: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of the model that is there or not: `text` is the condition, `reason` the editor's."""

    text: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Choice:
    """What filling did with a conditional part: its condition, the reason, whether it stayed."""

    condition: Condition
    kept: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in Italian: where, the words of the model, why."""

    place: Place
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place.words}: «{self.text[:70]}» – {self.reason}"


class BadModel(Unreadable):
    """The model cannot be filled as it is written; each problem names its paragraph."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("model", f"Il modello ha errori. {_told(self.problems)}")


class BadData(Unreadable):
    """The data do not fit the model: something is missing or is not what the model takes it for."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("data", f"I dati non bastano per il modello. {_told(self.problems)}")


def _told(problems: tuple[Problem, ...]) -> str:
    told = [f"{str(problem)[:1].upper()}{str(problem)[1:]}." for problem in problems[:MOST_TOLD]]
    more = len(problems) - MOST_TOLD
    return " ".join([*told, f"E altri {more}."] if more > 0 else told)
