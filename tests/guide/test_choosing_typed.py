"""What somebody typed becomes a need; what cannot be understood is said in one sentence."""

from datetime import date
from decimal import Decimal

import pytest

from casa.guide.choosing import BadNeed, advise
from casa.guide.choosing.printing import lines
from casa.guide.choosing.typed import lots_of, need_of
from tests.guide.asking import LAW, TODAY


def typed(**words):
    return need_of({"kind": "services", "amount": "120.000,00", **words}, today=TODAY)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("60000,240000", ["60000", "240000"]),
        ("60000.50,2400", ["60000.50", "2400"]),
        ("60.000,00; 240.000,00 €", ["60000", "240000"]),
        ("60.000,00\n240.000 euro\n", ["60000", "240000"]),
        ("60000, 240000", ["60000", "240000"]),
        ("60.000,50", ["60000.50"]),
        ("", []),
    ],
)
def test_lots_are_read_as_people_write_them(text, amounts):
    assert lots_of(text) == tuple(Decimal(amount) for amount in amounts)


def test_options_and_renewals_are_counted_on_top():
    need = typed(renewals="120.000", options="1,50", cpv="55523100-8", on="1/12/2026")
    assert need.amount == Decimal("240001.50")
    assert (need.cpv, need.on) == ("55523100-8", date(2026, 12, 1))
    assert typed().on == TODAY
    assert typed(qualification="SF3").qualification == "sf3"


def test_lots_alone_say_the_amount():
    assert typed(amount="", lots="60000,240000").amount == Decimal(300000)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"amount": ""}, "Scrivi l'importo"),
        ({"amount": "tanto"}, "L'importo: «tanto» non è un importo"),
        ({"renewals": "due"}, "I rinnovi: «due»"),
        ({"lots": "60000;molto"}, "Un lotto: «molto»"),
        ({"on": "31/02/2026"}, "Il giorno: «31/02/2026» non è una data"),
        ({"kind": ""}, "Di' se sono lavori"),
        ({"cpv": "mensa"}, "otto cifre"),
        ({"lots": "1;2"}, "correggi uno dei due"),
    ],
)
def test_what_cannot_be_understood_is_said(words, complaint):
    with pytest.raises(BadNeed, match=complaint):
        typed(**words)


def test_the_answer_in_lines_begins_with_what_was_asked():
    need = typed(cpv="55523100")
    printed = list(lines(need, advise(need, LAW)))
    assert printed[0] == ("Per servizi da 120.000,00 euro, con bando o inviti del 1 novembre 2026:")
    assert printed[2] == "Quale procedura: Affidamento diretto."
    assert "Chi la fa: L'ente fa da solo." in printed
    assert any(line.endswith("(da verificare)") for line in printed)
    assert "Che cosa non so:" not in printed


def test_where_nothing_is_known_the_lines_say_so():
    need = typed(on="2023-06-30")
    printed = "\n".join(lines(need, advise(need, LAW)))
    assert "Quale procedura: non so." in printed
    assert "prima del 1 luglio 2023" in printed
    assert "Perché non le altre" not in printed
