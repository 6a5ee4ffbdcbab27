"""Personal data: structured kinds on synthetic data, names on frozen sentences, traps."""

import hashlib
import itertools
import random
import re
import time
from pathlib import Path

import pytest
from stdnum import luhn
from stdnum.it import codicefiscale

from casa.drafting import personal

NAMES = Path(__file__).with_name("personal_names.txt")
MORE_NAMES = Path(__file__).with_name("personal_names_second.txt")
LAST_NAMES = Path(__file__).with_name("personal_names_third.txt")
HELD_NAMES = Path(__file__).with_name("personal_names_fourth.txt")
FROZEN = "d44c9a5951666b26fe46dfdf1ce74484b3bdcb588e5d735ba07108b88d0d83ac"
MORE_FROZEN = "bab1e5a1be2ecbdf1c77c47dc00f17e5c6dec3544757da4fb541d2f0e94bcd99"
LAST_FROZEN = "d72124915c15d35fe250541d3aa8b208957b9bf06dd3465a44bdf02cdd3bbfb8"
HELD_FROZEN = "9984e727f2e39104dfa151f6506e220591cbc334e89840779ae6b05b4f8478d8"
CHANCE = random.Random(20261125)
TITLED = re.compile(r"^(?:(?:Dott|Ing|Arch|Avv|Geom|Rag|Prof)\.(?:ssa)?\s+)+")


def letters(count):
    return "".join(CHANCE.choice("BCDFGLMNPRST") for _ in range(count))


def fiscal_code():
    body = f"{letters(6)}{CHANCE.randint(40, 99)}{CHANCE.choice('ABCDEHLMPRST')}{CHANCE.randint(10, 28)}{CHANCE.choice('ABCDEFGHL')}{CHANCE.randint(100, 999)}"
    return body + codicefiscale.calc_check_digit(body)


def vat_number():
    body = f"0{CHANCE.randint(100000, 999999)}{CHANCE.randint(1, 100):03}"
    return body + luhn.calc_check_digit(body)


def iban():
    bban = f"{CHANCE.choice('ABCXYZ')}{CHANCE.randint(10000, 99999)}{CHANCE.randint(10000, 99999)}{CHANCE.randint(0, 10**12 - 1):012}"
    digits = "".join(str(int(sign, 36)) for sign in bban + "IT00")
    return f"IT{98 - int(digits) % 97:02}{bban}"


def mobile():
    return f"3{CHANCE.randint(20, 99)} {CHANCE.randint(1000000, 9999999)}"


MAKERS = {
    "fiscal_code": lambda: f"codice fiscale {fiscal_code()}",
    "vat_number": lambda: f"partita IVA {vat_number()}",
    "iban": lambda: f"IBAN {iban()}",
    "email": lambda: f"scrivere a {letters(4).lower()}.{letters(6).lower()}@gmail.com",
    "pec": lambda: f"PEC {letters(6).lower()}@pec.{letters(5).lower()}.it",
    "phone": lambda: f"cellulare {mobile()}",
    "birth": lambda: (
        f"nato a Vallechiara il {CHANCE.randint(1, 28)}/0{CHANCE.randint(1, 9)}/19{CHANCE.randint(50, 99)}"
    ),
    "plate": lambda: f"autovettura targata {letters(2)}{CHANCE.randint(100, 999)}{letters(2)}",
    "document": lambda: f"carta d'identità n. {letters(2)}{CHANCE.randint(1000000, 9999999)}",
}
TRAPS = (
    "CIG B1C2D3E4F5, CUP J31B23000360005, prot. n. 12345678901 del 3 marzo 2026",
    "importo di 140.000,00 euro, art. 50 del d.lgs. 36/2023",
    "codice CPV 55523100-3, capitolo 10250301, matricola 0123456789",
    "delibera n. 262/2023, rep. 1234, del 31.12.2025",
)


def marked(file):
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            wanted = {TITLED.sub("", name) for name in re.findall(r"\[\[(.*?)\]\]", line)}
            yield line.replace("[[", "").replace("]]", ""), wanted


@pytest.mark.parametrize("kind", MAKERS)
def test_structured_data_are_all_found_and_nothing_else(kind):
    for _ in range(100):
        text = f"Il concorrente indica: {MAKERS[kind]()}, come da modello."
        assert [datum.kind for datum in personal.find(text)] == [kind], text


