"""Tables as CSV, both ways: what Italian offices open in a spreadsheet, and send back from one."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from casa.foundation.errors import Refused

BOM = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV with `;`, beginning with a mark that makes spreadsheets read UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write(BOM)
    writer.writerow(header)
    yield _emptied(buffer)
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
        yield _emptied(buffer)


def inert(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before it."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def read_csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV with the number of the line each ends on; empty rows are left out.

    UTF-8 or Windows-1252, separated by `;`, `,` or a tab: whichever the first line has most of.
    The apostrophe that made a cell inert is taken away again. What is no CSV is refused.
    """
    text = decoded(content)
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield lines.line_num, [_told(cell) for cell in cells]
    except csv.Error:
        raise Refused(_("Il file non è un CSV: salvalo di nuovo dal foglio di calcolo.")) from None


def decoded(content: bytes) -> str:
    """Text as spreadsheets save it: UTF-8, with or without a mark, else Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _told(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(DANGEROUS) else cell


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
