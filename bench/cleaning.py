"""Cleaning: planted values that are left, words that went with them, and the time for a copy.

Every document has one fiscal code, one IBAN and one address of nobody, planted in ways drawn from a
seed: whole, split over runs, over cells, over paragraphs, one letter a cell. Beside it, in the same
run, the floor: the value searched and replaced in the bytes of each part of the archive.
"""

import random
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx as python_docx
import openpyxl
from stdnum.it import codicefiscale

from bench.measure import surroundings
from casa.drafting import Unreadable, read
from casa.drafting.cleaning import clean, leaks
from casa.drafting.cleaning.pdf.checking import pdf_leaks
from tests.drafting.cleaned import iban
from tests.drafting.makers_odf import ODS_TYPE, text_body, write_odf
from tests.drafting.makers_pdf import Pdf

SEED = 20261125
COPIES = 40
STAYS = ("trenta giorni", "Fine del testo")
Write = Callable[[Path, list[list[str]]], Path]


@dataclass
class Row:
    """What came of one format."""

    planted: int = 0
    left: int = 0
    floor: int = 0
    lost: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)


def docx(path: Path, pieces: list[list[str]]) -> Path:
    """Runs of one paragraph, or cells."""
    made = python_docx.Document()
    made.add_paragraph("Il pagamento avviene a trenta giorni.")
    for number, words in enumerate(pieces):
        if number % 2:
            paragraph = made.add_paragraph("Dato: ")
            for word in words:
                paragraph.add_run(word).bold = len(word) % 2 == 0
        else:
            row = made.add_table(1, len(words)).rows[0]
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    made.add_paragraph("Fine del testo.")
    made.save(str(path))
    return path


def odt(path: Path, pieces: list[list[str]]) -> Path:
    """Spans of one paragraph, or paragraphs."""
    lines = ["<text:p>Il pagamento avviene a trenta giorni.</text:p>"]
    for number, words in enumerate(pieces):
        spans = "".join(f"<text:span>{word}</text:span>" for word in words)
        apart = "".join(f"<text:p>{word}</text:p>" for word in words)
        lines.append(f"<text:p>Dato: {spans}.</text:p>" if number % 2 else apart)
    return write_odf(path, text_body("".join([*lines, "<text:p>Fine del testo.</text:p>"])))


def ods(path: Path, pieces: list[list[str]]) -> Path:
    """One value a row, in cells."""
    rows = [["trenta giorni"], *pieces, ["Fine del testo"]]
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in row)
        + "</table:table-row>"
        for row in rows
    )
    sheet = f'<table:table table:name="a">{cells}</table:table>'
    return write_odf(path, f"<office:spreadsheet>{sheet}</office:spreadsheet>", kind=ODS_TYPE)


def xlsx(path: Path, pieces: list[list[str]]) -> Path:
    """The same."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("a")
    for row in [["trenta giorni"], *pieces, ["Fine del testo"]]:
        sheet.append(row)
    book.save(path)
    return path


def pdf(path: Path, pieces: list[list[str]]) -> Path:
    """Words on one line, or on lines below each other."""
    made = Pdf()
    made.add_page()
    made.paragraph("Il pagamento avviene a trenta giorni.")
    for number, words in enumerate(pieces):
        if number % 2:
            made.paragraph(f"Dato: {''.join(words)}.")
        else:
            for word in words:
                made.text(word, x=70, y=made.at)
                made.at -= 14
    made.paragraph("Fine del testo.")
    return made.save(path)


FORMATS: dict[str, Write] = {"docx": docx, "odt": odt, "ods": ods, "xlsx": xlsx, "pdf": pdf}


def run(_size: int) -> str:
    """Measure; gives the report in Markdown."""
    about, rows = surroundings(), {}
    with TemporaryDirectory() as folder:
        for name, write in FORMATS.items():
            rows[name] = _format(write, Path(folder), name)
    head = "| format | planted | left | left by replacing bytes | words lost | refused | ms |"
    lines = [
        f"| {name} | {row.planted} | **{row.left}** | {row.floor} | {row.lost} | {row.refused} "
        f"| {1000 * sorted(row.seconds)[len(row.seconds) // 2]:.0f} |"
        for name, row in rows.items()
    ]
    return "\n".join(["# Cleaning\n", f"{about}\n", head, "|---" * 7 + "|", *lines, ""])


def _format(write: Write, folder: Path, name: str) -> Row:
    draw, row = random.Random(SEED), Row()
    for number in range(COPIES):
        values = _values(draw)
        path = write(folder / f"{number}.{name}", [_cut(draw, value) for value in values])
        row.planted += len(values)
        row.floor += len(_left(_replaced(path.read_bytes(), values), values))
        started = time.perf_counter()
        try:
            made = clean(path)
        except Unreadable:
            row.refused += 1
            continue
        row.seconds.append(time.perf_counter() - started)
        row.left += len(_left(made.data, values))
        copy = path.with_suffix(f".copy{made.suffix}")
        copy.write_bytes(made.data)
        text = read(copy).text
        row.lost += sum(words not in text for words in STAYS)
    return row


def _values(draw: random.Random) -> list[str]:
    letters = "".join(draw.choice("BCDFGLMPRST") for _ in range(6))
    code = f"{letters}{draw.randrange(40, 99)}A{draw.randrange(10, 28)}H501"
    account = f"{draw.randrange(10**12):012d}"
    mail = f"{letters.lower()}.prova{draw.randrange(100)}@gmail.com"
    return [code + codicefiscale.calc_check_digit(code), iban(account), mail]


def _cut(draw: random.Random, value: str) -> list[str]:
    """Whole, in two, or (no address) letter by letter."""
    if "@" in value:
        place = value.index("@") + draw.choice((0, 1))
        return draw.choice(([value], [value[:place], value[place:]]))
    place = draw.randrange(3, len(value) - 3)
    return draw.choice(([value], [value[:place], value[place:]], list(value)))


def _replaced(data: bytes, values: list[str]) -> bytes:
    """The floor. Packed streams of a PDF are not opened by it: ours are not packed."""
    if data[:2] != b"PK":
        for value in values:
            data = data.replace(value.encode().hex().encode(), b"58" * len(value))
        return data
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for value in values:
                part = part.replace(value.encode(), b"[omissis]")
            new.writestr(name, part)
    return made.getvalue()


def _left(data: bytes, values: list[str]) -> list[str]:
    return leaks(data, values) if data[:2] == b"PK" else pdf_leaks(data, values)
