"""Trials over public tender files, in place; they are not part of the project."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from casa.drafting import from_json, read, to_json

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "documents"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file())
TENDER = FOLDER / "tender_2025_complete"
pytestmark = [
    pytest.mark.may_skip("shared"),
    pytest.mark.skipif(not FILES, reason=f"the trial documents are not in {FOLDER}"),
]


def labels(name: str) -> list[str]:
    return [clause.label for clause in read(FOLDER / name).clauses if clause.label]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_document_is_read_and_survives_the_wire(path: Path):
    draft = read(path)

    assert draft.text
    assert from_json(to_json(draft)) == draft
    assert all(len(clause.heading) <= 260 for clause in draft.clauses)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".pdf"], ids=lambda path: path.name
)
def test_no_word_of_a_pdf_is_lost(path: Path):
    document = pypdfium2.PdfDocument(path)
    raw = "\n".join(
        document[index].get_textpage().get_text_range() for index in range(len(document))
    )
    raw = re.sub("[\x02\ufffe]\r?\n", "", raw)
    draft = read(path)

    lost = Counter(re.findall(r"\w+", raw)) - Counter(re.findall(r"\w+", draft.text))

    words = {
        word
        for word in lost
        if not word.isdigit() and word.lower() not in ("pag", "page", "di", "a")
    }
    words -= set(re.findall(r"\w+", "\n".join(draft.furniture)))
    assert sum(lost[word] for word in words) <= max(2, 0.002 * len(raw.split()))


def test_the_contract_has_its_22_articles():
    found = labels("tender_2025_complete/docs_ALL._I_SCHEMA_DI_CONTRATTO_AQ.pdf")

    assert [label for label in found if ", c." not in label] == [f"Art. {n}" for n in range(1, 23)]


def test_the_second_contract_has_25_articles_and_its_commi():
    found = labels("tender_2025_complete/docs_ALL._L_SCHEMA_DI_CONTRATTO_ESECUTIVO.pdf")

    assert [label for label in found if ", c." not in label] == [f"Art. {n}" for n in range(1, 26)]
    assert found[-3:] == ["Art. 25, c. 1", "Art. 25, c. 2", "Art. 25, c. 3"]


def test_the_tender_rules_have_their_32_numbered_sections_each_once():
    draft = read(TENDER / "docs_DISCIPLINARE_DI_GARA_RETTIFICATO.pdf")
    found = [clause.label for clause in draft.clauses if clause.label]

    assert [label for label in found if label.isdigit()] == [str(number) for number in range(1, 33)]
    assert len(set(found)) == len(found)
    sixth = next(clause for clause in draft.clauses if clause.key == "6-4")
    assert sixth.heading == (
        "INDICAZIONI SUI REQUISITI SPECIALI NEI RAGGRUPPAMENTI TEMPORANEI, CONSORZI ORDINARI, "
        "AGGREGAZIONI DI IMPRESE DI RETE, GEIE"
    )


def test_the_second_tender_rules_have_sections_0_to_29():
    found = labels("disciplinari/disciplinare.di.gara.pdf")

    assert [label for label in found if label.isdigit()] == [str(number) for number in range(30)]


def test_the_information_notice_has_its_numbered_paragraphs():
    found = labels("tender_2025_complete/docs_ALL._G_Atto_di_informazione_ex_art._13_del_GDPR.pdf")

    assert found[:4] == ["1", "1.1", "2", "2.1"]
    assert found[-2:] == ["7.1", "7.2"]


def test_the_integrity_pact_in_word_has_its_articles_and_commi():
    draft = read(FOLDER / "templates_docx/models_Patto.docx")

    assert [c.label for c in draft.clauses if c.label and ", c." not in c.label] == [
        f"Art. {number}" for number in range(1, 7)
    ]
    assert sum(", c. " in clause.label for clause in draft.clauses) == 20
    assert draft.language == "it"
