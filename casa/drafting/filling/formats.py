"""The formats that a model may put after a field: `{{ importo|lettere }}`. There are no others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casa.drafting.filling import values, words
from casa.drafting.filling.field import FieldType

_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Format:
    """`type` is what the field must be (None: anything), `arguments` how many it takes at most."""

    type: FieldType | None
    apply: Callable[..., object]
    says: str
    least: int = 0
    arguments: int = 0


def _number(value: object, decimals: object = None) -> str:
    found = values.number_of(value)
    digits = max(0, -int(found.normalize().as_tuple().exponent)) if decimals is None else 0
    given = digits if decimals is None else values.whole_of(decimals)
    if not 0 <= given <= _MOST_DECIMALS:
        raise values.BadValue(f"i decimali vanno da 0 a {_MOST_DECIMALS}")
    return words.figures(found, decimals=given)


def _sum(value: object, column: object) -> Decimal:
    rows = values.rows_of(value)
    if not all(isinstance(row, Mapping) and column in row for row in rows):
        raise values.BadValue(f"in una riga dell'elenco manca la colonna «{column}»")
    return sum((values.amount_of(row[column]) for row in rows), Decimal(0))


def _day(write: Callable[[date], str]) -> Callable[[object], str]:
    return lambda value: write(values.day_of(value))


def _initial(value: object) -> str:
    text = values.text_of(value)
    return text[:1].upper() + text[1:]


def _checked(value: object) -> str:
    return "☒" if values.is_true(value) else "☐"


_T = FieldType
FORMATS: Mapping[str, Format] = {
    "importo": Format(
        _T.AMOUNT, lambda v: words.figures(values.amount_of(v)), "in cifre: 1.234,56"
    ),
    "lettere": Format(
        _T.AMOUNT, lambda v: words.amount(values.amount_of(v)), "in lettere: mille…/56"
    ),
    "numero": Format(_T.NUMBER, _number, "con i punti: 1.234", arguments=1),
    "parole": Format(_T.NUMBER, lambda v: words.number(values.whole_of(v)), "in parole: trenta"),
    "percentuale": Format(_T.PERCENTAGE, lambda v: f"{_number(v)} %", "12,5 %"),
    "data": Format(_T.DATE, _day(lambda day: f"{day:%d/%m/%Y}"), "01/03/2026"),
    "data_lunga": Format(_T.DATE, _day(words.long_day), "1º marzo 2026"),
    "data_lettere": Format(_T.DATE, _day(words.day), "primo marzo duemilaventisei"),
    "anno": Format(_T.DATE, _day(lambda day: str(day.year)), "2026"),
    "ora": Format(_T.TIME, values.hour_of, "12:00"),
    "testo": Format(_T.TEXT, values.text_of, "com'è"),
    "maiuscolo": Format(None, lambda v: values.text_of(v).upper(), "TUTTO MAIUSCOLO"),
    "minuscolo": Format(None, lambda v: values.text_of(v).lower(), "tutto minuscolo"),
    "iniziale": Format(None, _initial, "La prima lettera maiuscola"),
    "si_no": Format(_T.BOOLEAN, lambda v: "sì" if values.is_true(v) else "no", "sì o no"),
    "casella": Format(_T.BOOLEAN, _checked, "☒ o ☐"),
    "unisci": Format(_T.LIST, values.list_text, "a, b e c"),
    "conta": Format(_T.LIST, lambda v: Decimal(len(values.rows_of(v))), "quante righe"),
    "somma": Format(
        _T.LIST, _sum, 'il totale di una colonna: somma("importo")', least=1, arguments=1
    ),
    "predefinito": Format(
        None, lambda value, _given: value, "il valore quando manca", least=1, arguments=1
    ),
    "cig": Format(_T.CIG, lambda v: values.code_of(v, "CIG", "B1A2C3D4E5"), "codice CIG"),
    "cup": Format(_T.CUP, lambda v: values.code_of(v, "CUP", "J31B21000120005"), "codice CUP"),
    "cpv": Format(_T.CPV, lambda v: values.code_of(v, "CPV", "45233140-2"), "codice CPV"),
    "cf": Format(_T.FISCAL_CODE, values.fiscal_code_of, "codice fiscale"),
    "piva": Format(_T.VAT_NUMBER, values.vat_number_of, "partita IVA"),
    "email": Format(_T.EMAIL, values.email_of, "indirizzo e-mail"),
    "pec": Format(_T.PEC, values.email_of, "indirizzo PEC"),
    "telefono": Format(_T.PHONE, values.phone_of, "numero di telefono"),
    "iban": Format(_T.IBAN, values.iban_of, "IBAN a gruppi di quattro"),
}
ALIASES = {
    "euro": "importo",
    "in_lettere": "lettere",
    "data_estesa": "data_lunga",
    "default": "predefinito",
    "codice_fiscale": "cf",
    "partita_iva": "piva",
    "elenco": "unisci",
    "upper": "maiuscolo",
    "lower": "minuscolo",
}
DEFAULT = "predefinito"


def named(name: str) -> str | None:
    """The format of that name, whatever it is called; None when there is no such format."""
    found = ALIASES.get(name, name)
    return found if found in FORMATS else None
