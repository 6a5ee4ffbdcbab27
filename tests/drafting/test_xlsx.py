from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from casa.drafting import Unreadable, read
from casa.drafting.limits import Limits
from tests.drafting.makers import make_ods, make_xlsx


def test_cells_are_shown_as_italians_write_them(tmp_path: Path):
    row = [
        "Lotto",
        1,
        0.1 + 0.2,
        1500.5,
        True,
        date(2025, 12, 31),
        datetime(2025, 1, 2, 9, 30),  # noqa: DTZ001 -- Excel knows no zones
        None,
    ]

    draft = read(make_xlsx(tmp_path / "a", rows=[row]))

    assert draft.blocks[1].rows == (
        ("Lotto", "1", "0,3", "1500,5", "VERO", "31/12/2025", "02/01/2025 09:30"),
    )


def test_a_workbook_is_read_under_any_name(tmp_path: Path):
    assert read(make_xlsx(tmp_path / "8d1f")).format == "xlsx"


def test_a_workbook_and_an_ods_read_alike(tmp_path: Path):
    rows = [["Lotto", "CIG"], ["uno", "A123"]]

    assert (
        read(make_xlsx(tmp_path / "a", rows=rows)).text
        == read(make_ods(tmp_path / "b", rows=rows)).text
    )


def test_hidden_sheets_and_rows_are_reported(tmp_path: Path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["si vede"])
    workbook.create_sheet("Nascosto").append(["no"])
    workbook["Nascosto"].sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    rows = openpyxl.Workbook()
    rows.active.append(["si vede"])
    rows.active.append(["riga nascosta"])
    rows.active.row_dimensions[2].hidden = True
    rows.save(tmp_path / "b.xlsx")

    assert (read(tmp_path / "a.xlsx").text, read(tmp_path / "a.xlsx").hidden_text) == (
        "Sheet\n\nsi vede",
        True,
    )
    assert read(tmp_path / "b.xlsx").hidden_text
    assert not read(make_xlsx(tmp_path / "c")).hidden_text


def test_cells_are_bounded(tmp_path: Path):
    path = make_xlsx(tmp_path / "a", rows=[["x"] * 10] * 11)

    with pytest.raises(Unreadable) as refused:
        read(path, limits=Limits(cells=100))
    assert refused.value.code == "too_large"


def test_an_empty_workbook_is_empty(tmp_path: Path):
    with pytest.raises(Unreadable) as refused:
        read(make_xlsx(tmp_path / "a", rows=[]))
    assert refused.value.code == "empty"


def test_a_long_sheet_is_several_blocks_and_loses_no_row(tmp_path: Path):
    rows = [[number, "x"] for number in range(1, 451)]

    draft = read(make_xlsx(tmp_path / "a", rows=rows))

    tables = [block.rows for block in draft.blocks if block.kind == "table"]
    assert [len(table) for table in tables] == [200, 200, 50]
    assert [row for table in tables for row in table] == [(str(n), "x") for n, _ in rows]


def test_a_wide_sheet_is_cut_into_blocks_sooner(tmp_path: Path):
    draft = read(make_xlsx(tmp_path / "a", rows=[["x"] * 1000] * 9))

    assert [len(block.rows) for block in draft.blocks[1:]] == [4, 4, 1]
