"""The grammar of citations, form by form; precision and recall stand in test_citations_labelled."""

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
        ("art.50,c.1,lett.b),D.Lgs.36/2023", [("d.lgs. 36/2023", "50", "1", "b")]),
        ("art 50 co 1 lett b d lgs 36/2023", [("d.lgs. 36/2023", "50", "1", "b")]),
        (
            "lett. d) del comma 3 dell'art. 108, d.lgs. 36/2023",
            [("d.lgs. 36/2023", "108", "3", "d")],
        ),
        (
            "comma 3, lettera d), dell'art. 108 d.lgs. 36/2023",
            [("d.lgs. 36/2023", "108", "3", "d")],
        ),
        (
            "art. 1, lett. a) e c-bis), L. 190/2012",
            [("l. 190/2012", "1", "", "a"), ("l. 190/2012", "1", "", "c-bis")],
        ),
        (
            "artt. 95, commi 1 e 2, e 98 del d.lgs. 36/2023",
            [
                ("d.lgs. 36/2023", *one)
                for one in (("95", "1", ""), ("95", "2", ""), ("98", "", ""))
            ],
        ),
        (
            "art. 50 (Procedure per l'affidamento) del d.lgs. 36/2023",
            [("d.lgs. 36/2023", "50", "", "")],
        ),
        (
            "D.Lgs. 18 agosto 2000 n. 267 (T.U.E.L.), art. 107, comma 3",
            [("d.lgs. 267/2000", "107", "3", "")],
        ),
        (
            "articolo 17 BIS del decreto legislativo n. 36 del\n31 marzo 2023",
            [("d.lgs. 36/2023", "17-bis", "", "")],
        ),
        ("art. 10-bis L 241/1990", [("l. 241/1990", "10-bis", "", "")]),
        ("L. R. Toscana 13.7.2007 n. 38 art. 12", [("l.r. Toscana 38/2007", "12", "", "")]),
        ("D.P.C.M. 22 agosto 2014, n. 148", [("d.P.C.M. 148/2014", "", "", "")]),
        ("art. 3 del D.M. 7 marzo 2018, n. 49", [("d.m. 49/2018", "3", "", "")]),
        (
            "direttive 2014/24/UE e 89/665/CEE",
            [("dir. 2014/24/UE", "", "", ""), ("dir. 89/665/CEE", "", "", "")],
        ),
        ("art. 13 del regolamento europeo 679/2016", [("reg. (UE) 2016/679", "13", "", "")]),
        (
            "art. 4 dell'allegato I.2 al d.lgs. 36/2023",
            [("d.lgs. 36/2023", "all. I.2 art. 4", "", "")],
        ),
        (
            "Linee guida ANAC n. 4, approvate dal Consiglio con delibera n. 1097 del 26 ottobre 2016",
            [("l.g. ANAC 4", "", "", ""), ("del. ANAC 1097/2016", "", "", "")],
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
        "regolamento comunale n. 12/2015, art. 3",
        "la direttiva n. 1/2020 del segretario",
        "delibera di Giunta n. 50 del 18 aprile 2016",
        "per i lavori, ivi compresi gli oneri, e il medesimo articolo",
        "l'art. 3 del codice etico",
        "legge 31 febbraio 2020, n. 12",
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


def test_an_article_of_the_document_itself_is_what_words_then_point_to():
    text = "Visto l'art. 17 del d.lgs. 36/2023. L'art. 7 del contratto e il comma 2 del medesimo articolo."
    assert named(text) == [("d.lgs. 36/2023", "17", "", "")]


def test_an_act_without_article_leaves_the_last_article_as_it_was():
    text = "l'art. 17 del d.lgs. 36/2023, la l. 136/2010 e il comma 2 del medesimo articolo"
    assert named(text)[2:] == [("d.lgs. 36/2023", "17", "2", "")]
    assert named(text.replace("l'art. 17 del", "il"))[2:] == []


def test_an_article_pointed_to_by_number_is_that_of_its_own_act():
    text = "l'art. 80 del d.lgs. 50/2016, l'art. 3 della l. 136/2010 e il predetto articolo 80, comma 5"
    assert named(text)[2:] == [("d.lgs. 50/2016", "80", "5", "")]
    assert named("il predetto articolo 80, comma 5") == []


@pytest.mark.parametrize(
    "definition",
    [
        "Il d.lgs. 50/2016 (Codice) dispone.",
        'Il d.lgs. 50/2016, d\'ora in poi "Codice dei contratti", dispone.',
        "«Codice»: il d.lgs. 50/2016.",
    ],
)
def test_documents_define_their_codice_in_several_ways(definition):
    assert named(f"{definition} Si applica l'art. 36 del Codice.", TODAY)[-1][:2] == (
        "d.lgs. 50/2016",
        "36",
    )


def test_another_code_that_is_defined_is_not_the_codice():
    text = (
        "d.P.R. 62/2013 (di seguito «Codice di comportamento»); art. 4 del Codice di comportamento"
    )
    assert named(text)[1:] == [("d.P.R. 62/2013", "4", "", "")]
    assert named(f"{text}; art. 50 del Codice", TODAY)[-1][0] == "d.lgs. 36/2023"


def test_nothing_is_joined_across_paragraphs():
    assert named("Art. 5\n\nLegge 7 agosto 1990, n. 241") == [("l. 241/1990", "", "", "")]
    assert named("Art. 5\nLegge 7 agosto 1990, n. 241") == [("l. 241/1990", "5", "", "")]


def test_places_point_into_the_text_as_it_was():
    text = "Visto  l'art.\u00a0\u00a03,\n  comma\t1, della  leg\u00adge   n.  136/2010  e altro."
    (one,) = citations.find(text)
    assert (one.act, one.article, one.comma) == ("l. 136/2010", "3", "1")
    assert text[one.start : one.end] == one.text
    assert text[one.start :].startswith("art.")
    assert text[: one.end].endswith("136/2010")


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
