"""Amounts among words, however people spell them; what is no amount is left alone."""

from decimal import Decimal

import pytest

from casa.foundation.amounts import amounts_in


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("120.000 € di refezione scolastica", "120000", "120.000 €"),
        ("120.000 euro di refezione", "120000", "120.000 euro"),
        ("refezione, 120mila euro.", "120000", "120mila euro"),
        ("120 mila € mensa", "120000", "120 mila €"),
        ("€ 120.000,00 per la mensa", "120000", "€ 120.000,00"),
        ("EUR 1.200.000", "1200000", "EUR 1.200.000"),
        ("120000,50 Euro", "120000.50", "120000,50 Euro"),
        ("1,2 milioni di lavori", "1200000", "1,2 milioni"),
        ("1.2 mln di euro", "1200000", "1.2 mln di euro"),
        ("mezzo milione di euro", "500000", "mezzo milione di euro"),
        ("un milione e mezzo per la scuola", "1500000", "un milione e mezzo"),
        ("software 120k€", "120000", "120k€"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, value, words):
    (found,) = amounts_in(text)
    assert found.value == Decimal(value)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "art. 36 d.lgs. 36/2023", "refezione 2026-2028 per 36 mesi", "CPV 55523100-8", "10 km",
        "un servizio", "0 euro", "140.000.00 euro", "3.000 euro/mese", "20 euro al mese",
        "999999999999 euro", "1,234 euro", "60.000 euro annui per 3 anni", "2.000 € mensili",
        "5.000 euro ciascuno",
    ],
)  # fmt: skip
def test_what_is_no_amount_of_the_whole_is_left_alone(text):
    assert amounts_in(text, bare=True) == []


def test_a_bare_number_of_thousands_counts_only_where_one_asks_for_it():
    assert amounts_in("refezione 120000") == []
    assert [one.value for one in amounts_in("refezione 120000", bare=True)] == [Decimal(120000)]
    assert [one.value for one in amounts_in("60.000 € e 240.000 €")] == [60000, 240000]
