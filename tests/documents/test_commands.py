"""The document commands: no database, files opened in the jail, JSON as promised."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from casa.documents.commands import COMMANDS
from tests.drafting import makers_hostile as hostile
from tests.drafting.makers import ARTICLES, make_docx, make_html, make_odt, make_txt
from tests.drafting.makers_signed import signed

SCHEMAS = Path(__file__).parents[2] / "docs" / "json"
BY_NAME = {command.name: command for command in COMMANDS}


def run(name, *words):
    return CliRunner().invoke(BY_NAME[name], [str(word) for word in words])


def promised(name, output):
    data = json.loads(output)
    jsonschema.validate(data, json.loads((SCHEMAS / f"{name}.schema.json").read_text()))
    return data


def changed(articles, number, words):
    return [
        (heading, commas if at != number else [words, *commas[1:]])
        for at, (heading, commas) in enumerate(articles)
    ]


@pytest.fixture
def versions(tmp_path):
    before = make_docx(tmp_path / "prima.docx", articles=ARTICLES)
    after = make_docx(
        tmp_path / "dopo.docx", articles=changed(ARTICLES, 1, "Il servizio dura ventiquattro mesi.")
    )
    return before, after


def test_inspect_prints_what_its_schema_promises(tmp_path):
    path = tmp_path / "determina.txt.p7m"
    text = (
        "Art. 1 - Requisiti\nI requisiti sono quelli dell'art. 80 del d.lgs. 50/2016.\n\n"
        "Art. 2 - Recapiti\nScrivere a prova.prova@gmail.com."
    )
    path.write_bytes(signed(text.encode()))
    done = run("inspect", path, "--on", "2026-11-25", "--json")
    (found,) = promised("inspect", done.output)
    assert done.exit_code == 0
    assert [signer["integrity"] for signer in found["signers"]] == ["intact"]
    (cited,) = found["citations"]
    assert (cited["act"], cited["article"]) == ("d.lgs. 50/2016", "80")
    assert cited["status"] in ("repealed", "superseded")
    assert found["text"][cited["start"] : cited["end"]] == cited["text"]
    assert [datum["level"] for datum in found["personal_data"]] == ["blocking"]
    codes = {(one["code"], one["severity"], one["place"]["clause"]) for one in found["findings"]}
    assert (f"{cited['status']}-norm", "warning", "art-1") in codes
    assert ("personal-data", "blocking", "art-2") in codes


def test_a_norm_is_judged_by_the_day_asked_for(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Si applica l'art. 80 del d.lgs. 50/2016.", encoding="utf-8")
    (old,) = json.loads(run("inspect", path, "--on", "2020-01-01", "--json").output)
    assert [one["status"] for one in old["citations"]] == ["in_force"]


def test_a_refused_file_has_findings_and_no_text(tmp_path):
    good, bad = make_txt(tmp_path / "a.txt"), tmp_path / "b.docx"
    bad.write_bytes(b"PK\x03\x04 rotto")
    done = run("inspect", good, bad, tmp_path / "nessuno", "--json")
    first, second, third = promised("inspect", done.output)
    assert done.exit_code == 1
    assert "text" in first
    assert "text" not in second
    assert second["findings"][0]["message"].endswith(".")
    assert "non c'è" in third["findings"][0]["message"]


def test_inspect_tells_people_in_italian(tmp_path):
    done = run("inspect", make_docx(tmp_path / "a.docx"))
    assert "clausole" in done.output
    assert "Traceback" not in done.output


def test_compare_prints_what_its_schema_promises(versions, tmp_path):
    page, docx = tmp_path / "p.html", tmp_path / "r.docx"
    data = promised("compare", run("compare", *versions, "--json").output)
    states = {clause["state"] for clause in data["clauses"]}
    assert states == {"same", "changed"}
    done = run("compare", *versions, "--html", page, "--docx", docx, "--author", "Comune di Prova")
    assert (done.exit_code, done.output) == (0, "")
    assert 'lang="it"' in page.read_text(encoding="utf-8")
    with zipfile.ZipFile(docx) as package:
        document = package.read("word/document.xml").decode()
    assert "<w:ins " in document
    assert "<w:del " in document
    assert 'w:author="Comune di Prova"' in document


@pytest.mark.parametrize("make", [make_odt, make_html])
def test_files_of_different_formats_are_compared_and_only_revisions_need_more(tmp_path, make):
    before = make_docx(tmp_path / "prima.docx", articles=ARTICLES)
    after = make(
        tmp_path / f"dopo.{make.__name__.removeprefix('make_')}",
        articles=changed(ARTICLES, 1, "Il servizio dura ventiquattro mesi."),
    )
    page = tmp_path / "p.html"
    done = run("compare", before, after, "--json", "--html", page)
    data = promised("compare", done.output)
    assert [one["key"] for one in data["clauses"] if one["state"] != "same"] == ["art-2-c-1"]
    assert "ventiquattro" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("make", [make_html, make_txt])
def test_revisions_with_what_is_no_office_file_are_refused_in_words(tmp_path, make):
    before = make_docx(tmp_path / "prima.docx")
    after, out = make(tmp_path / "dopo.xyz"), tmp_path / "revisioni.docx"
    done = run("compare", before, after, "--docx", out)
    assert done.exit_code == 1
    assert "DOCX o ODT" in done.stderr
    assert not out.exists()


def test_compare_of_the_same_file_finds_nothing(versions):
    assert run("compare", versions[0], versions[0]).output == "I testi sono uguali.\n"


def test_merge_takes_the_sources_change_and_keeps_ours(versions, tmp_path):
    base, theirs = versions
    ours = make_docx(
        tmp_path / "nostro.docx",
        articles=changed(ARTICLES, 0, "Il nostro Comune affida il servizio."),
    )
    out = tmp_path / "esito.docx"
    done = run("merge", base, ours, theirs, "--out", out, "--json")
    data = promised("merge", done.output)
    assert done.exit_code == 0
    assert {"ours", "theirs"} <= {clause["state"] for clause in data["clauses"]}
    text = json.loads(run("inspect", out, "--json").output)[0]["text"]
    assert "Il nostro Comune affida" in text
    assert "ventiquattro mesi" in text


def test_merge_with_a_conflict_writes_it_down_and_ends_with_one(versions, tmp_path):
    base, theirs = versions
    ours = make_docx(
        tmp_path / "nostro.docx",
        articles=changed(ARTICLES, 1, "Il servizio dura dieci anni interi."),
    )
    out = tmp_path / "esito.docx"
    done = run("merge", base, ours, theirs, "--out", out)
    assert done.exit_code == 1
    assert "DA DECIDERE" in done.output
    assert out.exists()


def test_a_file_that_cannot_be_read_ends_with_its_sentence(versions, tmp_path):
    bad = tmp_path / "b.docx"
    bad.write_bytes(b"PK\x03\x04 rotto")
    done = run("compare", versions[0], bad)
    assert done.exit_code == 1
    assert "danneggiato" in done.stderr
    assert done.stdout == ""


def test_the_commands_need_no_django():
    code = "import sys; import casa.documents.commands; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_clean_writes_a_copy_without_the_datum(tmp_path):
    words = changed(ARTICLES, 1, "Scrivere a prova.prova@gmail.com.")
    path, out = make_docx(tmp_path / "a.docx", articles=words), tmp_path / "b.docx"
    done = run("clean", path, "--out", out)
    assert done.exit_code == 0, done.output
    text = zipfile.ZipFile(out).read("word/document.xml").decode()
    assert "[omissis]" in text
    assert "prova.prova" not in text


def test_clean_tells_what_it_did_and_writes_the_report(tmp_path):
    words = changed(ARTICLES, 1, "Scrivere a prova.prova@gmail.com.")
    path, out = make_docx(tmp_path / "a.docx", articles=words), tmp_path / "b.docx"
    done = run("clean", path, "--out", out, "--report", tmp_path / "r.json")
    assert "Tolto: posta elettronica, 1 volta" in done.stdout
    assert "prova.prova" not in done.stdout
    said = json.loads((tmp_path / "r.json").read_text())
    jsonschema.validate(said, json.loads((SCHEMAS / "clean.schema.json").read_text()))
    assert said["removed"][0]["value"] == "prova.prova@gmail.com"


def test_clean_wants_a_name_that_fits_the_copy(tmp_path):
    out = tmp_path / "b.docx"
    done = run("clean", make_txt(tmp_path / "a.txt"), "--out", out)
    assert done.exit_code == 1
    assert ".txt" in done.stderr
    assert not out.exists()


def test_clean_refuses_a_message_and_writes_nothing(tmp_path):
    path, out = tmp_path / "a.eml", tmp_path / "b.eml"
    path.write_bytes(
        b"From: a@prova.example\r\nTo: b@prova.example\r\nMessage-ID: <1@x>\r\n"
        b"MIME-Version: 1.0\r\n\r\nciao"
    )
    done = run("clean", path, "--out", out)
    assert done.exit_code == 1
    assert "documento nuovo" in done.stderr
    assert not out.exists()


ORDERS = {
    "inspect": ("inspect", "{bad}", "--json"),
    "compare": ("compare", "{good}", "{bad}", "--docx", "{out}.docx"),
    "merge": ("merge", "{good}", "{good}", "{bad}", "--out", "{out}.docx"),
    "merge ours": ("merge", "{good}", "{bad}", "{good}", "--out", "{out}.docx"),
    "clean": ("clean", "{bad}", "--out", "{out}.docx"),
    "fields": ("fields", "{bad}", "--json"),
    "fill": ("fill", "{bad}", "--data", "{data}", "--out", "{out}.docx"),
}
PYTHON = re.compile(r"Traceback|\w+(?:Error|Exception)\b|<class|NoneType")


@pytest.mark.parametrize("make", [hostile.make_billion_laughs, hostile.make_traversal])
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_harmful_file_is_refused_in_italian_and_nothing_is_written(tmp_path, order, make):
    names = {"bad": make(tmp_path / "cattivo.docx"), "good": make_docx(tmp_path / "buono.docx")}
    names |= {"data": tmp_path / "dati.json", "out": tmp_path / "esito"}
    names["data"].write_text("{}")
    done = run(*(word.format(**names) for word in order))
    assert done.exit_code == 1
    assert not PYTHON.search(done.output)
    assert re.search(r"danneggiato|non ammessi", done.output)
    assert not (tmp_path / "esito.docx").exists()
