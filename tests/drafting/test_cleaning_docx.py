"""What goes from a DOCX whole, and what is told of it."""

import zipfile

import docx as python_docx
import pytest
from PIL import Image

from casa.drafting.cleaning import Decision, clean
from tests.drafting.cleaned import dropped, parts, read_back

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
CHART = (
    f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{WP}"><a:graphic xmlns:a="{A}"><a:graphicData>'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:r="{R}" r:id="rId900"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    "<w:r><w:t>Resta.</w:t></w:r></w:p>"
)
COMMENTS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:comment w:id="1"/><w:comment w:id="2"/></w:comments>'
)
REVISED = (
    '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>nuovo</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="x"><w:r><w:delText>vecchio</w:delText></w:r></w:del></w:p>'
)


def relation(kind, target, *, identifier, mode=""):
    return f'<Relationship Id="{identifier}" Type="{R}/{kind}" Target="{target}"{mode}/>'


@pytest.fixture
def planted(tmp_path):
    Image.new("RGB", (20, 20)).save(tmp_path / "foto.png")
    document = python_docx.Document()
    document.add_paragraph("Testo").add_run().add_picture(str(tmp_path / "foto.png"))
    document.save(tmp_path / "0.docx")
    relations = (
        relation("chart", "charts/chart1.xml", identifier="rId900")
        + relation("comments", "comments.xml", identifier="rId901")
        + relation("attachedTemplate", "file:///C:/prova.dotx", identifier="rId902",
                   mode=' TargetMode="External"')
    )  # fmt: skip
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(tmp_path / "0.docx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", f"<w:body>{CHART}{REVISED}".encode(), 1)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", f"{relations}</Relationships>".encode())
            new.writestr(name, data)
        new.writestr("word/charts/chart1.xml", "<x>dato segreto</x>")
        new.writestr("word/comments.xml", COMMENTS)
        new.writestr("_xmlsignatures/sig1.xml", "<x/>")
        new.writestr("word/printerSettings/printerSettings1.bin", b"x")
    return path


def test_what_went_is_told(planted):
    went = dropped(clean(planted))
    assert went["tracked-changes"] == went["comments"] == 2
    assert went["charts"] == went["signatures"] == went["external-links"] == 1
    assert went["printer-settings"] == 1


def test_a_drawing_of_data_that_went_goes_and_the_words_beside_it_stay(planted, tmp_path):
    made = clean(planted)
    document = parts(made.data)["word/document.xml"]
    assert b"rId900" not in document
    assert b"c:chart" not in document
    assert document.count(b"<w:drawing") == 1
    text = read_back(made, tmp_path).text
    assert "Resta." in text
    assert "nuovo" in text
    assert "vecchio" not in text
    python_docx.Document(str(tmp_path / "copy.docx"))


def test_a_document_without_anything_says_that_nothing_was_recognised(tmp_path):
    document = python_docx.Document()
    document.add_paragraph("Testo")
    document.save(tmp_path / "a.docx")
    assert [one.code for one in clean(tmp_path / "a.docx").warnings] == ["nothing-found"]


def test_a_bookmark_called_after_a_person_gets_another_name_and_is_still_reached(tmp_path):
    document = python_docx.Document()
    document.add_paragraph("Firma Otello Fantocci, come sopra.")
    document.save(tmp_path / "0.docx")
    marks = (
        '<w:p><w:bookmarkStart w:id="1" w:name="Otello_Fantocci"/><w:bookmarkEnd w:id="1"/>'
        '<w:bookmarkStart w:id="2" w:name="Altro"/><w:bookmarkEnd w:id="2"/>'
        '<w:hyperlink w:anchor="Otello_Fantocci"><w:r><w:t>qui</w:t></w:r></w:hyperlink>'
        "<w:r><w:instrText> REF Otello_Fantocci \\h </w:instrText></w:r></w:p>"
    )
    with (
        zipfile.ZipFile(tmp_path / "0.docx") as old,
        zipfile.ZipFile(tmp_path / "1.docx", "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:sectPr", marks.encode() + b"<w:sectPr", 1)
            new.writestr(name, data)

    copy = clean(tmp_path / "1.docx", decisions=[Decision("Otello Fantocci", "remove")])

    body = parts(copy.data)["word/document.xml"].decode()
    assert "Fantocci" not in body
    assert body.count("nome_1") == 3
    assert 'w:name="Altro"' in body
