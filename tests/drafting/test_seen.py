"""What is seen beside the words: links to elsewhere, hidden sheets and cells, pictures of signatures."""

import zipfile

import docx as python_docx
import openpyxl
import pytest
from docx.shared import Cm
from PIL import Image

from casa.drafting import read
from casa.drafting.seen import seen
from tests.drafting.makers_odf import ODS_TYPE, text_body, write_odf


def codes(path):
    return {one.code: one.severity for one in seen(read(path))}


def with_relation(source, target, *, kind, to):
    relation = (
        f'<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{to}" TargetMode="External"/></Relationships>'
    )
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", relation.encode())
            new.writestr(name, data)
    return target


@pytest.fixture
def document(tmp_path):
    made = python_docx.Document()
    made.add_paragraph("Testo")
    made.save(tmp_path / "a.docx")
    return tmp_path / "a.docx"


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        ("image", "https://prova.example/x.png"),
        ("attachedTemplate", "file:///C:/Utenti/prova/modello.dotx"),
        ("oleObject", "file:///C:/Utenti/prova/dati.xlsx"),
    ],
)
def test_what_a_docx_opens_from_elsewhere_is_a_warning(document, tmp_path, kind, to):
    path = with_relation(document, tmp_path / "b.docx", kind=kind, to=to)
    assert codes(path) == {"external-links": "warning"}


def test_a_plain_link_is_none(document, tmp_path):
    path = with_relation(
        document, tmp_path / "b.docx", kind="hyperlink", to="https://prova.example"
    )
    assert codes(path) == {}


def test_what_an_odt_and_a_page_open_from_elsewhere(tmp_path):
    linked = '<text:p>x<draw:frame><draw:image xlink:href="https://prova.example/x.png"/></draw:frame></text:p>'
    plain = '<text:p><text:a xlink:href="https://prova.example">x</text:a><draw:frame><draw:image xlink:href="Pictures/x.png"/></draw:frame></text:p>'
    assert codes(write_odf(tmp_path / "a.odt", text_body(linked))) == {"external-links": "warning"}
    assert codes(write_odf(tmp_path / "b.odt", text_body(plain))) == {}
    (tmp_path / "c.html").write_text('<html><body><p>x</p><img src="https://prova.example/x.png">')
    (tmp_path / "d.html").write_text('<html><body><p>x</p><a href="https://prova.example">x</a>')
    assert codes(tmp_path / "c.html") == {"external-links": "warning"}
    assert codes(tmp_path / "d.html") == {}


def book(path, *, row=None, column=None, sheet=False):
    made = openpyxl.Workbook()
    made.active["A1"], made.active["B2"] = "uno", "due"
    other = made.create_sheet("Altro")
    other["A1"] = "tre"
    other.sheet_state = "hidden" if sheet else "visible"
    if row:
        made.active.row_dimensions[row].hidden = True
    if column:
        made.active.column_dimensions[column].hidden = True
    made.save(path)
    return path


def test_hidden_sheets_rows_and_columns_of_an_xlsx_are_told_when_they_hold_something(tmp_path):
    assert codes(book(tmp_path / "a.xlsx", sheet=True)) == {"hidden-sheets": "warning"}
    assert codes(book(tmp_path / "b.xlsx", row=2)) == {"hidden-cells": "warning"}
    assert codes(book(tmp_path / "c.xlsx", column="B")) == {"hidden-cells": "warning"}
    assert codes(book(tmp_path / "d.xlsx", row=5)) == {}
    assert codes(book(tmp_path / "e.xlsx", column="F")) == {}


def test_hidden_columns_of_an_ods_are_told_when_they_hold_something(tmp_path):
    def sheet(cell):
        return (
            '<office:spreadsheet><table:table table:name="a"><table:table-column/>'
            '<table:table-column table:visibility="collapse"/><table:table-row><table:table-cell>'
            f"<text:p>x</text:p></table:table-cell><table:table-cell>{cell}</table:table-cell>"
            "</table:table-row></table:table></office:spreadsheet>"
        )

    full = write_odf(tmp_path / "a.ods", sheet("<text:p>y</text:p>"), kind=ODS_TYPE)
    empty = write_odf(tmp_path / "b.ods", sheet(""), kind=ODS_TYPE)
    assert codes(full) == {"hidden-cells": "warning"}
    assert codes(empty) == {}


def signed_by(path, words, *, width=4.0, height=1.5, after=0):
    Image.new("RGB", (400, 150)).save(path.with_suffix(".png"))
    made = python_docx.Document()
    made.add_paragraph("Il servizio dura due anni.")
    made.add_paragraph(words)
    made.add_paragraph().add_run().add_picture(
        str(path.with_suffix(".png")), width=Cm(width), height=Cm(height)
    )
    for number in range(after):
        made.add_paragraph(f"Paragrafo {number}.")
    made.save(path)
    return path


@pytest.mark.parametrize(
    "words", ["Il Responsabile del Settore", "Firma", "F.to il Sindaco", "IL RUP"]
)
def test_a_small_wide_picture_below_words_of_signing_may_be_a_signature(tmp_path, words):
    assert codes(signed_by(tmp_path / "a.docx", words)) == {"signature-pictures": "warning"}


def test_other_pictures_are_none(tmp_path):
    assert codes(signed_by(tmp_path / "a.docx", "Pianta del lotto")) == {}
    assert codes(signed_by(tmp_path / "b.docx", "Firma", width=3, height=3)) == {}
    assert codes(signed_by(tmp_path / "c.docx", "Firma", width=15, height=5)) == {}
    assert codes(signed_by(tmp_path / "d.docx", "Firma", after=40)) == {}
