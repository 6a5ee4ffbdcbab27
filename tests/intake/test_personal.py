"""Personal data as the inspection tells them: each value once, masked, the gravest first."""

from casa.intake import personal
from tests.intake.makers import FISCAL_CODE, IBAN


def test_a_value_seen_twice_is_one_sighting():
    (one,) = personal.sightings(f"C.F. {FISCAL_CODE}, di nuovo {FISCAL_CODE.lower()}")
    assert (one.datum.kind, one.datum.start, one.count) == ("fiscal_code", 5, 2)


def test_what_must_go_comes_before_what_needs_a_look():
    text = f"autovettura targata AB123CD del titolare del conto {IBAN}"
    assert [one.datum.kind for one in personal.sightings(text)] == ["iban", "plate"]


def test_what_offices_publish_is_no_sighting():
    assert personal.sightings("protocollo@comune.prova.example, partita IVA 00000000000") == []


def test_words_that_name_a_place_never_repeat_the_value():
    spaced = f"2 IBAN {IBAN[:4]} {IBAN[4:8]} {IBAN[8:]} di {FISCAL_CODE}"
    hidden = personal.hidden(spaced)
    assert IBAN[8:] not in hidden
    assert FISCAL_CODE not in hidden
    assert hidden.startswith("2 IBAN IT6")
    assert personal.hidden("Art. 2 – Durata") == "Art. 2 – Durata"
