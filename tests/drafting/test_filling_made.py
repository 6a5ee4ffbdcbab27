"""Filled documents in the jail: the programs, and the formats that LibreOffice writes."""

import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pikepdf
import pytest
from click.testing import CliRunner

from casa.documents.commands import COMMANDS
from casa.drafting import read
from tests.drafting.helped import with_office
from tests.drafting.makers_models import (
    DATA,
    determination,
    docx_of,
    numbered,
    numbered_odt,
    odt_of,
)

BY_NAME = {command.name: command for command in COMMANDS}
SCHEMA = Path(__file__).parents[2] / "docs" / "json" / "fields.schema.json"


def run(name, *words):
    return CliRunner().invoke(BY_NAME[name], [str(word) for word in words])


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(DATA, ensure_ascii=False), encoding="utf-8")
    return path


def test_fields_prints_what_its_schema_promises(tmp_path):
    done = run("fields", determination(tmp_path / "m.docx"), "--json")
    found = json.loads(done.output)
    jsonschema.validate(found, json.loads(SCHEMA.read_text()))
    assert [field["name"] for field in found] == [
        *("oggetto", "cig", "cup", "importo", "data_atto", "pnrr", "lotti", "ente", "numero")
    ]
    assert done.exit_code == 0


def test_fields_are_told_in_italian_too(tmp_path):
    done = run(
        "fields", docx_of(tmp_path / "m.docx", "{% se pnrr %}{{ quota|importo }}{% fine se %}.")
    )
    assert done.output == (
        "pnrr: sì o no, paragrafo 1\nquota: importo, paragrafo 1, serve se: pnrr\n"
    )


def test_fill_writes_the_document(tmp_path, answers):
    out = tmp_path / "out.docx"
    done = run("fill", determination(tmp_path / "m.docx"), "--data", answers, "--out", out)
    assert (done.exit_code, done.output) == (0, "")
    assert "lavori «urgenti»" in read(out).text


@pytest.mark.parametrize(
    ("paragraph", "data", "said"),
    [
        ("{{ a|x }}", {}, "Il modello ha errori. Paragrafo 1: «{{ a|x }}» – il formato «x»"),
        ("{{ a }}", {}, "I dati non bastano per il modello. Paragrafo 1: «{{ a }}» – manca"),
        ("{{ a }}", [1], "I dati per il modello non si leggono"),
    ],
)
def test_a_refusal_is_a_sentence_and_nothing_is_written(tmp_path, paragraph, data, said):
    answers = tmp_path / "a.json"
    answers.write_text(json.dumps(data))
    out = tmp_path / "out.docx"
    done = run("fill", docx_of(tmp_path / "m.docx", paragraph), "--data", answers, "--out", out)
    assert (done.exit_code, done.output[: len(said)], out.exists()) == (1, said, False)


def test_the_programs_print_json_or_bytes(tmp_path):
    model = docx_of(tmp_path / "m.docx", "{% se a %}{# motivo: serve #}x{% fine se %} {{ b|y }}")
    program = [sys.executable, "-m", "casa.drafting", "fields"]
    problems = subprocess.run([*program, "--problems", str(model)], capture_output=True, check=True)
    [problem] = json.loads(problems.stdout)
    assert (problem["place"]["paragraph"], problem["text"]) == (1, "{{ b|y }}")
    refused = subprocess.run([*program, str(model)], capture_output=True, check=False)
    assert (refused.returncode, json.loads(refused.stdout)["code"]) == (1, "model")
    sound = docx_of(tmp_path / "s.docx", "{% se a %}{# motivo: serve #}x{% fine se %}.")
    listed = subprocess.run([*program, "--conditions", str(sound)], capture_output=True, check=True)
    assert [one["reason"] for one in json.loads(listed.stdout)] == ["serve"]


class TestWithLibreOffice:
    pytestmark = with_office

    def test_a_pdf_is_tagged_italian_pdf_a(self, tmp_path, answers):
        out = tmp_path / "out.pdf"
        done = run("fill", determination(tmp_path / "m.docx"), "--data", answers, "--out", out)
        assert (done.exit_code, done.output) == (0, "")
        with pikepdf.open(io.BytesIO(out.read_bytes())) as pdf:
            assert pdf.open_metadata().pdfa_status == "2B"
            assert str(pdf.Root.Lang) == "it-IT"
            assert bool(pdf.Root.MarkInfo.Marked) is True
        assert "unmilioneduecentotrentaquattromila" in read(out).text

    def test_a_docx_becomes_an_odt_and_the_other_way(self, tmp_path, answers):
        made = tmp_path / "out.odt"
        run("fill", determination(tmp_path / "m.docx"), "--data", answers, "--out", made)
        assert "lavori «urgenti»" in read(made).text
        made = tmp_path / "out.docx"
        run("fill", odt_of(tmp_path / "m.odt", "{{ oggetto }}"), "--data", answers, "--out", made)
        assert read(made).text == "lavori «urgenti»"

    @pytest.mark.parametrize("make", [numbered, numbered_odt])
    def test_libreoffice_numbers_what_is_left(self, tmp_path, make):
        """Read back from its own PDF: the numbers are those that people see."""
        model = make(tmp_path / f"m.{'docx' if make is numbered else 'odt'}")
        answers = tmp_path / "a.json"
        answers.write_text('{"pnrr": false, "oggetto": "la pulizia"}')
        out = tmp_path / "out.pdf"
        done = run("fill", model, "--data", answers, "--out", out)
        assert (done.exit_code, done.output) == (0, "")
        text = read(out).text
        assert "Art. 2 – Durata" in " ".join(text.split())
        assert "PNRR" not in text
