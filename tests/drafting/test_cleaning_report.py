"""What went and what stays, told beside the copy."""

import json
import subprocess
import sys
from pathlib import Path

import docx as python_docx
import jsonschema
import pytest

from casa.drafting import Unreadable
from casa.drafting.cleaning import Decision, clean, framed, parted, report
from casa.drafting.cleaning.sentences import DROPPED, WARNINGS
from tests.drafting.cleaned import CODE, MAIL, dropped

SCHEMA = json.loads(Path("docs/json/clean.schema.json").read_text())


@pytest.fixture
def source(tmp_path):
    document = python_docx.Document()
    document.add_paragraph(f"Scrivere a {MAIL}, C.F. {CODE}; {MAIL}.")
    document.core_properties.author = "Autore Inventato"
    document.save(tmp_path / "a.docx")
    return tmp_path / "a.docx"


def test_the_report_counts_what_went_and_names_what_stays(source):
    made = clean(source, decisions=[Decision(CODE, "keep", "di una società")])
    said = report(made)
    jsonschema.validate(said, SCHEMA)
    assert said["removed"] == [{"value": MAIL, "kind": "email", "count": 2, "decided": False}]
    assert said["kept"] == [{"value": CODE, "reason": "di una società"}]
    assert dropped(made)["properties"] >= 1
    assert said["suffix"] == ".docx"


def test_what_is_named_but_not_there_is_counted_as_nought(source):
    made = clean(source, decisions=[Decision("Prova Assente", "remove")])
    assert [one.count for one in made.redactions if one.decided] == [0]


def test_the_copy_and_the_report_leave_by_one_way(source):
    made = clean(source)
    again = parted(framed(made))
    assert again == made
    assert report(again) == report(made)


@pytest.mark.parametrize(
    "output",
    [
        b"",
        b"{}",
        b"{}\ndata",
        b'{"code": "corrupt", "message": "x"}',
        b'{"suffix": ".exe", "removed": [], "kept": [], "dropped": [], "warnings": []}\nx',
        (
            b'{"suffix": ".docx", "removed": [], "kept": [], "dropped": [{"code": "x", "count": 1}],'
            b' "warnings": []}\nx'
        ),
        (
            b'{"suffix": ".docx", "removed": [{"value": "x", "kind": "y", "count": 1, "decided": 0}],'
            b' "kept": [], "dropped": [], "warnings": []}\nx'
        ),
    ],
)
def test_output_that_is_no_report_is_refused(output):
    with pytest.raises(Unreadable):
        parted(output)


def test_the_program_prints_bytes_and_writes_the_report(source, tmp_path):
    words = [sys.executable, "-m", "casa.drafting", "clean"]
    out = subprocess.run([*words, str(source)], capture_output=True, check=True).stdout
    assert out == clean(source).data
    both = subprocess.run([*words, "--report", "-", str(source)], capture_output=True, check=True)
    assert parted(both.stdout).data == out
    path = tmp_path / "r.json"
    subprocess.run([*words, "--report", str(path), str(source)], capture_output=True, check=True)
    assert json.loads(path.read_text()) == report(clean(source))


def test_every_code_has_its_words():
    assert all(one and many for one, many in DROPPED.values())
    assert all(text.endswith((".", "{}.", ":")) or "{}" in text for text in WARNINGS.values())
