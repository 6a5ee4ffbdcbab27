"""From text to document: what each sign becomes, and what is said when one is wrong."""

import io
import zipfile

import pytest
from lxml import etree

from casa.drafting import filling, manuscript, read
from casa.drafting.manuscript import BadManuscript
from casa.drafting.manuscript.inline import Piece, cells_of, pieces
from tests.starter.makers import BODY, HEAD, changed, line_of, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def made(tmp_path, whole=None):
    path = tmp_path / "m.docx"
    path.write_bytes(manuscript.docx(manuscript.read(whole or text())))
    return path


def faults(whole: str) -> list[tuple[int, str]]:
    with pytest.raises(BadManuscript) as failure:
        manuscript.read(whole)
    return [(fault.line, fault.words) for fault in failure.value.faults]


def test_every_number_is_read_back_from_the_document(tmp_path):
    source = manuscript.read(text())
    draft = read(made(tmp_path))

    numbers = [(number.label, number.text) for number in manuscript.numbers(source)]

    assert [(block.number, block.text) for block in draft.blocks if block.number] == numbers
    labels = "1. 2. 1. | Art. 1 – 1. a) b) 2. | Art. 2 – 1. | Art. 3 – 1. a) | Art. 4 – 1. • •"
    assert " ".join(label for label, _words in numbers) == labels.replace("| ", "")


def test_what_a_condition_takes_away_is_counted_no_more(tmp_path):
    path = made(tmp_path)
    filled = tmp_path / "filled.docx"
    filled.write_bytes(filling.fill(path, {"ente": "Comune", "proroga": False, "giorni": 1}))

    draft = read(filled)

    labels = [block.number for block in draft.blocks if block.number.startswith("Art.")]
    assert labels == ["Art. 1 –", "Art. 2 –", "Art. 3 –"]
    assert "{" not in draft.text


def test_headings_have_their_levels_and_the_document_speaks_italian(tmp_path):
    path = made(tmp_path)

    draft = read(path)
    styles = part(path.read_bytes(), "word/styles.xml")

    headings = [(block.level, block.text) for block in draft.blocks if block.kind == "heading"]
    assert headings[0] == (1, "CONVENZIONE DI PROVA")
    assert (1, "Premesse") in headings
    assert (2, "Oggetto") in headings
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "it-IT"
    assert (draft.language, draft.metadata.author) == ("it", "Redazione Casa dei Comuni")
    assert draft.metadata.created == "2026-11-25T00:00:00Z"


def test_the_footer_tells_the_model_its_version_and_the_day_of_the_check(tmp_path):
    draft = read(made(tmp_path, text(version=3)))

    assert any(
        "Modello «Convenzione di prova», edizione 3, Casa dei Comuni, CC BY 4.0 – citazioni "
        "verificate il 25 novembre 2026" in words
        for words in draft.furniture
    )


def test_a_model_says_at_its_end_what_a_jurist_must_check_and_a_filled_one_does_not(tmp_path):
    path = made(tmp_path)
    filled = tmp_path / "filled.docx"
    filled.write_bytes(filling.fill(path, {"ente": "Comune", "proroga": False, "giorni": 1}))

    day, sentence = (block.text for block in read(path).blocks[-2:])

    assert "Citazioni verificate il 25 novembre 2026. Da far controllare a un giurista" in day
    assert sentence == "{# Il termine per il ricorso. #}"
    assert "giurista" not in read(filled).text


def test_a_card_has_no_notes_for_whoever_fills_it(tmp_path):
    card = changed('kind = "model"', 'kind = "practice"')
    assert "giurista" not in read(made(tmp_path, card)).text


def test_the_same_text_gives_the_same_bytes():
    assert manuscript.docx(manuscript.read(text())) == manuscript.docx(manuscript.read(text()))


