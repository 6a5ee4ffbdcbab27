"""A merge that cannot be written whole is refused by name, never written with something missing."""

from datetime import date

import pytest
from docx import Document

from casa.drafting import Unreadable, merging, read
from casa.drafting.limits import DEFAULT
from casa.drafting.merging import looking
from casa.drafting.merging.looking import Look

DAY = date(2026, 11, 25)


def made(path, rows, text="Il servizio dura dodici mesi."):
    document = Document()
    document.add_heading("Art. 1 - Oggetto", 1)
    document.add_paragraph(text)
    document.add_heading("Art. 2 - Lotti", 1)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(path)
    return path


@pytest.fixture
def base(tmp_path):
    return made(tmp_path / "base.docx", [("Lotto", "Importo"), ("uno", "cento")])


def test_what_the_source_changed_in_a_table_stands_in_the_result_or_is_refused(tmp_path, base):
    theirs = made(
        tmp_path / "fonte.docx",
        [("Lotto", "Importo", "Luogo"), ("uno", "cento", "Verona"), ("due", "mille", "Trento")],
    )
    ours = made(tmp_path / "nostro.docx", [("Lotto", "Importo"), ("uno", "cento")], "Dura un anno.")
    told = written_or_refused(base, ours, theirs, tmp_path / "esito.docx")
    refused = isinstance(told, Unreadable)
    text = told.message if refused else told
    wanted = ("Art. 2",) if refused else ("Luogo", "Verona", "due", "mille", "Dura un anno.")
    assert [word for word in wanted if word not in text] == []


def written_or_refused(base, ours, theirs, out):
    try:
        out.write_bytes(merging.docx(base, ours, theirs, author="Fonte", on=DAY))
    except Unreadable as refused:
        return refused
    return read(out).text


def test_a_clause_that_is_missing_is_named(tmp_path, base):
    theirs = made(tmp_path / "f.docx", [("Lotto", "Importo"), ("uno", "cento")], "Dura due anni.")
    merge = merging.merge(read(base), read(base), read(theirs))
    with pytest.raises(Unreadable, match=r"Art\. 1 Oggetto"):
        Look(base.read_bytes(), limits=DEFAULT).check(merge)
    Look(theirs.read_bytes(), limits=DEFAULT).check(merge)


def test_the_written_file_is_read_once(tmp_path, base, monkeypatch):
    reads = []
    monkeypatch.setattr(
        looking, "read", lambda path, **how: reads.append(path) or read(path, **how)
    )
    theirs = made(tmp_path / "f.docx", [("Lotto", "Importo"), ("uno", "cento")], "Dura due anni.")
    merging.docx(base, base, theirs, author="Fonte", on=DAY)
    assert len(reads) == 1


def test_items_that_the_program_counts_anew_are_not_missing(tmp_path):
    items = [f"l'impresa presenta {what}" for what in ("il DURC", "la polizza", "la visura")]

    def listed(name, chosen):
        document = Document()
        document.add_heading("Premesse", 1)
        for item in chosen:
            document.add_paragraph(item, style="List Number")
        document.add_heading("Impegni", 1)
        document.add_paragraph("l'impresa rispetta il patto di integrità", style="List Number")
        document.save(tmp_path / name)
        return tmp_path / name

    base, theirs = listed("b.docx", items), listed("t.docx", items[1:])
    told = written_or_refused(base, base, theirs, tmp_path / "esito.docx")
    assert told == read(theirs).text


@pytest.mark.parametrize("who", ["base", "ours"])
def test_a_source_that_brings_nothing_leaves_our_order_alone(tmp_path, who):
    """Lines that stand twice have no place of their own: they must not be moved about."""

    def lined(name, lines):
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(tmp_path / name)
        return tmp_path / name

    base = lined("b.docx", ["Premessa", "doppio clic", "firma", "doppio clic", "data", "fine"])
    ours = lined("o.docx", ["Premessa", "doppio clic", "data", "doppio clic", "firma nostra"])
    theirs = {"base": base, "ours": ours}[who]
    assert written_or_refused(base, ours, theirs, tmp_path / "c.docx") == read(ours).text
