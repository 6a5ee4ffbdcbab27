"""Names nobody sees (bookmarks, styles, ranges, sheets, pictures) with a person's name in them."""

import re
import zipfile
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.styles import NamedStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from casa.drafting.cleaning import Decision, clean
from tests.drafting.cleaned import parts, read_back
from tests.drafting.makers_odf import ODS_TYPE, write_odf
from tests.drafting.makers_word import PICTURE

GONE = [Decision("Otello Fantocci", "remove")]
JOINED = re.compile(r"otello(?:_20_|%20|[\W_])*fantocci", re.IGNORECASE)
STYLES = (
    '<style:style style:name="Otello_20_Fantocci" style:display-name="Otello Fantocci"'
    ' style:family="paragraph"/>'
    '<style:style style:name="Altro" style:family="paragraph"'
    ' style:parent-style-name="Otello_20_Fantocci"/>'
)
TEXT = """<office:text><text:p text:style-name="Otello_20_Fantocci">Firma <text:bookmark-start
 text:name="Otello_Fantocci"/>Otello Fantocci<text:bookmark-end text:name="Otello_Fantocci"/>, come
 sopra.</text:p><text:p>Vedi <text:bookmark-ref text:ref-name="Otello_Fantocci">sopra</text:bookmark-ref>
 e <text:a xlink:href="#Otello_Fantocci">qui</text:a>, e la firma-otello.fantocci.</text:p><text:p><draw:frame
 draw:name="foto_Otello-Fantocci"><draw:image xlink:href="Pictures/Otello_Fantocci.png"/></draw:frame>
</text:p></office:text>"""
SHEETS = """<office:spreadsheet><table:table table:name="Otello Fantocci"><table:table-row>
<table:table-cell office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="2"
 table:formula="of:=SUM(Otello_Fantocci)+[$'Otello Fantocci'.A1]"><text:p>4</text:p></table:table-cell>
</table:table-row></table:table><table:named-expressions><table:named-range table:name="Otello_Fantocci"
 table:cell-range-address="$'Otello Fantocci'.$A$1"/></table:named-expressions></office:spreadsheet>"""


def said_anywhere(data):
    """Every part that still says the name, as it stands or undone, in its name or in its bytes."""
    return [
        name
        for name, part in parts(data).items()
        if JOINED.search(name)
        or JOINED.search(unquote(part.decode("utf-8", "replace")))
        or JOINED.search(re.sub(r"<[^>]*>", "", part.decode("utf-8", "replace")))
        or JOINED.search(part.decode("utf-16-le", "replace"))
    ]


@pytest.fixture
def text(tmp_path):
    path = write_odf(tmp_path / "a.odt", TEXT, styles=STYLES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Pictures/Otello_Fantocci.png", PICTURE)
    return path


def test_an_odt_says_the_name_in_no_part_and_its_references_hold(text, tmp_path):
    assert len(said_anywhere(text.read_bytes())) == 3
    made = clean(text, decisions=GONE)
    assert said_anywhere(made.data) == []
    content = parts(made.data)["content.xml"].decode()
    (mark,) = re.findall(r'bookmark-start text:name="(\w+)"', content)
    for reference in (f'bookmark-end text:name="{mark}"', f'ref-name="{mark}"', f'href="#{mark}"'):
        assert reference in content
    (style,) = re.findall(r'<text:p text:style-name="(\w+)"', content)
    styles = parts(made.data)["styles.xml"].decode()
    assert f'style:name="{style}"' in styles
    assert f'parent-style-name="{style}"' in styles
    (picture,) = re.findall(r'xlink:href="(Pictures/\w+\.png)"', content)
    assert picture in parts(made.data)
    assert "[omissis], come" in " ".join(read_back(made, tmp_path).text.split())


def test_names_of_other_people_stay(text):
    made = clean(text, decisions=[Decision("Otello Fantocciari", "remove")])
    assert 'text:name="Otello_Fantocci"' in parts(made.data)["content.xml"].decode()


def test_an_ods_says_the_name_in_no_part_and_its_formulas_hold(tmp_path):
    made = clean(write_odf(tmp_path / "a.ods", SHEETS, kind=ODS_TYPE), decisions=GONE)
    assert said_anywhere(made.data) == []
    content = parts(made.data)["content.xml"].decode()
    (sheet,) = re.findall(r'<table:table table:name="(\w+)"', content)
    (named,) = re.findall(r'<table:named-range table:name="(\w+)"', content)
    assert f"of:=SUM({named})+[$'{sheet}'.A1]" in content
    assert f"\"$'{sheet}'.$A$1\"" in content


def test_an_xlsx_says_the_name_in_no_part_and_its_formulas_hold(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Otello Fantocci"
    sheet["A1"], sheet["A2"], sheet["A3"] = "Totale", 2, 3
    sheet["B2"] = "=SUM(Otello_Fantocci)+'Otello Fantocci'!A2"
    sheet["B3"] = "Pratica_Otello_Fantocci"
    sheet["A2"].style = NamedStyle("Stile_Otello_Fantocci")
    sheet.add_table(Table(displayName="Elenco_Otello_Fantocci", ref="A1:A3"))
    name = DefinedName("Otello_Fantocci", attr_text="'Otello Fantocci'!$A$2:$A$3")
    book.defined_names["Otello_Fantocci"] = name
    book.save(tmp_path / "a.xlsx")
    assert len(said_anywhere((tmp_path / "a.xlsx").read_bytes())) >= 4

    made = clean(tmp_path / "a.xlsx", decisions=GONE)

    assert said_anywhere(made.data) == []
    (tmp_path / "b.xlsx").write_bytes(made.data)
    copy = openpyxl.load_workbook(tmp_path / "b.xlsx")
    (name,), (title,) = copy.defined_names, copy.sheetnames
    assert copy[title]["B2"].value == f"=SUM({name})+'{title}'!A2"
    assert copy.defined_names[name].attr_text == f"'{title}'!$A$2:$A$3"
    assert copy[title]["B3"].value == "Pratica_[omissis]"
    assert len(copy[title].tables) == 1


def test_an_apostrophe_in_a_sheets_name_is_followed_into_formulas(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "D'Inventa Otello"
    book.create_sheet("nome_1")["A1"] = "='D''Inventa Otello'!B2"
    book.save(tmp_path / "a.xlsx")

    made = clean(tmp_path / "a.xlsx", decisions=[Decision("D'Inventa Otello", "remove")])

    (tmp_path / "b.xlsx").write_bytes(made.data)
    copy = openpyxl.load_workbook(tmp_path / "b.xlsx")
    first, other = copy.sheetnames
    assert (other, first != other) == ("nome_1", True)
    assert copy[other]["A1"].value in (f"='{first}'!B2", f"={first}!B2")
    assert not [name for name, part in parts(made.data).items() if b"Inventa" in part]