def test_a_table_has_a_header_row_that_is_repeated_and_columns_that_align(tmp_path):
    body = part(made(tmp_path).read_bytes(), "word/document.xml")

    rows = body.findall(f".//{W}tr")
    styles = [cell.find(f".//{W}pStyle").get(f"{W}val") for cell in rows[1].findall(f"{W}tc")]

    assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert styles == ["Testoditabella", "Cifredellatabella"]


def test_no_paragraph_has_a_look_of_its_own(tmp_path):
    body = part(made(tmp_path).read_bytes(), "word/document.xml")

    own = {child.tag for look in body.iter(f"{W}pPr", f"{W}rPr") for child in look}

    assert own == {f"{W}pStyle", f"{W}rStyle"}


def test_lines_of_one_signature_stand_together_and_a_gap_begins_another():
    whole = changed("@firma {{ ente }}\n", "@firma {{ ente }}\n\n@firma Il Presidente\n")
    kinds = [block.kind for block in manuscript.read(whole).blocks[-4:]]
    assert kinds == ["before_signature", "signature", "signature_more", "signature"]


def test_tables_that_touch_stay_apart_and_none_ends_the_document(tmp_path):
    whole = text(body=f"{BODY}| A | B |\n\n| C | D |\n").replace('"model"', '"practice"', 1)
    body = part(made(tmp_path, whole).read_bytes(), "word/document.xml")[0]

    tags = [child.tag.removeprefix(W) for child in body]

    assert tags[-5:] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_bar_inside_a_tag_is_no_cell():
    assert cells_of('| {{ a|predefinito("x | y") }} | b \\| c | |') == [
        '{{ a|predefinito("x | y") }}',
        "b | c",
        "",
    ]


def test_bold_and_italic_are_told_apart_and_tags_are_left_alone():
    assert list(pieces("a **b *c* {{ d|x }}** e")) == [
        Piece("a "),
        Piece("b ", bold=True),
        Piece("c", bold=True, italic=True),
        Piece(" {{ d|x }}", bold=True),
        Piece(" e"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("### Durata", "### Art. 2 – Durata", "Durata", "non ha numeri scritti a mano"),
        ("1. La Provincia è", "2. La Provincia è", "La Provincia è", "sempre «1. »"),
        ("a) pubblica", "b) pubblica", "pubblica", "sempre «1. »"),
        ("**contratto**", "**contratto", "contratto", "non è chiuso"),
        ("@centrato", "@centro", "SI CONVIENE", "non è un segno conosciuto"),
        ("## Premesse", "#### Premesse", "Premesse", "non è un segno conosciuto"),
        ("| Quota fissa | 100 |", "| Quota fissa |", "Quota fissa", "1 celle e la prima ne ha 2"),
        ("## Premesse", "# Premesse", "Premesse", "un solo titolo"),
        ('kind = "model"', 'kind = "modello"', "kind =", "non è ammesso"),
        ("version = 1", 'version = "1"', "version =", "un numero intero"),
        ("version = 1", "version = 0", "version =", "la prima versione è 1"),
        ('tags = ["prova"]', 'tag = ["prova"]', "tag =", "non è una voce conosciuta"),
        ('tags = ["prova"]', 'tags = ["Prova"]', "tags =", "in minuscolo"),
        ('to_check = ["Il termine per il ricorso."]', "to_check = []", "to_check", "almeno una"),
        ("checked_on = 2026-11-25", "checked_on = 25/11/2026", "checked_on", "TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_its_line(old, new, line, words):
    whole = changed(old, new)
    assert [(at, said) for at, said in faults(whole) if words in said] == [
        (line_of(whole, line), next(said for _at, said in faults(whole) if words in said))
    ]


def test_all_that_is_wrong_is_told_at_once():
    whole = changed("1. La Provincia è", "3. La Provincia è").replace("@centrato", "@boh")
    assert len(faults(whole)) == 2


@pytest.mark.parametrize("whole", ["", "# Titolo\n", f"+++\n{HEAD}\n# Titolo"])
def test_a_text_without_its_head_is_no_manuscript(whole):
    assert "+++" in faults(whole.replace("{version}", "1"))[0][1]
