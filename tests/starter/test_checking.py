"""What stands against publishing a text: each fault is found, and found on its line."""

import pytest

from casa.drafting import manuscript
from casa.drafting.manuscript.checking import check
from casa.drafting.manuscript.citing import changed as changed_norms
from casa.drafting.manuscript.kit import check_kit, read_kit
from tests.starter.makers import BODY, HEAD, SHARED, changed, ground, line_of, text

GROUND = ground()
KIT = """title = "Prova"
object = "Tutto per una prova."
pillar = "sua"
items = [{ model = "prova", note = "La convenzione." }]
[answers]
giorni = 10
"""


def faults(whole: str) -> list[tuple[int, str]]:
    return [(one.line, one.words) for one in check(manuscript.read(whole), GROUND)]


def test_a_sound_text_may_be_published():
    assert faults(text()) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("art. 30 del d.lgs. 18 agosto 2000, n. 267", "art. 36 del d.lgs. 50/2016", "art. 36", "non è in vigore"),
        ("art. 30 del d.lgs. 18 agosto 2000, n. 267", "art. 30 del Codice", "del Codice", "quale atto"),
        ("art. 30 del d.lgs. 18 agosto 2000, n. 267", "art. 3 della l. 3 marzo 1999, n. 999", "999", "non è nella tabella"),
        ("{# motivo: le parti vogliono poter prorogare #}\n", "", "{% se proroga %}", "manca la nota"),
        ("{{ giorni|numero }}", "{{ giornate|numero }}", "{{ giornate", "non è in fields.toml"),
        ("{{ giorni|numero }}", "{{ giorni|data }}", "{{ giorni", "dichiarato numero"),
        ("example = 30", 'example = "molti"', "{{ giorni", "non è un numero"),
        ("{{ giorni|numero }}", "{{ giorni|evro }}", "{{ giorni", "non esiste"),
        ("{% fine se %}\n", "", "{% se proroga %}", "mai chiuso"),
        ("un aiuto", "un feedback", "feedback", "è inglese"),
        ("Letto e firmato.", "Letto e firmato ( ).", "+++", "resta un vuoto"),
        ("1. Le spese sono", "1. {% se proroga %}a{% fine se %}{% se giorni == 1 %}b{% fine se %}\n1. Le spese sono", "+++", "numero senza testo"),
        ("[fields.giorni]", "[fields.ente]", "> {{ ente", "è già in fields.toml"),
        ("pubblica gli avvisi.", "il {{ giorno|data_lunga }}.", "il {{ giorno", "serve «giorno»"),
        ("pubblica gli avvisi.", "con un ribasso del {{ ribasso }}.", "ribasso del", "«del 8 %»"),
        ("pubblica gli avvisi.", "scrive a {{ ente }}.", "scrive a {{", "un nome qualunque"),
        ("pubblica gli avvisi.", "{{ lotti|conta }} lotti.", "{{ lotti", "quando è uno"),
        ("pubblica gli avvisi.", 'pubblica gli "avvisi".', "pubblica gli", "le virgolette"),
        ("un aiuto", "l'aiuto di Prova S.r.l..", "+++", "due punti di fila"),
    ],
)  # fmt: skip
def test_each_fault_is_found(old, new, line, words):
    whole = changed(old, new)
    found = [(at, said) for at, said in faults(whole) if words in said]
    assert found
    assert found[0][0] in (0, line_of(whole, line))


def test_a_field_that_nobody_uses_is_a_fault():
    assert any("nella testata e non nel testo" in said for _at, said in faults(
        changed("{{ giorni|numero }}", "trenta")
    ))  # fmt: skip


def test_a_pillar_that_does_not_exist_is_a_fault():
    assert faults(changed('pillar = "sua"', 'pillar = "gare"'))[0][1].startswith("il pilastro")


def test_a_model_has_eight_clauses_or_says_that_it_is_short():
    few = text(body=BODY.split("## Parti e oggetto")[0])
    assert any("clausole" in said for _at, said in faults(few))

    short = few.replace('kind = "model"', 'kind = "model"\nshort = true', 1)
    said = [words for _at, words in faults(short)]
    assert not any("clausole" in words for words in said)
    assert any("manca la firma" in words for words in said)


def test_a_norm_that_has_changed_is_told_and_no_fault():
    whole = changed("art. 30 del d.lgs. 18 agosto 2000, n. 267", "art. 60 del d.lgs. 36/2023")
    source = manuscript.read(whole)

    assert check(source, GROUND) == ()
    assert changed_norms(source, GROUND.table)[0].startswith("art. 60, d.lgs. 36/2023: ")


def test_a_number_typed_at_the_start_of_a_paragraph_is_found():
    whole = changed("Letto e firmato.", "7.2 Letto e firmato.")
    assert any("riletti" in said or "si rilegge" in said for _at, said in faults(whole))


def kit_faults(whole: str) -> list[str]:
    texts = {"prova": manuscript.read(text())}
    return [fault.words for fault in check_kit(read_kit(whole), texts, SHARED)]


def test_a_sound_kit_may_be_published():
    assert kit_faults(KIT) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('model = "prova"', 'model = "altro"', "non c'è"),
        ("giorni = 10", "giornate = 10", "non è un campo"),
        ("giorni = 10", 'giorni = "tanti"', "non è un numero"),
        ("La convenzione.", "Il template.", "è inglese"),
    ],
)
def test_a_kit_names_texts_and_answers_that_are_there(old, new, words):
    assert any(words in said for said in kit_faults(KIT.replace(old, new)))


@pytest.mark.parametrize("whole", ["", "title =", KIT.replace("note", "nota")])
def test_what_is_no_kit_is_refused(whole):
    with pytest.raises(manuscript.BadManuscript):
        read_kit(whole)


def test_lists_are_filled_with_one_row_and_with_three():
    asked = '[fields.nomi]\nlabel = "Chi?"\ntype = "elenco"\nexample = ["A S.r.l.", "B"]\n'
    each = (
        "{% per ogni nome in nomi %}{{ nome }}{% se non loop.ultimo %}; {% fine se %}{% fine per %}"
    )
    whole = changed("Letto e firmato.", f"Sono {each}.", head=HEAD + asked)

    said = [words for _at, words in faults(whole)]

    assert len(said) == 2  # the first alone, and the first again as third
    assert "righe: 1" in said[0] + said[1]
    assert all("due punti di fila" in words for words in said)
    assert faults(whole.replace(f"Sono {each}.", f"Sono: {each}")) == []
