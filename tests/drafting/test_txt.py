import time
from pathlib import Path

import pytest

from casa.drafting import read
from tests.drafting.makers import make_docx, make_txt

WRAPPED = """Art. 1 – Oggetto
1. L'appalto ha per oggetto il servizio di pulizia degli edifici comunali, come descritto nel
capitolato speciale e ai sensi dell'articolo 3 del regolamento, con le seguenti caratteri-
stiche:
a) prima;
b) seconda.
2. La stazione appaltante può affidare ai sensi dell'
art. 50 del codice e dell'art.
17 del medesimo.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding_is_read_alike(tmp_path: Path, encoding: str):
    draft = read(make_txt(tmp_path / "a", encoding=encoding))

    assert [clause.label for clause in draft.clauses if clause.label.startswith("Art")][:3] == [
        "Art. 1",
        "Art. 1, c. 1",
        "Art. 1, c. 2",
    ]
    assert "È richiesta la certificazione" in draft.text


def test_a_text_and_a_word_file_with_the_same_words_have_the_same_articles(tmp_path: Path):
    words = [c for c in read(make_docx(tmp_path / "a")).clauses if c.label]
    plain = [c for c in read(make_txt(tmp_path / "b")).clauses if c.label]

    assert [(c.key, c.heading, c.text) for c in words] == [
        (c.key, c.heading, c.text) for c in plain
    ]


def test_wrapped_lines_are_joined_and_citations_open_no_article(tmp_path: Path):
    (tmp_path / "a").write_text(WRAPPED, encoding="utf-8")

    draft = read(tmp_path / "a")

    assert [clause.key for clause in draft.clauses] == ["art-1", "art-1-c-1", "art-1-c-2"]
    assert "caratteristiche:" in draft.clauses[1].text
    assert "dell'art. 50 del codice e dell'art. 17 del medesimo." in draft.clauses[2].text


def test_a_paragraph_of_very_many_lines_is_read_in_time_that_grows_with_it(tmp_path: Path):
    line = "una riga che va a capo sempre alla stessa larghezza, senza mai una fine\n"
    (tmp_path / "a").write_text(line * 20_000, encoding="utf-8")

    begun = time.process_time()
    draft = read(tmp_path / "a")

    assert time.process_time() - begun < 10
    assert draft.text.count("senza mai una fine") == 20_000
