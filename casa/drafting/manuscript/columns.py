"""How wide the columns of a table are, and on which side their words stand."""

import re
from collections.abc import Sequence

from casa.drafting.manuscript.inline import TAG, plain
from casa.drafting.manuscript.manuscript import Table

WIDTH = 9638  # twentieths of a point: A4 with margins of 2 cm
_LETTER, _MARGINS = 118, 240  # of a cell's words, in the same measure
_MOST = 60
_COUNT, _CODE, _FIGURE = "1" * 3, "1" * 5, "1" * 10
_WORDS = "parole di organizzazione"
_LONG = "una frase intera con le sue parole, anche lunghe come contaminazione"
_FIGURES = re.compile(r"\|\s*(?:importo|numero|percentuale|data|ora|cig|cup|cpv)\b")
_BRIEF = re.compile(
    r"(?:.*[._])?(?:codice|tipo|punti|numero|sigla|peso|giorni|ore|quantita|unita|coefficiente|"
    r"punteggio|percentuale|anno|esercizio|ribasso)(?:_.*)?"
)
_MIDDLING = re.compile(r"(?:.*[._])?(?:cig|cup|cpv|importo|prezzo|costo|data|ora|soglia)(?:_.*)?")
_WORDY = re.compile(
    r"(?:.*[._])?(?:descrizione|domanda|oggetto|motivo|requisito|quando|attivita|mancanza|contenuto|"
    r"compito|compiti|esito|che_cosa|indicatore|prestazione|intervento)(?:_.*)?"
)
_NAME = re.compile(r"\{\{\s*([\w.]+)")
_SUMMED = re.compile(
    r"(?:euro )?(?:\{\{[^}]*\|\s*(?:importo|numero|percentuale)\b[^}]*\}\}|[\d.,]+)(?: ?%| euro)?"
)


def widths_of(table: Table) -> list[int]:
    """Room for the longest word of each column, the rest by length; the sum is the whole width."""
    columns = [[_seen(cell) for cell in column] for column in zip(*table.rows, strict=True)]
    least = [_MARGINS + _LETTER * _longest_word(column) for column in columns]
    weights = [min(_MOST, max(1, *map(len, column))) for column in columns]
    free = WIDTH - sum(least)
    if free < 0:
        widths = [WIDTH * width // sum(least) for width in least]
    else:
        shares = (free * weight // sum(weights) for weight in weights)
        widths = [width + share for width, share in zip(least, shares, strict=True)]
    widths[-1] += WIDTH - sum(widths)
    return widths


def sides_of(table: Table) -> list[str]:
    """left, center or right for each column: as said, else right where all are figures."""
    body = table.rows[1:] if table.header else table.rows
    columns: Sequence[tuple[str, ...]] = list(zip(*body, strict=True)) or [()] * len(table.align)
    return [
        side or ("right" if _is_figures(column) else "left")
        for side, column in zip(table.align, columns, strict=True)
    ]


def _is_figures(column: Sequence[str]) -> bool:
    cells = [cell for cell in map(plain, column) if cell and not cell.startswith("{%")]
    return bool(cells) and all(_SUMMED.fullmatch(cell) for cell in cells)


def _longest_word(column: Sequence[str]) -> int:
    return max((len(word) for cell in column for word in cell.split()), default=1)


def _seen(cell: str) -> str:
    """What will stand there: a tag becomes a word of its length, a command nothing."""
    return TAG.sub(lambda found: _likely(found[0]), plain(cell))


def _likely(tag: str) -> str:
    if not tag.startswith("{{"):
        return ""
    name = found[1] if (found := _NAME.match(tag)) else ""
    if name.startswith("loop."):
        return _COUNT
    if _BRIEF.fullmatch(name):
        return _CODE
    if _FIGURES.search(tag) or _MIDDLING.fullmatch(name):
        return _FIGURE
    return _LONG if _WORDY.fullmatch(name) else _WORDS
