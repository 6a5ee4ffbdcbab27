"""Answers as people type them, and as the models read them."""

from collections.abc import Mapping, Sequence

from casa.dossier.asking.questions import Question
from casa.drafting.filling import FORMATS, FieldType
from casa.drafting.filling.values import BadValue

YES, NO = "si", "no"
APART = "|"
TAB = "\t"
"""What stands between the columns of a line pasted from a spreadsheet."""
NOTHING = "-"
"""A list that somebody says is empty, as no bid received."""
MOST_ROWS = 200
CRITERIA = "criteri"
"""The list of the criteria, in `data/starter/fields.toml`."""
POINTS = "I punti si scrivono in numeri, per esempio 40."
Row = dict[str, str]
READERS = {
    FieldType.AMOUNT: "importo",
    FieldType.DATE: "data",
    FieldType.TIME: "ora",
    FieldType.NUMBER: "numero",
    FieldType.PERCENTAGE: "percentuale",
    FieldType.CIG: "cig",
    FieldType.CUP: "cup",
    FieldType.CPV: "cpv",
    FieldType.FISCAL_CODE: "cf",
    FieldType.VAT_NUMBER: "piva",
    FieldType.EMAIL: "email",
    FieldType.PEC: "pec",
    FieldType.PHONE: "telefono",
    FieldType.IBAN: "iban",
}
"""The format of the models that reads each type; plain text is read as it is."""


class BadAnswer(ValueError):  # noqa: N818 -- an Italian sentence
    """What was typed is not what the question asks."""


def understood(question: Question, typed: str) -> object:
    """The value to keep: None for nothing, a bool, a list of rows, else the words themselves.

    Raises:
        BadAnswer: the models could not read it; the sentence says how it is written.
    """
    text = typed.strip()
    if not text:
        return None
    if question.type == FieldType.BOOLEAN:
        return text == YES
    if question.type in (FieldType.LIST, FieldType.GROUP):
        return _rows(question, text)
    if name := READERS.get(question.type):
        try:
            FORMATS[name].apply(text)
        except BadValue as wrong:
            raise BadAnswer(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from wrong
    return text


def shown(question: Question, value: object) -> str:
    """A kept value as the page shows it in its field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if value == []:
        return NOTHING
    if isinstance(value, list):
        return "\n".join(_line(question, row) for row in value)
    return str(value)


def _rows(question: Question, text: str) -> list[object]:
    lines = [line for line in text.splitlines() if line.strip()]
    if [line.strip() for line in lines] == [NOTHING]:
        return []
    if len(lines) > MOST_ROWS:
        raise BadAnswer(f"L'elenco ha al massimo {MOST_ROWS} righe.")
    if not question.columns:
        return [line.strip() for line in lines]
    rows = [_row(question, line, number) for number, line in enumerate(lines, start=1)]
    _refuse_wrong_points(question, rows)
    return list(rows)


def _row(question: Question, line: str, number: int) -> Row:
    cells = [cell.strip() for cell in line.split(TAB if TAB in line else APART)]
    if len(cells) != len(question.columns):
        names = f" {APART} ".join(name.replace("_", " ") for name in question.columns)
        raise BadAnswer(f"La riga {number} ha {len(cells)} voci: servono {names}.")
    return dict(zip(question.columns, cells, strict=True))


def _refuse_wrong_points(question: Question, rows: Sequence[Row]) -> None:
    """The points of the criteria are numbers, and no more than a hundred in all."""
    if question.name != CRITERIA or "punti" not in question.columns:
        return
    try:
        points = [float(row["punti"].replace(",", ".")) for row in rows]
    except ValueError as wrong:
        raise BadAnswer(POINTS) from wrong
    if not all(0 <= one < float("inf") for one in points):  # "nan" and "inf" are numbers too
        raise BadAnswer(POINTS)
    total = sum(points)
    if total > 100:  # noqa: PLR2004 -- the whole of a score
        raise BadAnswer(f"I punti fanno in tutto {total:g}: il massimo è 100.")


def _line(question: Question, row: object) -> str:
    if isinstance(row, Mapping):
        names = question.columns or tuple(row)
        return f" {APART} ".join(str(row.get(name, "")) for name in names)
    return str(row)
