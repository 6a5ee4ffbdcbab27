"""A clean XLSX: nothing of hidden sheets, rows and columns, of strings nobody sees, of the writer."""

import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from casa.drafting import Unreadable
from casa.drafting.cleaning import Decision, clean, leaks
from tests.drafting.cleaned import CODE, MAIL, dropped, iban, parts, read_back
from tests.drafting.helped import convert, with_office

IBAN = iban()
SECRETS = (
    "FOGLIOSEGRETO",
    "RIGASEGRETA",
    "COLONNASEGRETA",
    "Autore Inventato",
    "C:\\Utenti\\prova",
)


@pytest.fixture
def planted(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Elenco"
    sheet["A1"], sheet["B1"], sheet["C1"] = "Referente", "COLONNASEGRETA", "Importo"
    sheet["A2"], sheet["C2"] = f"Posta {MAIL}, IBAN {IBAN} del sig. Prova", 12
    sheet["A3"] = "RIGASEGRETA"
    sheet["A4"], sheet["C4"] = f"C.F. {CODE}", "=C2+Segreto!A2"
    sheet["A5"], sheet["C5"] = 3331234567, '=HYPERLINK("https://prova.example","vai")'
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A2"].comment = Comment(f"Chiedi a {MAIL}", "Autore Inventato")
    sheet["A6"].hyperlink = f"mailto:{MAIL}"
    sheet.oddHeader.center.text = f"Elenco di {MAIL}"
    secret = book.create_sheet("Segreto")
    secret["A1"], secret["A2"] = "FOGLIOSEGRETO", 1
    secret.sheet_state = "veryHidden"
    book.create_sheet("Altro")["A1"] = "Resta"
    book.defined_names["lista"] = DefinedName("lista", attr_text="Segreto!$A$1")
    book.defined_names["fuori"] = DefinedName("fuori", attr_text="'[1]Dati'!$A$1")
    book.defined_names["buono"] = DefinedName("buono", attr_text="Altro!$A$1")
    book.properties.creator = "Autore Inventato"
    book.save(tmp_path / "0.xlsx")
    return _with_more(tmp_path)


def _with_more(folder):
    path = folder / "a.xlsx"
    more = {
        "xl/printerSettings/printerSettings1.bin": "C:\\Utenti\\prova".encode("utf-16-le"),
        "xl/externalLinks/externalLink1.xml": "<x>C:\\Utenti\\prova</x>",
        "xl/persons/person.xml": "<x>Autore Inventato</x>",
        "customXml/item1.xml": "<x>Autore Inventato</x>",
    }
    with zipfile.ZipFile(folder / "0.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                data = data.replace(
                    b"<bookViews>", b'<fileSharing userName="Autore Inventato"/><bookViews>'
                )
            new.writestr(name, data)
        for name, said in more.items():
            new.writestr(name, said)
    return path


def test_values_and_secrets_are_gone_from_every_part(planted):
    assert set(leaks(planted.read_bytes(), (MAIL, CODE, IBAN, *SECRETS))) == {
        *(MAIL, CODE, IBAN, *SECRETS)
    }
    made = clean(planted, decisions=[Decision("3331234567", "remove")])
    assert {MAIL, CODE, IBAN} < set(made.removed)
    assert leaks(made.data, (MAIL, CODE, IBAN, "3331234567", *SECRETS, "Segreto")) == []


def test_what_went_is_told(planted):
    went = dropped(clean(planted))
    assert (went["hidden-sheets"], went["hidden-rows"], went["hidden-columns"]) == (1, 1, 1)
    assert went["comments"] == went["printer-settings"] == went["external-links"] == 1
    assert went["names"] == 2
    assert went["formulas"] == 2
    assert went["properties"] == 2
    assert "xl/sharedStrings.xml" not in parts(clean(planted).data)


def test_what_people_read_stays_in_its_place(planted, tmp_path):
    made = clean(planted)
    draft = read_back(made, tmp_path)
    assert "Referente | Importo" in draft.text
    assert "Posta [omissis], IBAN [omissis] del sig. Prova | 12" in draft.text
    assert "Resta" in draft.text
    assert (draft.comments, draft.hidden_text, draft.metadata.author) == (0, False, "")
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert book.sheetnames == ["Elenco", "Altro"]
    assert list(book.defined_names) == ["buono"]
    assert book["Elenco"]["C2"].value == 12
    assert book["Elenco"]["C1"].value == "Importo"
    assert book["Elenco"]["C4"].value is None  # openpyxl keeps no value beside a formula


def test_formulas_of_shown_cells_stay(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = 1, "=A1+1"
    book.active["A3"] = "=[1]Altro!A1"
    book.save(tmp_path / "a.xlsx")
    made = clean(tmp_path / "a.xlsx")
    sheet = parts(made.data)["xl/worksheets/sheet1.xml"]
    assert b"A1+1" in sheet
    assert b"Altro" not in sheet
    assert [one.code for one in made.warnings] == ["nothing-found"]


def test_a_file_with_macros_is_refused_with_what_to_do(planted, tmp_path):
    path = tmp_path / "m.xlsx"
    with zipfile.ZipFile(planted) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
            new.writestr(name, data)
    with pytest.raises(Unreadable, match="salvalo senza"):
        clean(path)


class TestWithLibreOffice:
    pytestmark = with_office

    def test_the_copy_opens_and_says_the_same(self, planted, tmp_path):
        path = tmp_path / "b.xlsx"
        path.write_bytes(clean(planted).data)
        xls = convert(path, "xls", suffix="xlsx")
        back = convert(xls, "xlsx", suffix="xls")
        book = openpyxl.load_workbook(back)
        assert book.sheetnames == ["Elenco", "Altro"]
        assert book["Elenco"]["A2"].value == "Posta [omissis], IBAN [omissis] del sig. Prova"
        assert book["Elenco"]["C2"].value == 12
