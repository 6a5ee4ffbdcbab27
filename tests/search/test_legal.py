"""Legal references: many spellings, one word."""

import pytest

from casa.registry.actor import ANONYMOUS
from casa.search.legal import references_in, tokens_in
from casa.search.queries import find
from casa.search.query import Cited, parse
from tests.search.makers import card

CODE = "dlgs-36-2023"

SPELLINGS = [
    ("dlgs 36/2023", CODE),
    ("d.lgs. 36/2023", CODE),
    ("D.Lgs. n. 36/2023", CODE),
    ("d.lgs. n. 36 del 2023", CODE),
    ("D. Lgs. n.36/2023", CODE),
    ("D.LGS. N. 36/2023", CODE),
    ("d.lgs 36/23", CODE),
    ("d.l.vo 36/2023", CODE),
    ("dlgs 36 2023", CODE),
    ("d.lgs. 31 marzo 2023, n. 36", CODE),
    ("D.Lgs. 31/03/2023 n. 36", CODE),
    ("d.lgs. 31.3.2023, n. 36", CODE),
    ("decreto legislativo 36/2023", CODE),
    ("decreto legislativo 31 marzo 2023, n. 36", CODE),
    ("Decreto Legislativo n. 36 del 31 marzo 2023", CODE),
    ("decreto legislativo del 31 marzo 2023 n° 36", CODE),
    ("legge 7 agosto 1990, n. 241", "l-241-1990"),
    ("L. 241/1990", "l-241-1990"),
    ("l.241/90", "l-241-1990"),
    ("legge n. 241 del 1990", "l-241-1990"),
    ("DPR 445/2000", "dpr-445-2000"),
    ("D.P.R. 28 dicembre 2000, n. 445", "dpr-445-2000"),
    ("dl 77/2021", "dl-77-2021"),
    ("decreto-legge 31 maggio 2021, n. 77", "dl-77-2021"),
    ("decreto legge n. 77/2021", "dl-77-2021"),
    ("D.M. 49/2018", "dm-49-2018"),
    ("DPCM 187/1991", "dpcm-187-1991"),
    ("L.R. 12/2005", "lr-12-2005"),
    ("direttiva 2014/24/UE", "dir-24-2014"),
    ("regolamento (UE) 2016/679", "reg-679-2016"),
    ("reg. UE n. 679 del 2016", "reg-679-2016"),
    ("art 50 dlgs 36/2023", f"art-50@{CODE}"),
    ("art. 50 del d.lgs. n. 36/2023", f"art-50@{CODE}"),
    ("articolo 50 del decreto legislativo 31 marzo 2023, n. 36", f"art-50@{CODE}"),
    ("Art.50, D.Lgs. 36/2023", f"art-50@{CODE}"),
    ("d.lgs. 36/2023, art. 50", f"art-50@{CODE}"),
    ("l’articolo 50 di cui al d.lgs. 36/2023", f"art-50@{CODE}"),
    ("art. 49-bis del d.lgs. 36/2023", f"art-49-bis@{CODE}"),
    ("art. 50, comma 1, lettera b), del d.lgs. 36/2023", f"art-50-c-1-l-b@{CODE}"),
    ("art. 50 c. 1 lett. b) d.lgs. 36/2023", f"art-50-c-1-l-b@{CODE}"),
    ("ART. 50. CO 1 LETT. B) DEL D.LGS. N. 36/2023", f"art-50-c-1-l-b@{CODE}"),
    ("comma 1, lettera b), dell'articolo 50 del d.lgs. 36/23", f"art-50-c-1-l-b@{CODE}"),
    ("lett. b), comma 1, dell’art. 50 d.lgs. 36/2023", f"art-50-c-1-l-b@{CODE}"),
    ("art. 50 c. 1 lett. b)", "art-50-c-1-l-b"),
    ("art.108 co.2", "art-108-c-2"),
    ("articolo 107, comma 3", "art-107-c-3"),
    ("art. 107 TUEL", "art-107@dlgs-267-2000"),
]


@pytest.mark.parametrize(("spelling", "token"), SPELLINGS)
def test_every_spelling_is_one_word(spelling, token):
    (reference,) = references_in(f"Visto {spelling}; premesso")
    assert reference.tokens[0] == token
    assert token in tokens_in(spelling)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "36/2023",
        "lotto 5/2023",
        "l'impresa 3/2020",
        "CIG 9105052E97",
        "articolo di giornale",
        "parte 3",
        "al d 36/2023 x" * 0,
        "comma 2",
        "artigiani 12",
        "il tuel",
    ],
)
def test_what_is_no_reference_gives_no_word(text):
    assert tokens_in(text) == set()


def test_a_list_of_articles_gives_each():
    tokens = tokens_in("artt. 94, 95 e 98 del d.lgs. 36/2023")
    assert {f"art-{number}@{CODE}" for number in (94, 95, 98)} <= tokens
    assert {CODE, "art-94"} <= tokens


def test_two_references_keep_their_own_acts():
    first, second = references_in("art. 50 d.lgs. 36/2023 e art. 3 della legge 241/1990")
    assert (first.tokens, second.tokens) == ((f"art-50@{CODE}",), ("art-3@l-241-1990",))


def test_a_query_keeps_its_other_words_and_its_quotes():
    cited, word = parse("art. 50 d.lgs. 36/2023 rotazione").nodes
    assert isinstance(cited, Cited)
    assert word.text == "rotazione"
    assert not any(isinstance(node, Cited) for node in parse('"art. 50 d.lgs. 36/2023"').nodes)


@pytest.mark.parametrize(
    "typed",
    [
        "art 50 dlgs 36/2023",
        "articolo 50 del decreto legislativo 31 marzo 2023, n. 36",
        "d.lgs. n. 36 del 2023 art. 50",
    ],
)
def test_any_spelling_finds_any_spelling(index, typed):
    card(
        key="a",
        title="Affidamento",
        text="ai sensi dell'art. 50, comma 1, lett. b), D.Lgs. 36/2023",
    )
    card(
        key="b",
        title="Determina",
        text="visto l’articolo 50 del decreto legislativo 31 marzo 2023, n. 36",
    )
    card(key="c", title="Altro articolo", text="visto l'art. 5 del d.lgs. 36/2023")
    card(key="d", title="Altro atto", text="visto l'art. 50 del d.lgs. 50/2016")
    index()
    assert {hit.key for hit in find(ANONYMOUS, words=typed).hits} == {"a", "b"}


def test_the_letter_asked_for_stands_first(index):
    card(key="a", title="Uno", text="art. 50, comma 1, lett. a), del d.lgs. 36/2023")
    card(key="b", title="Due", text="art. 50, comma 1, lett. b), del d.lgs. 36/2023")
    index()
    found = find(ANONYMOUS, words="art. 50 c. 1 lett. b) dlgs 36/2023")
    assert [hit.key for hit in found.hits] == ["b", "a"]
