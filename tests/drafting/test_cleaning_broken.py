"""A value broken over paragraphs or cells is one value; what only looks like one stays."""

import docx as python_docx
import pytest

from casa.drafting.cleaning import clean, leaks
from casa.drafting.cleaning.values import blocking
from tests.drafting.cleaned import CODE, MAIL, iban, read_back

IBAN = iban()


def in_paragraphs(document, pieces):
    for piece in pieces:
        document.add_paragraph(piece)


def in_cells(document, pieces):
    cells = document.add_table(1, len(pieces)).rows[0].cells
    for cell, piece in zip(cells, pieces, strict=True):
        cell.text = piece


BROKEN = {
    "an IBAN in two": (f"Il sig. Prova, IBAN {IBAN[:12]}", f"{IBAN[12:]} intestato"),
    "an IBAN in its six boxes": (IBAN[:2], IBAN[2:4], IBAN[4], IBAN[5:10], IBAN[10:15], IBAN[15:]),
    "an IBAN letter by letter": tuple(IBAN),
    "a fiscal code in two": (f"C.F. {CODE[:6]}", f"{CODE[6:]}."),
    "a fiscal code letter by letter": tuple(CODE),
    "a mail at its sign": ("Scrivere a prova.prova@", "gmail.com entro il 3 marzo"),
    "a mail at a point": ("Scrivere a prova.prova@gmail.", "com entro il 3 marzo"),
}


@pytest.mark.parametrize("layout", [in_paragraphs, in_cells])
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_value_goes_without_being_named(tmp_path, what, layout):
    document = python_docx.Document()
    document.add_paragraph("Il pagamento avviene a trenta giorni.")
    layout(document, BROKEN[what])
    document.add_paragraph("Fine del testo.")
    document.save(tmp_path / "a.docx")
    made = clean(tmp_path / "a.docx")
    (removed,) = made.removed
    assert removed in (IBAN, CODE, MAIL)
    assert leaks(made.data, (IBAN, CODE, MAIL)) == []
    text = read_back(made, tmp_path).text
    assert "[omissis]" in text
    assert "trenta giorni" in text
    assert "Fine del testo." in text


@pytest.mark.parametrize(
    "text",
    [
        f"IBAN {IBAN[:12]}\n{IBAN[12:-1]}{int(IBAN[-1]) ^ 1}",
        f"{CODE[:6]}\n{CODE[6:15]}{'A' if CODE[15] != 'A' else 'B'}",
        "Scrivere a info@prova.example\nCom prima, le offerte.",
        "Scrivere a gare@comune.prova.example.\nentro il termine",
        "Comune di\nProva\n80\nA\n01\nH501",
        "123456\n789012\n345678\nIT\n60",
    ],
)
def test_neighbours_that_make_no_datum_stay(text):
    assert list(blocking(text)) == []


def test_the_law_has_no_broken_values():
    words = "Articolo\n{} comma\n{} lettera a)\nimporto\n{}.000 euro\nPROVVE\n{}"
    assert list(blocking("\n".join(words.format(*[n] * 4) for n in range(2000)))) == []


def test_a_short_word_that_is_named_does_not_eat_longer_ones(tmp_path):
    from casa.drafting.cleaning import Decision

    document = python_docx.Document()
    document.add_paragraph("Ada abita in contrada Nuova, lungo la strada.")
    document.save(tmp_path / "a.docx")
    made = clean(tmp_path / "a.docx", decisions=[Decision("Ada", "remove")])
    assert read_back(made, tmp_path).text == "[omissis] abita in contrada Nuova, lungo la strada."
    assert [(one.value, one.count, one.decided) for one in made.redactions] == [("Ada", 1, True)]
