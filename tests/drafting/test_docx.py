from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from casa.drafting import Draft, read
from tests.drafting.makers import make_docx


def keys(draft: Draft) -> list[str]:
    return [clause.key for clause in draft.clauses]


@pytest.mark.parametrize("automatic", [True, False])
def test_articles_and_commi_are_clauses_however_they_are_numbered(tmp_path: Path, automatic: bool):
    draft = read(make_docx(tmp_path / "a.docx", automatic_numbering=automatic))

    assert keys(draft) == [
        "disciplinare-di-gara-per-il-servizio-di-pulizia",
        "art-1",
        "art-1-c-1",
        "art-1-c-2",
        "art-2",
        "art-2-c-1",
        "art-2-c-2",
        "art-2-c-3",
        "art-3",
        "art-3-c-1",
    ]
    assert draft.clauses[4].heading == "Requisiti di partecipazione"
    assert draft.clauses[4].label == "Art. 2"
    assert draft.clauses[5].text.startswith("Possono partecipare")


def test_offsets_point_into_the_text(tmp_path: Path):
    draft = read(make_docx(tmp_path / "a.docx"))

    durata = next(clause for clause in draft.clauses if clause.key == "art-3")
    assert draft.text[durata.start : durata.end] == "Art. 3 – Durata"
    comma = next(clause for clause in draft.clauses if clause.key == "art-3-c-1")
    assert draft.text[comma.start : comma.end] == (
        "1. Il contratto dura dodici mesi dalla consegna del servizio."
    )


def test_tracked_changes_are_read_as_accepted_and_counted(tmp_path: Path):
    document = docx.Document()
    paragraph = document.add_paragraph("La durata è di ")
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="A"><w:r><w:delText>sei</w:delText></w:r></w:del>'
        )
    )
    paragraph._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="2" w:author="A"><w:r><w:t>dodici</w:t></w:r></w:ins>'
        )
    )
    paragraph.add_run(" mesi.")
    document.save(str(tmp_path / "a.docx"))

    draft = read(tmp_path / "a.docx")

    assert draft.text == "La durata è di dodici mesi."
    assert draft.tracked_changes == 2


def test_rows_may_have_different_numbers_of_cells(tmp_path: Path):
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for index, cell in enumerate(table.rows[0].cells):
        cell.text = f"colonna {index}"
    row = table.rows[1]._tr
    row.remove(row.tc_lst[2])
    table.rows[1]._tr.tc_lst[0].p_lst[0].add_r().text = "solo"
    document.save(str(tmp_path / "a.docx"))

    draft = read(tmp_path / "a.docx")

    assert draft.blocks[0].rows == (("colonna 0", "colonna 1", "colonna 2"), ("solo", ""))


def test_author_and_template_are_metadata_and_not_text(tmp_path: Path):
    draft = read(make_docx(tmp_path / "a.docx", author="Persona Inventata"))

    assert draft.metadata.author == "Persona Inventata"
    assert "Persona" not in draft.text
