"""Titles of real PDF files against labels, and of made ones that are easily taken for titles."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from casa.drafting import Block, Draft, read
from tests.drafting.makers_pdf import LEFT, Pdf

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "documents"
FILES = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in FOLDER.rglob("*.pdf")}
LABELS = Path(__file__).parent / "pdf_titles_labelled.txt"


@dataclass
class Labelled:
    """One file: the ways to tell each title, and what may be told or not."""

    sha: str
    part: str
    wanted: list[set[str]] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)


@dataclass
class Score:
    """What was found of the titles of several files."""

    wanted: int = 0
    found: int = 0
    told: int = 0
    false: int = 0


def labelled() -> Iterator[Labelled]:
    one = None
    for line in LABELS.read_text().splitlines():
        sign, _, rest = line.partition(" ")
        if sign == "@":
            if one:
                yield one
            one = Labelled(*rest.split())
        elif one and sign in {"+", "?"}:
            marks = set(rest.split())
            one.allowed |= marks
            if sign == "+":
                one.wanted.append(marks)
    assert one
    yield one


def mark(sha: str, block: Block) -> str:
    letters = "".join(c for c in f"{block.number}{block.text}".casefold() if c.isalnum())
    return hashlib.sha256(f"{sha} {block.page} {letters}".encode()).hexdigest()


def score(part: str) -> Score:
    total = Score()
    for one in (one for one in labelled() if one.part == part):
        told = [mark(one.sha, block) for block in read(FILES[one.sha]).blocks if is_title(block)]
        total.wanted += len(one.wanted)
        total.found += sum(bool(ways & set(told)) for ways in one.wanted)
        total.told += len(told)
        total.false += sum(one_mark not in one.allowed for one_mark in told)
    return total


def is_title(block: Block) -> bool:
    return block.kind == "heading"


@pytest.mark.may_skip("shared")
@pytest.mark.skipif(not FILES, reason=f"the trial documents are not in {FOLDER}")
@pytest.mark.parametrize("part", ["tuning", "held"])
def test_titles_of_real_tender_files_are_found_and_few_are_false(part: str):
    result = score(part)

    assert result.wanted >= 100
    assert result.found >= 0.97 * result.wanted
    assert result.false <= 0.03 * result.told


def titles(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks if is_title(block)]


def test_a_letterhead_and_a_signature_are_no_titles(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    pdf.text("Comune di Prova", x=220, y=790, size=14, bold=True)
    pdf.text("Via Roma 1 - 00000 Prova", x=220, y=775, size=9)
    pdf.text("PEC: protocollo@pec.comune.example", x=220, y=763, size=9)
    pdf.at = 700
    pdf.paragraph("Art. 1 - Oggetto", bold=True)
    pdf.paragraph("Il servizio riguarda la pulizia degli uffici comunali. " * 8)
    pdf.text("Il Responsabile del Settore", x=350, y=120, bold=True)
    pdf.text("(firmato digitalmente)", x=350, y=105)

    draft = read(pdf.save(tmp_path / "a"))

    assert [title for title in titles(draft) if "Prova" in title or "Responsabile" in title] == []
    assert [clause.heading for clause in draft.clauses if clause.label] == ["Oggetto"]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path):
    left = [f"Sinistra riga {number} del testo che scorre." for number in range(12)]
    right = [f"Destra riga {number} del testo che scorre." for number in range(12)]
    pdf = Pdf()
    pdf.add_page()
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        pdf.text(one, x=LEFT, y=700 - 14 * place)
        pdf.text(other, x=330, y=700 - 14 * place)

    text = read(pdf.save(tmp_path / "a")).text

    assert " ".join(text.split()) == " ".join([*left, *right])


def test_a_table_without_rules_keeps_its_rows(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    pdf.paragraph("Gli importi del servizio sono i seguenti, al netto dell'imposta sul valore.")
    rows = [
        ("Lotto", "Oggetto", "Importo"),
        ("1", "Pulizia", "10.000,00"),
        ("2", "Verde", "20.000,00"),
    ]
    rows += [("3", "Neve", "30.000,00"), ("4", "Mense", "40.000,00")]
    for place, row in enumerate(rows):
        for x, cell in zip((LEFT, 200, 400), row, strict=True):
            pdf.text(cell, x=x, y=700 - 16 * place, bold=place == 0)
    pdf.at = 560
    pdf.paragraph("Gli importi comprendono gli oneri per la sicurezza. " * 4)

    draft = read(pdf.save(tmp_path / "a"))

    assert titles(draft) == []
    tables = [block for block in draft.blocks if block.kind == "table"]
    assert [[list(map(str, row)) for row in table.rows] for table in tables] == [
        [list(row) for row in rows]
    ]
