from pathlib import Path

import pytest

from casa.drafting import Correction, Draft, corrected, from_json, read, to_json, unmet
from tests.drafting.makers import ARTICLES, make_docx


def draft(tmp_path: Path, *, first: str = "Oggetto dell'appalto") -> Draft:
    articles = [(first, ARTICLES[0][1]), *ARTICLES[1:]]
    return read(make_docx(tmp_path / "a.docx", articles=articles, automatic_numbering=False))


def headings(made: Draft) -> list[str]:
    return [block.text for block in made.blocks if block.kind == "heading"]


def test_a_false_heading_becomes_plain_words(tmp_path: Path):
    before = draft(tmp_path)

    after = corrected(before, [Correction("Art. 3 – Durata", level=0)])

    assert "Durata" in headings(before)
    assert "Durata" not in headings(after)
    assert after.text == before.text
    assert "art-3" not in [clause.key for clause in after.clauses]
    assert from_json(to_json(after)) == after


def test_words_that_were_not_seen_as_a_heading_become_one(tmp_path: Path):
    words = "Il contratto dura dodici mesi dalla consegna del servizio."

    after = corrected(draft(tmp_path), [Correction(f"1. {words}", level=2)])

    assert words in headings(after)
    assert after.text == draft(tmp_path).text
    assert from_json(to_json(after)) == after


def test_the_correction_holds_in_the_next_version_with_another_number_and_a_few_other_words(
    tmp_path: Path,
):
    kept = [Correction("Art. 7 – Oggetto del presente appalto", level=0)]
    near = draft(tmp_path, first="Oggetto di presente appalto")
    same = draft(tmp_path, first="Oggetto del presente appalto")

    assert "Oggetto del presente appalto" not in headings(corrected(same, kept))
    assert "Oggetto di presente appalto" not in headings(corrected(near, kept))


def test_a_correction_whose_words_are_gone_changes_nothing_and_is_told(tmp_path: Path):
    gone = Correction("Art. 9 – Foro competente", level=0)
    before = draft(tmp_path)

    assert corrected(before, [gone]) is before
    assert unmet(before, [gone, Correction("Art. 3 – Durata", level=0)]) == (gone,)


def test_the_later_of_two_corrections_holds(tmp_path: Path):
    twice = [Correction("Art. 3 – Durata", level=0), Correction("Art. 3 – Durata", level=4)]

    after = corrected(draft(tmp_path), twice)

    assert [b.level for b in after.blocks if b.text == "Durata"] == [4]


@pytest.mark.parametrize(("words", "level"), [("", 1), ("  ", 0), ("Durata", -1), ("Durata", 10)])
def test_a_correction_without_words_or_with_an_impossible_level_is_a_mistake(
    words: str, level: int
):
    with pytest.raises(ValueError, match="Correction"):
        Correction(words, level=level)
