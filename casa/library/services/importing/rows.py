"""The rows of a manifest: its columns, and what each row says by itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.foundation.sheets import read_csv
from casa.library.models import choices
from casa.registry.models import Body, Office, Pillar
from casa.registry.services.people_import.rows import DAY_FORMATS, Mistake

COLUMNS = (
    "titolo",
    "tipo",
    "oggetto",
    "pilastro",
    "file",
    "allegati",
    "ufficio",
    "procedura",
    "contratto",
    "criterio",
    "importo",
    "fase",
    "cpv",
    "norme",
    "licenza",
    "lettori",
    "contenuto",
    "motivo",
    "dal",
)
NEEDED = ("titolo", "tipo", "oggetto", "pilastro", "file")
LENGTHS = {"titolo": 200, "oggetto": 1000, "contenuto": 2000, "motivo": 2000}
NORM_LENGTH = 120
MOST_ROWS = 10_000
MOST_BYTES = 10 * 1024 * 1024
SEPARATOR = "|"
CPV_CODE = re.compile(r"^(\d{8})(?:-\d)?$")
Words = Sequence[tuple[str, str | Promise]]
#: column → field of the card and its words
CHOICES: Mapping[str, tuple[str, Words]] = {
    "tipo": ("kind", choices.Kind.choices),
    "procedura": ("procedure_type", choices.ProcedureType.choices),
    "contratto": ("contract_type", choices.ContractType.choices),
    "criterio": ("criterion", choices.Criterion.choices),
    "importo": ("amount_band", choices.AmountBand.choices),
    "fase": ("phase", choices.Phase.choices),
    "licenza": ("licence", choices.Licence.choices),
    "lettori": ("audience", choices.Audience.choices),
}


@dataclass(slots=True)
class Row:
    """A row as it was written, with what could be understood of it."""

    line: int
    cells: Mapping[str, str]
    mistakes: list[Mistake] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    pillar: Pillar | None = None
    office: Office | None = None
    starts_on: date | None = None

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def files(self) -> list[str]:
        """The main file, then the annexes."""
        return [self["file"], *parts(self["allegati"])]

    @property
    def cpv_codes(self) -> list[str]:
        found = (CPV_CODE.match(word) for word in re.split(r"[\s,|]+", self["cpv"]))
        return list(dict.fromkeys(match[1] for match in found if match))

    def wrong(self, column: str, sentence: str) -> None:
        self.mistakes.append(Mistake(self.line, column, sentence))


def parts(cell: str) -> list[str]:
    """What stands in a cell with several values."""
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]


def template_rows() -> Sequence[Sequence[str]]:
    """What the template that one may download shows below the titles."""
    row = {
        "titolo": "Capitolato per la manutenzione del verde",
        "tipo": "Modello",
        "oggetto": "Si usa per affidare lo sfalcio e la potatura.",
        "pilastro": "sua",
        "file": "capitolato-verde.docx",
        "allegati": "planimetria.pdf | elenco-prezzi.xlsx",
        "contratto": "Servizi",
        "cpv": "77310000",
        "lettori": "Tutti",
        "dal": "31/01/2026",
    }
    return [[row.get(column, "") for column in COLUMNS]]


def read_rows(content: bytes, body: Body) -> list[Row]:
    """The rows of the manifest, each understood by itself. What is no such table is refused."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Il file CSV supera 10 MB. Dividilo in più file."))
    lines = read_csv(content)
    titles = [cell.casefold() for cell in next(lines, (1, []))[1]]
    _check_titles(titles)
    known = _Known(body)
    rows = [known.row(line, dict(zip(titles, cells, strict=False))) for line, cells in lines]
    if not rows:
        raise Refused(_("Il file non ha nessuna riga sotto i titoli delle colonne."))
    if len(rows) > MOST_ROWS:
        raise Refused(_("Il file ha più di 10.000 righe. Dividilo in più file."))
    return rows


