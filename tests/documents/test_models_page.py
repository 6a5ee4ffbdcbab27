"""The examples of docs/modelli.md are what filling does, in Word and in OpenDocument."""

import json
import re
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest

from casa.drafting import Unreadable, filling, read
from casa.drafting.filling.formats import FORMATS
from tests.drafting.makers_models import odt_of

PAGE = (Path(__file__).parents[2] / "docs" / "modelli.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(modello|dati|documento|errore)\n(.*?)\n```", re.DOTALL)


def examples() -> list[dict[str, str]]:
    """Each example: its model, the data, and the document or the error it becomes."""
    found: list[dict[str, str]] = []
    for kind, text in BLOCK.findall(PAGE):
        if kind == "modello":
            found.append({})
        found[-1][kind] = text
    return found


def cells(line: str) -> list[str]:
    """A row, whose cells are parted by a bar between blanks (that of a format has none)."""
    return [cell.strip() for cell in re.split(r"(?<!\S)\|(?!\S)", line)[1:-1]]


def word(path: Path, text: str) -> Path:
    document = docx.Document()
    rows = [cells(line) for line in text.split("\n") if line.startswith("|")]
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, texts, strict=True):
                cell.text = words
    for line in text.split("\n"):
        if not line.startswith("|"):
            document.add_paragraph(line)
    document.save(str(path))
    return path


def opendocument(path: Path, text: str) -> Path:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>"
            for cell in cells(line)
        )
        + "</table:table-row>"
        for line in text.split("\n")
        if line.startswith("|")
    )
    lines = [line for line in text.split("\n") if not line.startswith("|")]
    return odt_of(path, *([f"<table:table>{rows}</table:table>"] if rows else []), *lines)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["modello"][:30])
@pytest.mark.parametrize("make", [word, opendocument])
def test_an_example_does_what_the_page_says(tmp_path, make, example):
    suffix = "docx" if make is word else "odt"
    model = make(tmp_path / f"m.{suffix}", example["modello"])
    data = json.loads(example.get("dati", "{}"))
    if "errore" in example:
        with pytest.raises(Unreadable) as failure:
            filling.fill(model, data)
        assert failure.value.message.startswith(example["errore"])
        return
    made = tmp_path / f"made.{suffix}"
    made.write_bytes(filling.fill(model, data))
    assert re.sub(r"\n+", "\n", read(made).text) == example["documento"]


def test_the_page_has_examples_of_everything():
    assert len(examples()) >= 9
    assert all({"documento", "errore"} & set(example) for example in examples())


def test_every_format_stands_in_the_table_of_the_page():
    table = "".join(line for line in PAGE.split("\n") if line.startswith("| `"))
    assert [name for name in FORMATS if not re.search(rf"`{name}[`(]", table)] == []