@pytest.mark.parametrize("text", TRAPS)
def test_numbers_of_tenders_are_nobodys(text):
    assert personal.find(text) == ()


def test_the_sentences_with_names_are_the_ones_that_were_frozen():
    assert hashlib.sha256(NAMES.read_bytes()).hexdigest() == FROZEN
    assert hashlib.sha256(MORE_NAMES.read_bytes()).hexdigest() == MORE_FROZEN
    assert hashlib.sha256(LAST_NAMES.read_bytes()).hexdigest() == LAST_FROZEN
    assert hashlib.sha256(HELD_NAMES.read_bytes()).hexdigest() == HELD_FROZEN


@pytest.mark.parametrize("file", [NAMES, MORE_NAMES, LAST_NAMES, HELD_NAMES])
def test_names_with_a_title_or_a_role_are_found(file):
    right = wrong = missed = 0
    for text, wanted in marked(file):
        found = {TITLED.sub("", d.value) for d in personal.find(text) if d.kind == "name"}
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    assert right / (right + missed) >= 0.85
    assert right / (right + wrong) >= 0.9


def test_who_it_belongs_to_decides_how_serious_it_is():
    def level(text):
        return [datum.level for datum in personal.find(text)]

    assert level("protocollo@comune.prova.example") == ["info"]
    assert level("mario.prova@gmail.com") == ["blocking"]
    assert level("residente in Via delle Prove n. 12") == ["blocking"]
    assert level("sede legale in Via delle Prove n. 12") == ["info"]
    assert level(f"C.F. {fiscal_code()}") == ["blocking"]


def test_a_wrong_check_letter_is_told():
    code = fiscal_code()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    (datum,) = personal.find(f"codice fiscale {wrong}")
    assert (datum.valid, datum.level) == (False, "check")


def test_places_are_those_of_the_text_and_do_not_overlap():
    text = f"Il sig. Ugo Vallarsa, nato a Prova il 3 marzo 1970, C.F. {fiscal_code()}, tel. 0301234567."
    found = personal.find(text)
    assert [datum.kind for datum in found] == ["name", "birth", "fiscal_code", "phone"]
    assert all(text[datum.start : datum.end] == datum.value for datum in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


def test_a_masked_value_cannot_be_used():
    assert personal.masked("RSSMRA00A00A000A") == "RSS••••••••••••A"
    assert personal.masked("abc") == "abc•"


@pytest.mark.parametrize("unit", ["3471234567 ", "Via Roma n. 1, ", "RUP dott. ", "0" * 11 + " "])
def test_twice_the_text_takes_about_twice_the_time(unit):
    def seconds(length):
        text = unit * (length // len(unit))
        begun = time.process_time()
        personal.find(text)
        return time.process_time() - begun

    short, long = seconds(50_000), seconds(200_000)
    assert long < 12 * max(short, 0.01)


@pytest.mark.parametrize(
    ("word", "sign"),
    [
        ("via ", "Aa"),
        ("via ", "1A"),
        ("via Roma ", "B"),
        ("luogo e data di nascita ", "\n"),
        ("passaporto n. ", " "),
    ],
)
def test_what_follows_a_word_may_be_as_long_as_it_likes(word, sign):
    text = word + sign * (200_000 // len(sign))
    begun = time.process_time()
    personal.find(text)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Il verbale cita Otello Fantocci tra i vicini.", ["Otello Fantocci"]),
        ("Hanno chiesto copia VATTELAPESCA GIANFELICE e altri.", ["VATTELAPESCA GIANFELICE"]),
        ("La scuola Otello Fantocci di via Bice Prova è chiusa.", []),
        ("Oggetto\nMassimo\nIl ribasso", []),
    ],
)
def test_a_given_name_begins_a_name_unless_a_place_is_called_so(text, wanted):
    found = [datum for datum in personal.find(text) if datum.kind == "name"]
    assert [datum.value for datum in found] == wanted
    assert all(datum.level == "check" for datum in found)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Il Dirigente dott.ssa Bice Prova firma l'atto.", "info"),
        ("Il sottoscritto Ugo Vallarsa chiede il contributo.", "check"),
        ("Il legale rappresentante Ugo Vallarsa, nato a Prova il 3 marzo 1970, dichiara.", "check"),
        ("La moglie Bice Vallarsa è residente altrove.", "check"),
    ],
)
def test_who_is_a_party_of_their_own_is_not_public(text, level):
    assert [one.level for one in personal.find(text) if one.kind == "name"] == [level]