def _check_titles(titles: list[str]) -> None:
    unknown = [title for title in titles if title and title not in COLUMNS]
    if set(NEEDED) - set(titles) or unknown or len(set(titles)) < len(titles):
        raise Refused(
            _(
                "I titoli delle colonne devono essere, in qualunque ordine: %(columns)s. "
                "Obbligatorie: %(needed)s. Scarica il modello e copia lì le tue righe."
            )
            % {"columns": ", ".join(COLUMNS), "needed": ", ".join(NEEDED)}
        )


class _Known:
    """What rows name by words: the pillars, and the offices of the body. Two queries."""

    def __init__(self, body: Body) -> None:
        pillars = list(Pillar.objects.filter(in_use=True).order_by("position"))
        self.pillars = {one.name.casefold(): one for one in pillars}
        self.pillars |= {one.code.casefold(): one for one in pillars}
        offices = list(Office.objects.filter(body=body, closed_on=None))
        self.offices = {one.name.casefold(): one for one in offices}
        self.default = next((one for one in offices if one.is_default), None)

    def row(self, line: int, cells: Mapping[str, str]) -> Row:
        row = Row(line=line, cells=cells)
        for column, sentence in _problems(row):
            row.wrong(column, sentence)
        for column, (name, values) in CHOICES.items():
            row.codes[name] = _code(row, column, values)
        row.pillar = self._pillar(row)
        row.office = self._office(row)
        row.starts_on = _day(row)
        return row

    def _pillar(self, row: Row) -> Pillar | None:
        found = self.pillars.get(row["pilastro"].casefold())
        if row["pilastro"] and found is None:
            names = dict.fromkeys(one.name for one in self.pillars.values())
            row.wrong("pilastro", _unknown(row["pilastro"], list(names)))
        return found

    def _office(self, row: Row) -> Office | None:
        if not row["ufficio"]:
            return self.default
        found = self.offices.get(row["ufficio"].casefold())
        if found is None:
            names = [one.name for one in self.offices.values()]
            row.wrong("ufficio", _unknown(row["ufficio"], names))
        return found


def _problems(row: Row) -> Iterator[tuple[str, str]]:
    for column in NEEDED:
        if not row[column]:
            yield column, _("manca: è obbligatorio")
    for column, longest in LENGTHS.items():
        if len(row[column]) > longest:
            yield column, _("è più lungo di %(longest)s caratteri") % {"longest": longest}
    for column in COLUMNS:
        if "\x00" in row[column]:
            yield column, _("contiene un carattere che non si può leggere")
    yield from _problems_of_lists(row)


def _problems_of_lists(row: Row) -> Iterator[tuple[str, str]]:
    for word in re.split(r"[\s,|]+", row["cpv"]):
        if word and not CPV_CODE.match(word):
            yield "cpv", _("«%(code)s» non è un codice CPV: servono otto cifre") % {"code": word}
    for norm in parts(row["norme"]):
        if len(norm) > NORM_LENGTH:
            short = {"norm": norm[:40]}
            yield "norme", _("«%(norm)s…» è troppo lunga: separa le norme con |") % short
    if len(set(row.files)) < len(row.files):
        yield "allegati", _("lo stesso file compare due volte")


def _code(row: Row, column: str, values: Words) -> str:
    """The code of a word of the cards: the word of the pages, or the code itself."""
    known = {str(label).casefold(): code for code, label in values}
    known |= {code.casefold(): code for code, _label in values}
    text = row[column].casefold()
    if text and text not in known:
        row.wrong(column, _unknown(row[column], [str(label) for _code, label in values]))
    return known.get(text, "")


def _unknown(text: str, known: Sequence[str]) -> str:
    return _("«%(text)s» non si conosce. Scrivi una di queste voci: %(known)s") % {
        "text": text[:60],
        "known": "; ".join(known),
    }


def _day(row: Row) -> date | None:
    if not row["dal"]:
        return None
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(row["dal"], form).date()  # noqa: DTZ007 -- a day, no instant
        except ValueError:
            continue
    row.wrong("dal", _("«%(day)s» non è un giorno: scrivi 31/12/2026") % {"day": row["dal"]})
    return None
