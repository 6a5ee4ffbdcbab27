import random
from pathlib import Path

import pytest

from casa.drafting import (
    Correction,
    Draft,
    block_text,
    corrected,
    corrections_at,
    from_json,
    heading_level,
    read,
    relevelled,
    to_json,
    unmet,
)
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


TWICE = """Indice

Oggetto

Art. 1 – Durata
1. Dodici mesi.

Oggetto

Art. 2 – Penali. Cento euro al giorno.
"""


def of_text(tmp_path: Path, text: str) -> Draft:
    path = tmp_path / "testo.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def places_of(made: Draft, words: str) -> list[int]:
    return [at for at, block in enumerate(made.blocks) if block_text(block) == words]


def test_of_words_that_stand_twice_the_one_meant_is_corrected(tmp_path: Path):
    before = of_text(tmp_path, TWICE)
    first, second = places_of(before, "Oggetto")

    kept = corrections_at(before, {second: 2})
    after = corrected(before, list(kept.values()))

    assert kept == {second: Correction("Oggetto", level=2, turn=2, turns=2)}
    assert (after.blocks[first].kind, after.blocks[second].kind) == ("paragraph", "heading")


@pytest.mark.parametrize(
    "text", [TWICE.replace("Oggetto\n\nArt. 1", "Art. 1"), TWICE + "\nOggetto\n"]
)
def test_words_that_stand_more_or_less_often_now_find_no_place(tmp_path: Path, text: str):
    said = Correction("Oggetto", level=2, turn=2, turns=2)

    assert unmet(of_text(tmp_path, text), [said]) == (said,)


def test_what_cannot_be_a_heading_is_not_corrected(tmp_path: Path):
    before = of_text(tmp_path, TWICE)

    assert corrections_at(before, {len(before.blocks): 1, -1: 1}) == {}
    assert relevelled(before, {len(before.blocks): 1}) is before


def test_an_article_whose_rule_follows_on_its_line_opens_a_part_and_may_be_told_not_to(
    tmp_path: Path,
):
    before = of_text(tmp_path, TWICE)
    (place,) = places_of(before, "Art. 2 – Penali. Cento euro al giorno.")
    assert heading_level(before.blocks[place]) == 1

    after = relevelled(before, {place: 0})

    assert "art-2" in [clause.key for clause in before.clauses]
    assert "art-2" not in [clause.key for clause in after.clauses]
    assert from_json(to_json(after)) == after


def test_a_clause_that_a_new_heading_shortens_keeps_its_key_and_the_new_one_takes_none(
    tmp_path: Path,
):
    before = of_text(tmp_path, TWICE)
    place = places_of(before, "Oggetto")[1]

    keys = {clause.first_block: clause.key for clause in relevelled(before, {place: 1}).clauses}

    assert {at: key for at, key in keys.items() if at != place} == {
        clause.first_block: clause.key for clause in before.clauses
    }
    assert keys[place] == "oggetto"


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_said_the_draft_holds_together_and_no_address_changes_its_rule(
    tmp_path: Path, seed: int
):
    before = draft(tmp_path)
    chance = random.Random(seed)
    levels = {at: chance.randint(0, 9) for at in range(len(before.blocks)) if chance.random() < 0.4}

    after = relevelled(before, levels)

    assert from_json(to_json(after)) == after
    assert after.text == before.text
    opened = {clause.key: clause.first_block for clause in before.clauses}
    again = {clause.key: clause.first_block for clause in after.clauses if clause.key in opened}
    assert all(opened[key] == block for key, block in again.items())
    kept = corrected(before, list(corrections_at(before, levels).values()))
    assert kept == after
