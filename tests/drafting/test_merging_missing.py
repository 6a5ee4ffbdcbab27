"""No word of the source vanishes from the written file, whatever ours looks like."""

import random
from datetime import date

import docx as python_docx
import pytest

from casa.drafting import merging, read, redline
from casa.drafting.merging import writing
from casa.drafting.merging.missing import HEADING, TABLE
from tests.drafting.makers import ARTICLES, make_docx
from tests.drafting.versions import document, edited

DAY = date(2026, 3, 3)
SOURCE = (("Lotto", "Importo"), ("1", "quarantamila"), ("2", "novantamila"))


def with_table(path, rows, *, paragraphs=()):
    """The usual document with a table, and some more words, at its end."""
    made = python_docx.Document(str(make_docx(path)))
    table = made.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(str(path))
    return path


def result(tmp_path, paths, choices=None):
    path = tmp_path / "out.docx"
    path.write_bytes(merging.docx(*paths, choices=choices or {}, author="Fonte", on=DAY))
    return path


def told(path):
    return [block.text for block in read(path).blocks if not block.rows]


def cells(path):
    return {cell for block in read(path).blocks for row in block.rows for cell in row}


WIDER = (("Lotto", "Importo", "Note"), ("1", "quarantamila", ""))


@pytest.mark.parametrize("ours", [SOURCE[:1], SOURCE[:2], WIDER, (("Altro",), ("tutto",))])
def test_every_word_of_a_table_of_another_size_is_written(tmp_path, ours):
    paths = [
        with_table(tmp_path / f"{n}.docx", rows) for n, rows in enumerate((ours, ours, SOURCE))
    ]

    path = result(tmp_path, paths)

    assert {cell for row in SOURCE for cell in row} <= cells(path)


def test_a_table_of_another_size_stands_behind_ours_as_an_insertion(tmp_path):
    ours = (("Lotto", "Importo"), ("1", "quarantamila"))
    base = with_table(tmp_path / "base.docx", ours)
    own = with_table(tmp_path / "ours.docx", ours)
    theirs = with_table(tmp_path / "theirs.docx", SOURCE, paragraphs=["Coda."])

    path = result(tmp_path, [base, own, theirs])
    kept = tmp_path / "kept.docx"
    kept.write_bytes(redline.rejected(path))

    assert {cell for row in SOURCE for cell in row} <= cells(path) | set(told(path))
    assert "Coda." in told(path)
    assert TABLE in told(path)
    assert "novantamila" not in read(kept).text


def test_a_table_of_the_same_size_is_changed_cell_by_cell(tmp_path):
    old = (*SOURCE[:2], ("2", "ottantamila"))
    paths = [with_table(tmp_path / f"{n}.docx", rows) for n, rows in enumerate((old, old, SOURCE))]

    path = result(tmp_path, paths)

    assert read(path).text == read(paths[2]).text
    assert TABLE not in told(path)


def unplaced(blocks, body):
    """As if none of our paragraphs were found in the file."""
    return [[] for _ in blocks]


@pytest.mark.parametrize("seed", range(4))
def test_what_has_no_place_is_listed_at_the_end(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(writing, "placed", unplaced)
    chance = random.Random(seed)
    base = document(chance, articles=5)
    theirs = edited(chance, base, changes=5)
    paths = [
        make_docx(tmp_path / f"{n}.docx", articles=one)
        for n, one in enumerate((base, base, theirs))
    ]
    merge = merging.merge(*map(read, paths))

    path = result(tmp_path, paths)
    kept = tmp_path / "kept.docx"
    kept.write_bytes(redline.rejected(path))

    said = read(path).text
    wanted = [block for one in merge.clauses for block in merging.clause_blocks(one)]
    assert [block.text for block in wanted if block.text not in said] == []
    assert HEADING not in read(kept).text


def test_what_is_found_leaves_no_list(tmp_path):
    theirs = [*ARTICLES[:1], ("Penali", ["La penale è dell'uno per mille."]), *ARTICLES[1:]]
    paths = [
        make_docx(tmp_path / f"{n}.docx", articles=one)
        for n, one in enumerate((ARTICLES, ARTICLES, theirs))
    ]

    assert HEADING not in told(result(tmp_path, paths))


def test_a_removal_that_finds_no_place_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "placed", unplaced)
    paths = [
        make_docx(tmp_path / f"{n}.docx", articles=one)
        for n, one in enumerate((ARTICLES, ARTICLES, ARTICLES[:-1]))
    ]

    lines = told(result(tmp_path, paths))

    assert HEADING in lines
    assert any(line.startswith("Da togliere") for line in lines)


def test_what_the_writer_forgets_is_seen_and_added(tmp_path, monkeypatch):
    monkeypatch.setattr(writing._Writer, "write", lambda _self, _clause: None)
    theirs = [*ARTICLES, ("Penali", ["La penale è dell'uno per mille."])]
    paths = [
        make_docx(tmp_path / f"{n}.docx", articles=one)
        for n, one in enumerate((ARTICLES, ARTICLES, theirs))
    ]

    assert any("uno per mille" in line for line in told(result(tmp_path, paths)))
