"""Names that strangers give to files."""

import pytest

from casa.intake.names import clean_name, with_extension


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Capitolato tecnico.docx", "Capitolato tecnico.docx"),
        ("C:\\Documenti\\gara.pdf", "gara.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\nb\t c\x00.txt", "ab c.txt"),
        ("fattura\u202efdp.exe", "fatturafdp.exe"),
        ("perche\u0301.txt", "perché.txt"),
        ("..", "senza nome"),
        ("", "senza nome"),
        ("\u200b", "senza nome"),
    ],
)
def test_a_name_is_one_visible_line_without_folders(given, kept):
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_extension():
    name = clean_name("x" * 400 + ".docx")
    assert (len(name), name[-6:]) == (255, "x.docx")
    assert len(clean_name("x." + "y" * 400)) == 255


def test_the_extension_follows_the_content():
    assert with_extension("avviso.pdf", "html") == "avviso.html"
    assert with_extension("avviso", "txt") == "avviso.txt"
    assert with_extension("n. 12 del 2026", "pdf") == "n. 12 del 2026.pdf"


def test_what_browsers_escape_in_a_name_is_read_as_it_was_meant():
    assert clean_name("capitolato %22verde%22%0D%0A.docx") == 'capitolato "verde".docx'
    assert clean_name("sconto 20%25.docx") == "sconto 20%25.docx"
