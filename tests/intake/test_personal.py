"""Personal data with a check digit."""

import pytest

from casa.intake import personal
from casa.intake.personal import Sighting, fiscal_codes, ibans, masked
from tests.intake.makers import FISCAL_CODE, IBAN, STEM

WRONG = STEM + ("A" if FISCAL_CODE[-1] != "A" else "B")


@pytest.mark.parametrize(
    "written",
    [
        FISCAL_CODE,
        FISCAL_CODE.lower(),
        f"{FISCAL_CODE[:3]} {FISCAL_CODE[3:6]} {FISCAL_CODE[6:11]} {FISCAL_CODE[11:15]} {FISCAL_CODE[15:]}",
        f"({FISCAL_CODE})",
    ],
)
def test_a_fiscal_code_is_found_however_it_is_written(written):
    assert [one.value for one in fiscal_codes(f"C.F. {written}, nato")] == [FISCAL_CODE]


@pytest.mark.parametrize(
    "text",
    [
        WRONG,
        f"X{FISCAL_CODE}",
        f"{FISCAL_CODE}9",
        "01234567890",
        "RSSMRA__A__H___X",
        "art. 50 c. 1",
    ],
)
def test_what_only_looks_like_a_fiscal_code_is_not_one(text):
    assert fiscal_codes(text) == []


@pytest.mark.parametrize("written", [IBAN, "IT60 X054 2811 1010 0000 0123 456", IBAN.lower()])
def test_an_iban_is_found_however_it_is_written(written):
    assert [one.value for one in ibans(f"IBAN {written}.")] == [IBAN]


@pytest.mark.parametrize("text", [IBAN[:-1] + "7", "CIG 1234567890", "IT60", "AB12 3456 7890 1234"])
def test_what_only_looks_like_an_iban_is_not_one(text):
    assert ibans(text) == []


def test_a_value_seen_twice_is_one_sighting():
    assert fiscal_codes(f"x {FISCAL_CODE} y {FISCAL_CODE}") == [
        Sighting(FISCAL_CODE, start=2, count=2)
    ]


def test_what_is_masked_cannot_be_used():
    assert masked("RSSMRA80A01H501U") == "RSS••••••••••••U"


def test_words_that_name_a_place_never_repeat_the_value():
    spaced = f"2 IBAN {IBAN[:4]} {IBAN[4:8]} {IBAN[8:]} di {FISCAL_CODE}"

    hidden = personal.hidden(spaced)

    assert IBAN[8:] not in hidden
    assert FISCAL_CODE not in hidden
    assert hidden.startswith("2 IBAN IT6")
    assert personal.hidden("Art. 2 – Durata") == "Art. 2 – Durata"
