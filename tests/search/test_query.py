"""The small language of the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casa.search.italian import fold, words_of
from casa.search.query import (
    All,
    Either,
    Field,
    Near,
    Not,
    Phrase,
    Prefix,
    Within,
    Word,
    nearly,
    parse,
    words_in,
)


@pytest.mark.parametrize(
    ("typed", "nodes"),
    [
        ("", ()),
        ("refezione scolastica", (Word("refezione"), Word("scolastica"))),
        ("l'offerta dell’ente", (Word("offerta"), Word("ente"))),
        ("l' offerta", (Word("offerta"),)),
        ('"offerta tecnica"', (Phrase(("offerta", "tecnica"), slop=2),)),
        ("“offerta tecnica” mensa", (Phrase(("offerta", "tecnica"), slop=2), Word("mensa"))),
        ('"sola"', (Word("sola"),)),
        ("mensa -lavori", (Word("mensa"), Not(Word("lavori")))),
        ("mensa –lavori", (Word("mensa"), Not(Word("lavori")))),
        ("porta-a-porta", (Phrase(("porta", "a", "porta")),)),
        ("mensa OR catering nido", (Either((Word("mensa"), Word("catering"))), Word("nido"))),
        ("mensa | catering", (Either((Word("mensa"), Word("catering"))),)),
        ("mensa or catering", (Word("mensa"), Word("or"), Word("catering"))),
        ("tipo:modello", (Field("kind", "modello"),)),
        ('ente:"provincia di treviso"', (Field("body", "provincia di treviso"),)),
        ("Anno:2026", (Field("year", "2026"),)),
        ("titolo:mensa", (Within("title", Word("mensa")),)),
        ("-tipo:modello", (Not(Field("kind", "modello")),)),
        ("nota:bene", (Phrase(("nota", "bene")),)),
        ("manut*", (Prefix("manut"),)),
        ("ma*", (Word("ma"),)),
        ("36/2023", (Phrase(("36", "2023")),)),
        ("gara per la mensa", (Word("gara"), Word("mensa"))),
        ("per la", (Word("per"), Word("la"))),
        ("RUP", (Word("rup", capitals=True),)),
        ("città", (Word("citta"),)),
        ("120.000 euro", (Phrase(("120", "000")),)),
        ('"120.000 euro" mensa', (Phrase(("120", "000", "euro"), slop=2), Word("mensa"))),
        ("mensa 120000", (Word("mensa"), Word("120000"))),
        ("120.000 € di mensa", (Either((Phrase(("120", "000")), Word("mensa"))), Word("mensa"))),
        ("mensa 120mila euro", (Word("mensa"), Either((Word("120mila"), Word("mensa"))))),
        (
            "€ 1.200.000 scuola",
            (Either((Phrase(("1", "200", "000")), Word("scuola"))), Word("scuola")),
        ),
    ],
)
def test_what_is_typed_is_read_so(typed, nodes):
    assert parse(typed) == All(nodes)


@given(st.text(max_size=600))
def test_anything_typed_gives_a_tree(typed):
    tree = parse(typed)
    assert isinstance(nearly(tree), All)
    assert len(list(words_in(tree))) <= len(typed)


@given(st.text())
def test_folding_keeps_every_letter_in_its_place(text):
    assert len(fold(text)) == len(text)


def test_words_are_folded_and_lose_their_articles():
    assert words_of("Dell’Università e dell'«Ente»") == ["universita", "e", "ente"]


def test_only_long_words_may_be_near():
    assert nearly(parse("mensa nido RUP")) == All(
        (Near("mensa"), Word("nido"), Word("rup", capitals=True))
    )
