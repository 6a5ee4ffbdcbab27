"""The rows of the file: its columns, and what each row says by itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.foundation.sheets import read_csv
from casa.registry.models import Body, Mandate

COLUMNS = (
    "ente",
    "tipo",
    "provincia",
    "ufficio",
    "nome",
    "cognome",
    "email",
    "ruolo",
    "dal",
    "al",
)
MOST_ROWS = 5000
MOST_BYTES = 2 * 1024 * 1024
ROLES = {str(label).casefold(): value for value, label in Mandate.Role.choices}
KINDS = {
    str(label).casefold(): value for value, label in Body.Kind.choices if value != Body.Kind.NETWORK
}
DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y")
LENGTHS = {"ente": 200, "ufficio": 160, "nome": 80, "cognome": 80, "email": 254}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to correct in the file. Line 1 holds the titles of the columns."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return _("Riga %(line)s, colonna «%(column)s»: %(sentence)s") % {
            "line": self.line,
            "column": self.column,
            "sentence": self.sentence,
        }


@dataclass(slots=True)
class Row:
    """A row as it was written, with what could be understood of it."""

    line: int
    cells: dict[str, str]
    mistakes: list[Mistake] = field(default_factory=list)
    kind: str = ""
    role: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def has_person(self) -> bool:
        """Whether the row speaks of a person, or only of a body or an office."""
        return any(self[column] for column in ("nome", "cognome", "email", "ruolo"))

    @property
    def email(self) -> str:
        return self["email"].lower()

    def wrong(self, column: str, sentence: str) -> None:
        self.mistakes.append(Mistake(self.line, column, sentence))


def template_rows() -> Iterable[Sequence[str]]:
    """What the template that one may download shows below the titles."""
    ente, office = "Comune di Collefiorito", "Ufficio tecnico"
    return [
        (ente, "Comune", "", office, "Ada", "Prova", "ada.prova@ente.example", "Redazione", "", ""),
        ("Unione dei Colli", "Unione di Comuni", "TV", "", "", "", "", "", "", ""),
    ]


def read_rows(content: bytes) -> list[Row]:
    """The rows of the file, each understood by itself. A file that is no such table is refused."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Il file supera 2 MB. Dividilo in più file."))
    lines = read_csv(content)
    titles = [cell.casefold() for cell in next(lines, (1, []))[1]]
    _check_titles(titles)
    rows = [_row(line, dict(zip(titles, map(_tidy, cells), strict=False))) for line, cells in lines]
    if not rows:
        raise Refused(_("Il file non ha nessuna riga sotto i titoli delle colonne."))
    if len(rows) > MOST_ROWS:
        raise Refused(_("Il file ha più di 5.000 righe. Dividilo in più file."))
    return rows


def _tidy(cell: str) -> str:
    """A cell in one line: what spreadsheets let one type with a return is one name all the same."""
    return " ".join(cell.split())


def _check_titles(titles: list[str]) -> None:
    unknown = [title for title in titles if title and title not in COLUMNS]
    missing = {"ente"} - set(titles)
    if missing or unknown or len(set(titles)) < len(titles):
        raise Refused(
            _("I titoli delle colonne devono essere, in qualunque ordine: %(columns)s.")
            % {"columns": ", ".join(COLUMNS)}
            + " "
            + _("Solo «ente» è obbligatoria. Scarica il modello e copia lì le tue righe.")
        )


def _row(line: int, cells: dict[str, str]) -> Row:
    row = Row(line=line, cells=cells)
    for column, sentence in _problems(row):
        row.wrong(column, sentence)
    row.kind = _known(row, "tipo", KINDS)
    row.role = _known(row, "ruolo", ROLES)
    row.starts_on = _day(row, "dal")
    row.ends_on = _day(row, "al")
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        row.wrong("al", _("viene prima del primo giorno"))
    return row


def _problems(row: Row) -> Iterator[tuple[str, str]]:
    if not row["ente"]:
        yield "ente", _("scrivi il nome dell'ente")
    for column, longest in LENGTHS.items():
        if len(row[column]) > longest:
            yield column, _("è più lungo di %(longest)s caratteri") % {"longest": longest}
        if "\x00" in row[column]:
            yield column, _("contiene un carattere che non si può leggere")
    if row.has_person:
        yield from _person_problems(row)


def _person_problems(row: Row) -> Iterator[tuple[str, str]]:
    for column in ("nome", "cognome", "email", "ruolo"):
        if not row[column]:
            yield column, _("manca: serve per registrare una persona")
    if row["email"]:
        try:
            validate_email(row["email"])
        except ValidationError:
            yield "email", _("«%(email)s» non è un indirizzo e-mail") % {"email": row["email"]}


def _known(row: Row, column: str, values: dict[str, str]) -> str:
    text = row[column].casefold()
    if text and text not in values:
        row.wrong(
            column,
            _("«%(text)s» non si conosce. Scrivi una di queste parole: %(known)s")
            % {"text": row[column], "known": ", ".join(name.capitalize() for name in values)},
        )
    return values.get(text, "")


def _day(row: Row, column: str) -> date | None:
    if not row[column]:
        return None
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(row[column], form).date()  # noqa: DTZ007 -- a day, no instant
        except ValueError:
            continue
    row.wrong(column, _("«%(day)s» non è un giorno: scrivi 31/12/2026") % {"day": row[column]})
    return None
