import random
from datetime import date
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree

from casa.drafting import Unreadable, read, redline
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.package import OpenDocx
from tests.drafting.makers import ARTICLES, make_docx
from tests.drafting.versions import document, edited

DAY = date(2026, 3, 3)


def tracked(tmp_path: Path, before: Path, after: Path) -> Path:
    path = tmp_path / "revisioni.docx"
    path.write_bytes(redline.docx(before, after, author="Comune di Prova", on=DAY))
    return path


def texts(path: Path) -> list[object]:
    return [(block.number, block.text, block.rows) for block in read(path).blocks]


def check(tmp_path: Path, before: Path, after: Path) -> Path:
    """Accepting all gives the second text, rejecting all the first, to the letter."""
    path = tracked(tmp_path, before, after)
    for name, made, expected in (("si", redline.accepted, after), ("no", redline.rejected, before)):
        result = tmp_path / f"{name}.docx"
        result.write_bytes(made(path))
        assert texts(result) == texts(expected)
        assert read(result).tracked_changes == 0
    return path


@pytest.mark.parametrize("automatic", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_accepting_gives_the_new_text_and_rejecting_the_old(tmp_path, seed, automatic):
    chance = random.Random(seed)
    old = document(chance, articles=6)
    new = edited(chance, old, changes=8)
    before = make_docx(tmp_path / "a.docx", articles=old, automatic_numbering=automatic)
    after = make_docx(tmp_path / "b.docx", articles=new, automatic_numbering=automatic)
    check(tmp_path, before, after)


def test_every_mark_bears_the_body_and_the_day(tmp_path):
    before = make_docx(tmp_path / "a.docx")
    after = make_docx(tmp_path / "b.docx", articles=[ARTICLES[2], ARTICLES[0]])
    body = OpenDocx(check(tmp_path, before, after)).body
    marks = list(body.iter(f"{W}ins", f"{W}del"))
    assert marks
    assert {mark.get(f"{W}author") for mark in marks} == {"Comune di Prova"}
    assert {mark.get(f"{W}date") for mark in marks} == {"2026-03-03T00:00:00Z"}
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks)


def test_equal_files_have_no_mark(tmp_path):
    before = make_docx(tmp_path / "a.docx")
    path = check(tmp_path, before, make_docx(tmp_path / "b.docx"))
    assert read(path).tracked_changes == 0


def test_tables_are_tracked_cell_by_cell_and_row_by_row(tmp_path):
    def made(name, rows):
        document = python_docx.Document()
        document.add_paragraph("Prima della tabella.")
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("Dopo la tabella.")
        document.save(tmp_path / name)
        return tmp_path / name

    before = made("a.docx", [("Lotto", "Importo"), ("Uno", "100"), ("Due", "200")])
    after = made("b.docx", [("Lotto", "Importo"), ("Uno", "150"), ("Tre e mezzo", "sconosciuto")])
    path = check(tmp_path, before, after)
    body = OpenDocx(path).body
    assert next(text.text for text in body.iter(f"{W}delText")) == "100"
    assert len(list(body.iter(f"{W}tbl"))) == 1


def test_a_whole_table_comes_and_goes(tmp_path):
    with_table = python_docx.Document()
    with_table.add_paragraph("Prima della tabella.")
    table = with_table.add_table(rows=2, cols=2)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cella {at}"
    with_table.add_paragraph("Dopo la tabella.")
    with_table.save(tmp_path / "a.docx")
    without = python_docx.Document()
    without.add_paragraph("Prima della tabella.")
    without.add_paragraph("Dopo la tabella.")
    without.save(tmp_path / "b.docx")
    check(tmp_path, tmp_path / "a.docx", tmp_path / "b.docx")
    check(tmp_path, tmp_path / "b.docx", tmp_path / "a.docx")


def test_the_look_of_words_is_kept_across_split_runs(tmp_path):
    def made(name, *runs):
        document = python_docx.Document()
        paragraph = document.add_paragraph()
        for text, bold in runs:
            paragraph.add_run(text).bold = bold
        document.save(tmp_path / name)
        return tmp_path / name

    before = made("a.docx", ("Il ter", None), ("mine è di trenta", True), (" giorni.", None))
    after = made("b.docx", ("Il termine", True), (" è di ses", None), ("santa giorni.", None))
    path = check(tmp_path, before, after)
    body = OpenDocx(path).body
    (gone,) = body.iter(f"{W}del")
    assert "".join(gone.itertext()) == "trenta"
    assert gone.find(f".//{W}b") is not None


def test_a_style_and_a_list_that_only_the_old_file_has_are_carried_over(tmp_path):
    before = make_docx(tmp_path / "a.docx", articles=ARTICLES)
    after = make_docx(tmp_path / "b.docx", articles=ARTICLES[:1], automatic_numbering=False)
    path = tracked(tmp_path, before, after)
    restored = tmp_path / "no.docx"
    restored.write_bytes(redline.rejected(path))
    assert [block.text for block in read(restored).blocks] == [b.text for b in read(before).blocks]


def test_headers_and_the_other_parts_are_those_of_the_new_file(tmp_path):
    before, after = make_docx(tmp_path / "a.docx"), tmp_path / "b.docx"
    document = python_docx.Document(str(before))
    document.sections[0].header.paragraphs[0].text = "Comune di Prova"
    document.save(str(after))
    assert read(tracked(tmp_path, before, after)).furniture == read(after).furniture


def test_a_broken_file_is_refused_in_one_way(tmp_path):
    good, bad = make_docx(tmp_path / "a.docx"), tmp_path / "b.docx"
    bad.write_bytes(good.read_bytes()[:-200])
    with pytest.raises(Unreadable):
        redline.docx(good, bad, author="x", on=DAY)
    with pytest.raises(Unreadable):
        redline.docx(bad, good, author="x", on=DAY)


def test_what_is_written_parses_as_xml_with_one_text_in_each_paragraph(tmp_path):
    before = make_docx(tmp_path / "a.docx")
    after = make_docx(tmp_path / "b.docx", articles=ARTICLES[::-1])
    body = OpenDocx(tracked(tmp_path, before, after)).body
    assert not [run for run in body.iter(f"{W}r") if run.getparent().tag == f"{W}r"]
    assert etree.tostring(body)
