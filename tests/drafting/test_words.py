"""Amounts in Italian words against a table made in another way: from the parts of words."""

from datetime import date
from decimal import Decimal

import pytest

from casa.drafting.filling import words

# An independent table: every tens-and-units word written out or joined by hand, no arithmetic
TEENS = "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove"
BELOW_TEN = ["", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"]
TENS = {
    "venti": "venti ventuno ventidue ventitré ventiquattro venticinque ventisei ventisette ventotto "
    "ventinove",
    "trenta": "trenta trentuno trentadue trentatré trentaquattro trentacinque trentasei trentasette "
    "trentotto trentanove",
    "quaranta": "quaranta quarantuno quarantadue quarantatré quarantaquattro quarantacinque "
    "quarantasei quarantasette quarantotto quarantanove",
    "cinquanta": "cinquanta cinquantuno cinquantadue cinquantatré cinquantaquattro cinquantacinque "
    "cinquantasei cinquantasette cinquantotto cinquantanove",
    "sessanta": "sessanta sessantuno sessantadue sessantatré sessantaquattro sessantacinque "
    "sessantasei sessantasette sessantotto sessantanove",
    "settanta": "settanta settantuno settantadue settantatré settantaquattro settantacinque "
    "settantasei settantasette settantotto settantanove",
    "ottanta": "ottanta ottantuno ottantadue ottantatré ottantaquattro ottantacinque ottantasei "
    "ottantasette ottantotto ottantanove",
    "novanta": "novanta novantuno novantadue novantatré novantaquattro novantacinque novantasei "
    "novantasette novantotto novantanove",
}
HUNDRED = [*BELOW_TEN, *TEENS.split(), *(word for line in TENS.values() for word in line.split())]


def _thousand() -> list[str]:
    """0..999: the hundred's word and the rest, glued; "centootto" and its like lose an o."""
    made = list(HUNDRED)
    for hundred in ["", *BELOW_TEN[2:]]:
        for rest in HUNDRED:
            glued = f"{hundred}cento{rest}"
            glued = glued.replace("centootto", "centotto").replace("centoottant", "centottant")
            made.append(glued[:-3] + "tré" if rest == "tre" else glued)
    return made


THOUSAND = _thousand()
UNACCENTED = [word.replace("é", "e") for word in THOUSAND]


def _thousands(number: str) -> str:
    """ "1" → mille, "23" → ventitremila; the figures are cut as text, never divided."""
    if not number.strip("0"):
        return ""
    return "mille" if number.lstrip("0") == "1" else f"{UNACCENTED[int(number)]}mila"


def expected(value: int) -> str:
    """The word of a number up to 999,999,999, from the three groups of its figures."""
    if value == 0:
        return "zero"
    figures = f"{value:09d}"
    millions, thousands, rest = figures[:3], figures[3:6], figures[6:]
    said = {"000": "", "001": "unmilione"}.get(millions, f"{UNACCENTED[int(millions)]}milioni")
    before = said + _thousands(thousands)
    last = THOUSAND[int(rest)]
    return before + ("tré" if before and last == "tre" else last)


def test_the_table_has_every_number_below_a_thousand_once():
    assert len(THOUSAND) == len(set(THOUSAND)) == 1000
    assert THOUSAND[108] == "centotto"
    assert THOUSAND[3] == "tre"
    assert THOUSAND[103] == "centotré"


def test_every_amount_up_to_a_hundred_thousand_is_right():
    wrong = [value for value in range(100_001) if words.number(value) != expected(value)]
    assert wrong == []


def test_amounts_up_to_ten_million_are_right_in_every_group_of_figures():
    """A number is its groups of three: each group in full, and every 97th number up to the end."""
    values = [*range(0, 10_000_001, 97), *range(1_000_000, 10_000_000, 1000), 10_000_000]
    values += [thousand * 1000 + 3 for thousand in range(10_000)]
    assert [value for value in values if words.number(value) != expected(value)] == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0", "zero/00"),
        ("0.01", "zero/01"),
        ("1", "uno/00"),
        ("1234.56", "milleduecentotrentaquattro/56"),
        ("1234567.89", "unmilioneduecentotrentaquattromilacinquecentosessantasette/89"),
        ("118", "centodiciotto/00"),
        ("108", "centotto/00"),
        ("180", "centottanta/00"),
        ("888", "ottocentottantotto/00"),
        ("3", "tre/00"),
        ("33", "trentatré/00"),
        ("3000", "tremila/00"),
        ("1003", "milletré/00"),
        ("21000", "ventunomila/00"),
        ("23000.5", "ventitremila/50"),
        ("1000000", "unmilione/00"),
        ("2000001", "duemilioniuno/00"),
        ("10000000", "diecimilioni/00"),
        ("1.005", "uno/01"),
        ("-5", "meno cinque/00"),
        ("-0.001", "zero/00"),
        ("1.999", "due/00"),
    ],
)
def test_amounts_are_written_as_contracts_do(value, said):
    assert words.amount(Decimal(value)) == said


@pytest.mark.parametrize("value", [10**12, -(10**12)])
def test_what_is_too_large_is_refused(value):
    with pytest.raises(ValueError, match="10000"):
        words.number(value)
    assert words.number(value // abs(value) * (10**12 - 1))


@pytest.mark.parametrize(
    ("day", "long", "said"),
    [
        (date(2026, 3, 1), "1º marzo 2026", "primo marzo duemilaventisei"),
        (date(2023, 7, 23), "23 luglio 2023", "ventitré luglio duemilaventitré"),
        (date(1999, 12, 31), "31 dicembre 1999", "trentuno dicembre millenovecentonovantanove"),
    ],
)
def test_days_are_written_long_and_in_words(day, long, said):
    assert (words.long_day(day), words.day(day)) == (long, said)


@pytest.mark.parametrize(
    ("value", "figures"),
    [("1234567.891", "1.234.567,89"), ("0.005", "0,01"), ("-1234.5", "-1.234,50")],
)
def test_figures_have_points_and_a_comma(value, figures):
    assert words.figures(Decimal(value)) == figures
