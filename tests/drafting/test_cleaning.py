import io
import zipfile

import docx as python_docx
import pytest
from PIL import Image
from stdnum.it import codicefiscale

from casa.drafting import Unreadable, read
from casa.drafting.cleaning import Decision, clean, decided, leaks

MAIL = "prova.prova@gmail.com"


@pytest.fixture
def planted(tmp_path):
    """The value split over runs, in a table, a header, a footer, a comment, the properties."""
    document = python_docx.Document()
    paragraph = document.add_paragraph("Scrivere a ")
    for piece in ("prova.pr", "ova@gm", "ail.com"):
        paragraph.add_run(piece).bold = piece == "ova@gm"
    document.add_paragraph("Il servizio dura due anni.")
    document.add_table(1, 1).cell(0, 0).text = f"Posta: {MAIL}"
    document.sections[0].header.paragraphs[0].text = MAIL
    document.sections[0].footer.paragraphs[0].text = MAIL
    document.core_properties.author = MAIL
    path = tmp_path / "a.docx"
    document.save(path)
    return path


def test_a_planted_value_is_gone_from_every_part(tmp_path, planted):
    assert leaks(planted.read_bytes(), (MAIL,)) == [MAIL]
    made = clean(planted)
    assert made.removed == (MAIL,)
    assert leaks(made.data, (MAIL,)) == []
    names = zipfile.ZipFile(io.BytesIO(made.data)).namelist()
    assert not [name for name in names if name.startswith(("docProps", "customXml"))]
    out = tmp_path / "b.docx"
    out.write_bytes(made.data)
    text = " ".join(block.text for block in read(out).blocks)
    assert "Scrivere a [omissis]" in text
    assert "Il servizio dura due anni." in text
    python_docx.Document(str(out))


def test_a_datum_kept_with_a_reason_stays(planted):
    made = clean(planted, decisions=[Decision(MAIL, "keep", "recapito pubblico")])
    assert made.removed == ()
    assert made.kept == (MAIL,)
    assert leaks(made.data, (MAIL,)) == [MAIL]


def test_keeping_without_a_reason_is_refused():
    with pytest.raises(Unreadable):
        decided('[{"value": "x", "action": "keep"}]')


def test_a_message_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: a@prova.example\r\nTo: b@prova.example\r\nMessage-ID: <1@x>\r\n"
        b"MIME-Version: 1.0\r\nSubject: x\r\n\r\nciao"
    )
    with pytest.raises(Unreadable, match="documento nuovo"):
        clean(path)


BOX = (
    '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape alt="di MAIL"><v:textbox>'
    "<w:txbxContent><w:p><w:r><w:t>prova.</w:t></w:r><w:r><w:t>prova@gmail.com</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
HIDDEN = {
    "a text box and its description": BOX,
    "a field code": '<w:r><w:instrText>HYPERLINK "mailto:prova.pr</w:instrText></w:r>'
    '<w:r><w:instrText>ova@gmail.com"</w:instrText></w:r>',
    "a link": '<w:hyperlink w:tooltip="prova.prova%40gmail.com"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
    "a revision": '<w:ins w:id="2" w:author="MAIL"><w:r><w:t>MAIL</w:t></w:r></w:ins>'
    '<w:del w:id="1" w:author="MAIL"><w:r><w:delText>MAIL</w:delText></w:r></w:del>',
    "between tabs": "<w:r><w:t>Posta</w:t><w:tab/><w:t>MAIL</w:t><w:br/><w:t>Nato</w:t></w:r>",
}


@pytest.mark.parametrize("where", HIDDEN)
def test_a_value_is_found_where_nobody_looks(tmp_path, planted, where):
    path = tmp_path / "c.docx"
    extra = HIDDEN[where].replace("MAIL", MAIL).encode()
    with zipfile.ZipFile(planted) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body><w:p>" + extra + b"</w:p>", 1)
            new.writestr(name, data)
        new.writestr("word/comments.xml", MAIL)
        new.writestr("word/embeddings/a.bin", MAIL)
    made = clean(path)
    assert made.removed == (MAIL,)
    assert leaks(made.data, (MAIL,)) == []


INVISIBLE = "\u200b\u00ad\u200d\u2060"


@pytest.mark.parametrize("sign", list(INVISIBLE))
def test_a_value_with_an_invisible_sign_inside_goes_too(tmp_path, sign):
    stem = "PRVPRV80A01H501"
    code = stem + codicefiscale.calc_check_digit(stem)
    document = python_docx.Document()
    document.add_paragraph(f"Codice fiscale {code[:6]}{sign}{code[6:]} del referente.")
    document.save(tmp_path / "a.docx")
    cleaned = clean(tmp_path / "a.docx")
    (tmp_path / "b.docx").write_bytes(cleaned.data)
    assert code not in read(tmp_path / "b.docx").text
    assert "[omissis]" in read(tmp_path / "b.docx").text


def test_hidden_words_and_the_data_of_pictures_go(tmp_path):
    picture, exif = Image.new("RGB", (20, 20), "red"), Image.Exif()
    exif[0x013B] = "Autore Segreto"
    picture.save(tmp_path / "foto.jpg", exif=exif)
    document = python_docx.Document()
    document.add_paragraph("Visibile ").add_run("parola nascosta").font.hidden = True
    document.add_picture(str(tmp_path / "foto.jpg"))
    document.save(tmp_path / "a.docx")
    data = clean(tmp_path / "a.docx").data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"parola nascosta" not in package.read("word/document.xml")
        (name,) = [name for name in package.namelist() if name.startswith("word/media/")]
        assert b"Autore Segreto" not in package.read(name)
    assert b"Autore Segreto" in (tmp_path / "foto.jpg").read_bytes()
