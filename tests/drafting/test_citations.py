"""The grammar of citations, form by form; precision and recall stand in test_citations_labelled."""

import time
from datetime import date

import pytest

from casa.drafting import citations

CODE = "urn:nir:stato:decreto.legislativo:2023-03-31;36"
TODAY = date(2026, 11, 25)


def named(text, issued_on=None):
    found = citations.find(text, issued_on=issued_on)
    return [(one.act, one.article, one.comma, one.letter) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("art. 50, c. 1, lett. b), d.lgs. 36/2023", [("d.lgs. 36/2023", "50", "1", "b")]),
        (
            "articolo 36 del decreto legislativo 18 aprile 2016, n. 50",
            [("d.lgs. 50/2016", "36", "", "")],
        ),
        ("Reg. (UE) 2016/679", [("reg. (UE) 2016/679", "", "", "")]),
        ("Regolamento UE n. 679/2016", [("reg. (UE) 2016/679", "", "", "")]),
        ("art. 3 L. 136/2010", [("l. 136/2010", "3", "", "")]),
        ("del. ANAC n. 262/2023", [("del. ANAC 262/2023", "", "", "")]),
        ("All. II.14", [("d.lgs. 36/2023", "all. II.14", "", "")]),
        (
            "D.L. 76/2020 conv. in L. 120/2020",
            [("d.l. 76/2020", "", "", ""), ("l. 120/2020", "", "", "")],
        ),
        (
            "artt. da 94 a 96 del d.lgs. 36/2023",
            [("d.lgs. 36/2023", n, "", "") for n in ("94", "95", "96")],
        ),
    ],
)
def test_every_form_of_a_citation_is_understood(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ai sensi dell'art. 5 del presente contratto",
        "l'art. 12 del capitolato speciale d'appalto",
        "la costituzione della cauzione",
        "CIG 36/2023AB, CUP J31B23000360005",
        "n. 50 posti alla mensa, il 18/04/2016",
        "sul c.c. postale n. 123456",
        "prot. n. 241/1990",
    ],
)
def test_what_only_looks_like_a_norm_is_left_alone(text):
    assert named(text) == []


def test_the_codice_is_that_of_the_document_or_of_its_day_or_nobodys():
    cited = "l'art. 50 del Codice"
    own = f"Il d.lgs. 50/2016 (di seguito «Codice») dispone. {cited}."
    assert named(own, TODAY)[-1][0] == "d.lgs. 50/2016"
    assert named(cited, date(2023, 6, 30))[0][0] == "d.lgs. 50/2016"
    assert named(cited, date(2023, 7, 1))[0][0] == "d.lgs. 36/2023"
    (nobodys,) = citations.find(cited)
    assert (nobodys.act, nobodys.article, nobodys.urn, nobodys.certain) == ("", "50", "", False)


def test_words_that_point_back_find_what_was_cited():
    text = (
        "Visto l'art. 17, comma 2, del d.lgs. 36/2023 e l'art. 3 della l. 136/2010; il comma 5 del "
        "medesimo articolo e l'art. 18 del citato decreto."
    )
    assert named(text)[2:] == [("l. 136/2010", "3", "5", ""), ("d.lgs. 36/2023", "18", "", "")]
    assert named("il comma 5 del medesimo articolo e l'art. 18 del citato decreto") == []


def test_places_and_addresses():
    text = "Si applica l'art. 17-bis del d.lgs. 31 marzo 2023, n. 36."
    (one,) = citations.find(text)
    assert text[one.start : one.end] == one.text == "art. 17-bis del d.lgs. 31 marzo 2023, n. 36"
    assert one.urn == f"{CODE}~art17bis"
    assert one.url == f"https://www.normattiva.it/uri-res/N2Ls?{CODE}~art17bis"
    (gdpr,) = citations.find("art. 6 GDPR")
    assert gdpr.urn == "http://data.europa.eu/eli/reg/2016/679/oj"
    assert gdpr.url.startswith("https://eur-lex.europa.eu/eli/reg/2016/679/oj")


def test_an_act_without_its_day_is_not_certain():
    (known,) = citations.find("l. 241/1990")
    (unknown,) = citations.find("l. 999/1971")
    assert known.certain
    assert not unknown.certain
    assert unknown.urn == "urn:nir:stato:legge:1971;999"


@pytest.mark.parametrize(
    "unit",
    [
        "art. 1, ",
        "comma 1, lett. a) e b), ",
        "medesimo articolo ",
        "di seguito , , ",
        "decreto del Ministro delle infrastrutture e dei trasporti ",
        "d.lgs. 36/2023 del Codice ",
        "a" * 50 + " ",
        "All. II.14 art. 3 ",
        "1/2/3 ",
    ],
)
def test_twice_the_text_takes_about_twice_the_time(unit):
    def seconds(length):
        text = unit * (length // len(unit))
        begun = time.process_time()
        citations.find(text)
        return time.process_time() - begun

    short, long = seconds(100_000), seconds(400_000)
    assert long < 12 * max(short, 0.01)
