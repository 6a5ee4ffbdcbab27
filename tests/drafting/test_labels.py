import pytest

from casa.drafting.labels import mark_of, split_bare_number, split_number

OPENING = {
    "Art. 7 – Requisiti": ("Art. 7 –", "Requisiti", "Art. 7"),
    "ART. 7": ("ART. 7", "", "Art. 7"),
    "Articolo 7 bis Requisiti": ("Articolo 7 bis", "Requisiti", "Art. 7-bis"),
    "Art. 10-ter. Controlli": ("Art. 10-ter.", "Controlli", "Art. 10-ter"),
    "Articolo 3 (Oggetto)": ("Articolo 3", "(Oggetto)", "Art. 3"),
    "ART. 3) DURATA": ("ART. 3)", "DURATA", "Art. 3"),
    "Art.12 Penali": ("Art.12", "Penali", "Art. 12"),
    "ART. 5 – DELLA GARA": ("ART. 5 –", "DELLA GARA", "Art. 5"),
    "Art. 5 - modalità di pagamento": ("Art. 5 -", "modalità di pagamento", "Art. 5"),
    "Art. 5 – Punto di consegna": ("Art. 5 –", "Punto di consegna", "Art. 5"),
    "Art. 6 - Lettera di invito": ("Art. 6 -", "Lettera di invito", "Art. 6"),
    "TITOLO II – DISPOSIZIONI": ("TITOLO II –", "DISPOSIZIONI", "Titolo II"),
    "Capo I": ("Capo I", "", "Capo I"),
    "ALLEGATO A - Dichiarazione": ("ALLEGATO A -", "Dichiarazione", "Allegato A"),
    "Lotto n. 3: Roma": ("Lotto n. 3:", "Roma", "Lotto 3"),
    "7. OGGETTO": ("7.", "OGGETTO", "7"),
    "7.2 Requisiti": ("7.2", "Requisiti", "7.2"),
    "1.Oggetto": ("1.", "Oggetto", "1"),
    "II.1) DESCRIZIONE": ("II.1)", "DESCRIZIONE", "II.1"),
    "IV.2 CRITERIO": ("IV.2", "CRITERIO", "IV.2"),
    "V.1.6): Organo": ("V.1.6):", "Organo", "V.1.6"),
    "2-bis. Il comma": ("2-bis.", "Il comma", "2-bis"),
    "c. 2 Il contratto": ("c. 2", "Il contratto", "2"),
    "a) testo": ("a)", "testo", "a)"),
    "iv) testo": ("iv)", "testo", "iv)"),
    "I. Uno": ("I.", "Uno", "I."),
    "- trattino": ("-", "trattino", "-"),
}
CITING = [
    "Art. 94 del Codice",
    "Art. 94, comma 1",
    "ART. 80 COMMA 5",
    "Art. 80 - comma 5",
    "ART. 80 – COMMA 5",
    "Art. 1456 c.c.",
    "Art. 13 GDPR",
    "Art. 24 dell’allegato",
    "art. 36 d.lgs. 50",
    "12.03.2024 scade il termine",
    "1.000 euro",
    "10.30 del giorno",
    "2.5 milioni",
    "L. 241/1990 recante norme",
    "C. Rossi",
    "II.14 del Codice",
    "X.Y. Rossi",
    "Allegato alla presente",
    "Parte della documentazione",
    "comma 3 dell'articolo",
    "3 giorni dopo",
    "In 3 giorni",
]


@pytest.mark.parametrize(("text", "parts"), OPENING.items())
def test_numbers_that_open_a_paragraph(text: str, parts: tuple[str, str, str]):
    number, rest = split_number(text)

    mark = mark_of(number)
    assert mark is not None
    assert (number, rest, mark.label) == parts


@pytest.mark.parametrize("text", CITING)
def test_numbers_that_only_begin_a_sentence(text: str):
    assert split_number(text) == ("", text)


def test_a_bare_number_counts_only_before_a_title():
    assert split_bare_number("7 OGGETTO") == ("7", "OGGETTO")
    assert split_bare_number("7 giorni") == ("", "7 giorni")
    assert split_number("7 OGGETTO") == ("", "7 OGGETTO")
