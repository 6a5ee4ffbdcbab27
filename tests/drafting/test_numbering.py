"""Automatic numbers of Word and OpenDocument, checked against what the programs show."""

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from casa.drafting import read
from casa.drafting.numerals import doubled_letter, in_words, roman, spreadsheet_letter
from tests.drafting.makers_odf import text_body, write_odf


def level(depth: int, text: str, form: str = "decimal", extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(document: Document, *levels: str, overrides: str = "", number: int = 70) -> None:
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'
        ),
    )
    add_list(document, number=number, abstract=number, overrides=overrides)


def add_list(document: Document, *, number: int, abstract: int, overrides: str = "") -> None:
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
    )


def add_item(document: Document, depth: int, *, number: int = 70, text: str = "testo") -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        )
    )


def numbers(document: Document, path: Path) -> list[str]:
    document.save(str(path))
    return [block.number for block in read(path).blocks]


def test_levels_count_within_the_level_above(tmp_path: Path):
    document = docx.Document()
    numbered(document, level(0, "%1."), level(1, "%1.%2"), level(2, "%3)", "lowerLetter"))
    for depth in (0, 1, 1, 2, 2, 0, 1, 2):
        add_item(document, depth)

    assert numbers(document, tmp_path / "a") == ["1.", "1.1", "1.2", "a)", "b)", "2.", "2.1", "a)"]


def test_a_level_may_be_told_never_to_restart(tmp_path: Path):
    document = docx.Document()
    numbered(
        document,
        level(0, "Capo %1", "upperRoman"),
        level(1, "Art. %2", extra='<w:lvlRestart w:val="0"/>'),
    )
    for depth in (0, 1, 1, 0, 1):
        add_item(document, depth)

    assert numbers(document, tmp_path / "a") == ["Capo I", "Art. 1", "Art. 2", "Capo II", "Art. 3"]


def test_lists_of_one_abstract_list_count_on_and_an_override_starts_again(tmp_path: Path):
    document = docx.Document()
    numbered(document, level(0, "%1)"))
    add_list(document, number=71, abstract=70)
    add_list(
        document,
        number=72,
        abstract=70,
        overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
    )
    for number in (70, 71, 72, 72):
        add_item(document, 0, number=number)

    assert numbers(document, tmp_path / "a") == ["1)", "2)", "1)", "2)"]


def test_an_override_may_write_the_number_in_another_way(tmp_path: Path):
    document = docx.Document()
    numbered(
        document,
        level(0, "%1."),
        overrides=f'<w:lvlOverride w:ilvl="0">{level(0, "Lotto %1 -", start=3)}</w:lvlOverride>',
    )
    add_item(document, 0)

    assert numbers(document, tmp_path / "a") == ["Lotto 3 -"]


def test_legal_numbering_shows_higher_levels_in_figures(tmp_path: Path):
    document = docx.Document()
    numbered(document, level(0, "%1", "upperRoman"), level(1, "%1.%2", extra="<w:isLgl/>"))
    for depth in (0, 0, 1):
        add_item(document, depth)

    assert numbers(document, tmp_path / "a") == ["I", "II", "2.1"]


def test_empty_paragraphs_count_and_show_nothing(tmp_path: Path):
    document = docx.Document()
    numbered(document, level(0, "%1."))
    add_item(document, 0)
    add_item(document, 0, text="")
    add_item(document, 0)

    assert numbers(document, tmp_path / "a") == ["1.", "3."]


def test_numbers_of_cells_count_with_the_others(tmp_path: Path):
    document = docx.Document()
    numbered(document, level(0, "%1."))
    add_item(document, 0)
    table = document.add_table(rows=1, cols=2)
    cell = table.rows[0].cells[0].paragraphs[0]
    cell.add_run("in tabella")
    cell._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="70"/></w:numPr>')
    )
    add_item(document, 0)
    document.save(str(tmp_path / "a"))

    blocks = read(tmp_path / "a").blocks

    assert blocks[0].number == "1."
    assert blocks[1].rows == (("2. in tabella", ""),)
    assert blocks[2].number == "3."


def test_bullets_are_bullets_whatever_their_letter(tmp_path: Path):
    document = docx.Document()
    numbered(document, level(0, "\uf0b7", "bullet"))
    add_item(document, 0)

    assert numbers(document, tmp_path / "a") == ["•"]


LISTS = """
<text:list-style style:name="L">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
  <text:list-level-style-number text:level="3" style:num-format="a" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="V">
  <text:list-level-style-number text:level="1" style:num-format="I" style:num-prefix="Capo " text:start-value="2"/>
</text:list-style>
"""


def item(text: str, inner: str = "", attributes: str = "") -> str:
    return f"<text:list-item {attributes}><text:p>{text}</text:p>{inner}</text:list-item>"


def odt_numbers(path: Path, xml: str) -> list[str]:
    return [block.number for block in read(write_odf(path, text_body(xml), styles=LISTS)).blocks]


def test_opendocument_lists_count_by_level(tmp_path: Path):
    deepest = f"<text:list>{item('x')}{item('y')}</text:list>"
    inner = f"<text:list>{item('a', deepest)}{item('b')}</text:list>"
    xml = f'<text:list text:style-name="L">{item("uno", inner)}{item("due")}</text:list>'

    assert odt_numbers(tmp_path / "a", xml) == ["1.", "1.1", "a)", "b)", "1.2", "2."]


def test_opendocument_lists_start_again_unless_they_continue(tmp_path: Path):
    xml = (
        f'<text:list xml:id="p" text:style-name="L">{item("uno")}</text:list>'
        f'<text:list text:style-name="L">{item("da capo")}</text:list>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("segue")}</text:list>'
        f'<text:list text:style-name="L" text:continue-list="p">{item("segue la prima")}</text:list>'
    )

    assert odt_numbers(tmp_path / "a", xml) == ["1.", "1.", "2.", "2."]


def test_opendocument_items_may_set_their_number(tmp_path: Path):
    seventh = item("x", attributes='text:start-value="7"')
    xml = f'<text:list text:style-name="L">{seventh}{item("y")}</text:list>'

    assert odt_numbers(tmp_path / "a", xml) == ["7.", "8."]


def test_opendocument_levels_may_start_elsewhere(tmp_path: Path):
    xml = f'<text:list text:style-name="V">{item("x")}{item("y")}</text:list>'

    assert odt_numbers(tmp_path / "a", xml) == ["Capo II", "Capo III"]


def test_only_the_first_paragraph_of_an_item_has_its_number(tmp_path: Path):
    two = "<text:list-item><text:p>uno</text:p><text:p>ancora uno</text:p></text:list-item>"
    header = "<text:list-header><text:p>testa</text:p></text:list-header>"
    xml = f'<text:list text:style-name="L">{header}{two}{item("due")}</text:list>'

    assert odt_numbers(tmp_path / "a", xml) == ["", "1.", "", "2."]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "I"), (4, "IV"), (1999, "MCMXCIX"), (0, "0"), (5000, "5000")]
)
def test_roman_figures(number: int, text: str):
    assert roman(number) == text


def test_letters_after_z_differ_between_programs():
    assert [doubled_letter(n) for n in (1, 26, 27, 29, 0, 10**9)] == [
        "a",
        "z",
        "aa",
        "cc",
        "0",
        str(10**9),
    ]
    assert [spreadsheet_letter(n) for n in (1, 26, 27, 29)] == ["a", "z", "aa", "ac"]


def test_small_numbers_in_words():
    assert in_words(3, ordinal=True) == "terzo"
    assert in_words(12, ordinal=False) == "dodici"
    assert in_words(13, ordinal=True) == "13"
