"""The table of norms: what a row says on a day, and what a wrong table is told."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from casa.drafting import norms
from casa.drafting.norms import BadNorms, NormTable, Verdict, read_toml, verdict

DATA = Path(__file__).parents[2] / "data" / "norms.toml"


@dataclass(frozen=True)
class Cited:
    act: str
    article: str = ""
    comma: str = ""
    letter: str = ""


@pytest.fixture(scope="module")
def table():
    return NormTable.from_toml(DATA)


def state(table, *cited, on):
    said = verdict(table, Cited(*cited), on=on)
    return said.status, said.since, said.replaced_by


IN_2022, IN_AUTUMN, IN_2024, IN_2026 = (
    date(2022, 5, 2),
    date(2023, 10, 2),
    date(2024, 5, 2),
    date(2026, 5, 4),
)
JULY, JANUARY = date(2023, 7, 1), date(2024, 1, 1)


@pytest.mark.parametrize(
    ("cited", "on", "expected"),
    [
        (("d.lgs. 50/2016", "36"), IN_2022, ("in_force", None, "")),
        (
            ("d.lgs. 50/2016", "36"),
            IN_2024,
            ("repealed", JULY, "artt. 48-55 e all. II.1 d.lgs. 36/2023"),
        ),
        (
            ("d.lgs. 50/2016", "95", "10"),
            IN_2024,
            ("repealed", JULY, "art. 108, c. 9, d.lgs. 36/2023"),
        ),
        (("d.lgs. 50/2016", "95", "2"), IN_2024, ("repealed", JULY, "art. 108 d.lgs. 36/2023")),
        (
            ("d.lgs. 50/2016", "30", "5"),
            IN_2024,
            ("repealed", JULY, "art. 11, c. 6, d.lgs. 36/2023"),
        ),
        (("d.lgs. 50/2016", "12"), IN_2024, ("repealed", JULY, "d.lgs. 36/2023")),
        (
            ("d.lgs. 50/2016", "143"),
            IN_2024,
            ("repealed", JULY, "artt. 127-131 e 173 d.lgs. 36/2023"),
        ),
        (("d.lgs. 50/2016", "29"), IN_AUTUMN, ("in_force", None, "")),
        (
            ("d.lgs. 50/2016", "29"),
            IN_2024,
            ("repealed", JANUARY, "artt. 20, 27 e 28 d.lgs. 36/2023"),
        ),
        (("d.lgs. 163/2006", "38"), IN_2022, ("repealed", date(2016, 4, 19), "d.lgs. 50/2016")),
        (("d.lgs. 163/2006", "38"), IN_2024, ("repealed", date(2016, 4, 19), "d.lgs. 36/2023")),
        (
            ("d.m. 49/2018",),
            IN_2024,
            ("superseded", JULY, "artt. 114-115 e all. II.14 d.lgs. 36/2023"),
        ),
        (("d.m. 154/2017",), IN_2024, ("repealed", JULY, "all. II.18 d.lgs. 36/2023")),
        (("d.m. 02/12/2016",), IN_AUTUMN, ("in_force", None, "")),
        (("d.m. 02/12/2016",), IN_2024, ("repealed", JANUARY, "artt. 84 e 85 d.lgs. 36/2023")),
        (("l. 190/2012", "1", "32"), IN_2024, ("repealed", JULY, "art. 28 d.lgs. 36/2023")),
        (("l. 190/2012", "1", "52"), IN_2024, ("in_force", None, "")),
        (("d.l. 76/2020", "1", "2", "a"), IN_2022, ("in_force", None, "")),
        (
            ("d.l. 76/2020", "1", "2", "a"),
            IN_2024,
            ("superseded", JULY, "art. 50 d.lgs. 36/2023"),
        ),
        (("d.l. 76/2020", "8", "1"), IN_2024, ("in_force", None, "")),
        (("d.l. 77/2021", "48"), IN_2024, ("in_force", None, "")),
        (("l.g. ANAC 4",), IN_2024, ("superseded", JULY, "artt. 48-55 e all. II.1 d.lgs. 36/2023")),
        (("d.lgs. 36/2023", "50", "1", "b"), IN_2026, ("in_force", None, "")),
        (("d.lgs. 36/2023", "18", "3"), IN_2024, ("in_force", None, "")),
        (("d.lgs. 36/2023", "18", "3"), IN_2026, ("changed", date(2024, 12, 31), "")),
        (("d.lgs. 36/2023", "all. II.14 art. 3"), IN_2024, ("in_force", None, "")),
        (("d.lgs. 36/2023", "all. II.4 art. 3", "5"), IN_2026, ("changed", date(2024, 12, 31), "")),
    ],
)
def test_a_norm_has_the_state_of_the_day(table, cited, on, expected):
    assert state(table, *cited, on=on) == expected


@pytest.mark.parametrize(
    "cited",
    [
        ("l. 136/2010", "3"),
        ("d.P.R. 445/2000", "46"),
        ("d.lgs. 267/2000", "107"),
        ("d.lgs. 267/2000", "192"),
        ("l. 241/1990", "6-bis"),
        ("l. 296/2006", "1", "450"),
        ("l. 266/2005", "1", "67"),
        ("d.m. 17/06/2016",),
        ("l. 381/1991", "5"),
        ("d.lgs. 81/2008", "26"),
        ("l. 68/1999", "17"),
        ("d.lgs. 159/2011", "67"),
        ("d.P.C.M. 24/12/2015",),
        ("l. 56/2014", "1", "88"),
    ],
)
def test_what_is_still_good_is_not_flagged(table, cited):
    assert state(table, *cited, on=IN_2026) == ("in_force", None, "")


def test_the_code_of_2016_tells_whom_it_still_binds(table):
    said = verdict(table, Cited("d.lgs. 50/2016", "80"), on=IN_2024)
    design = verdict(table, Cited("d.lgs. 50/2016", "23"), on=IN_2024)

    assert said.note.endswith("l'avviso o l'invito è anteriore al 1° luglio 2023.")
    assert design.note.endswith("l'incarico di progettazione è anteriore al 1° luglio 2023.")


def test_a_citation_without_act_is_ambiguous_whatever_its_article(table):
    assert state(table, "", "97", on=IN_2024) == ("ambiguous", None, "")


def test_what_no_row_speaks_of_is_unknown(table):
    assert verdict(table, Cited("l.r. Veneto 39/2001", "12"), on=IN_2024) == Verdict("unknown")
    assert state(table, "l. 296/2006", "1", "449", on=IN_2024) == ("unknown", None, "")


def test_a_norm_that_was_not_yet_there_is_unknown_and_says_since_when_it_is(table):
    said = verdict(table, Cited("d.lgs. 36/2023", "50"), on=IN_2022)

    assert said.status == "unknown"
    assert "01/04/2023" in said.note


def test_a_verdict_tells_whether_its_row_was_verified(table):
    whole = verdict(table, Cited("d.lgs. 50/2016"), on=IN_2024)
    article = verdict(table, Cited("d.lgs. 50/2016", "80"), on=IN_2024)

    assert (whole.to_check, article.to_check) == (False, True)


def test_only_what_was_compared_with_a_text_is_verified(table):
    for norm in table.norms:
        assert (norm.confidence == "verified") == (norm.verified_on is not None), norm.name
        assert norm.source, norm.name


GOOD = """
[[group]]
act = "l. 1/2001"
citation = "l. 2/2002"
source = "prova"
norms = [
  { status = "in_force", valid_from = 2001-01-01, valid_to = 2002-01-01 },
  { status = "repealed", valid_from = 2002-01-01 },
]
"""


def test_several_numbers_make_several_rows():
    text = GOOD.replace("status", 'articles = "3, 5-7, 10-bis", commi = "1-2", status')

    rows = {(norm.article, norm.comma) for norm in read_toml(text)}

    assert rows == {(a, c) for a in ("3", "5", "6", "7", "10-bis") for c in ("1", "2")}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("valid_to = 2002-01-01", "valid_to = 2003-01-01", "nello stesso giorno"),
        ("valid_to = 2002-01-01", 'note = "senza fine"', "nello stesso giorno"),
        ("valid_to = 2002-01-01", "valid_to = 2000-01-01", "finisce prima di cominciare"),
        ('status = "repealed"', 'status = "morta"', "non è ammesso"),
        ('status = "repealed"', 'state = "repealed"', "non è un campo"),
        ('source = "prova"', "", "manca source"),
        ('source = "prova"', "source = 3", "deve essere un testo"),
        ("valid_from = 2002-01-01", 'valid_from = "2002"', "deve essere una data"),
        ('source = "prova"', 'source = "prova"\nconfidence = "verified"', "non dice quando"),
        ("[[group]]", "[[group", "non è TOML"),
    ],
)
def test_a_wrong_table_is_refused_in_words(old, new, said):
    assert len(NormTable(read_toml(GOOD)).norms) == 2

    with pytest.raises(BadNorms, match=said):
        NormTable(read_toml(GOOD.replace(old, new)))


def test_names_are_written_as_people_read_them():
    assert norms.name_of(Cited("d.lgs. 50/2016", "95", "10")) == "art. 95, c. 10, d.lgs. 50/2016"
    assert norms.name_of(Cited("d.lgs. 36/2023", "all. II.14")) == "all. II.14, d.lgs. 36/2023"
    assert norms.name_of(Cited("l. 1/2001", "2", "", "b")) == "art. 2, lett. b), l. 1/2001"
