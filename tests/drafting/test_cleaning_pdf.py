"""A clean PDF: the value is in no text, no stream, no old revision; a black box stands there."""

import io

import pikepdf
import pypdfium2
import pytest

from casa.drafting.cleaning import Decision, clean
from casa.drafting.cleaning.pdf.checking import pdf_leaks
from tests.drafting.cleaned import (
    CODE,
    MAIL,
    dropped,
    iban,
    read_back,
)
from tests.drafting.cleaned import (
    simple_pdf as simple,
)
from tests.drafting.cleaned import (
    texts_of_pdf as texts,
)
from tests.drafting.makers_pdf import Pdf

IBAN = iban()
SECRET = "parola segreta"
ALL = (MAIL, CODE, IBAN, SECRET)


@pytest.fixture
def planted(tmp_path):
    """Page 1 clean, page 2 with values; and all that a PDF can carry beside its pages."""
    path = simple(
        tmp_path / "0.pdf", f"Scrivere a {MAIL} entro il termine.", f"C.F. {CODE[:6]}", CODE[6:]
    )
    with pikepdf.open(path) as pdf:
        pdf.docinfo["/Author"] = SECRET
        with pdf.open_metadata() as said:
            said["dc:creator"] = [SECRET]
        pdf.attachments["a.txt"] = SECRET.encode()
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"Scrivi a {MAIL}", 1))
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{SECRET}')")
        )
        _annotate(pdf)
        pdf.save(tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


def _annotate(pdf):
    first, second = pdf.pages
    first.obj.Thumb = pdf.make_stream(SECRET.encode())
    first.obj.PieceInfo = pikepdf.Dictionary(X=pikepdf.String(SECRET))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text,
                              Rect=[0, 0, 10, 10], Contents=pikepdf.String(SECRET))  # fmt: skip
    inside = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link,
                                Rect=[0, 0, 10, 10], Dest=[second.obj, pikepdf.Name.Fit])  # fmt: skip
    web = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://prova.example")))  # fmt: skip
    first.obj.Annots = pdf.make_indirect(
        pikepdf.Array([pdf.make_indirect(one) for one in (note, inside, web)])
    )


def test_values_are_gone_from_text_streams_and_strings(planted):
    assert set(pdf_leaks(planted.read_bytes(), ALL)) == {MAIL, CODE, SECRET}
    made = clean(planted)
    assert set(made.removed) == {MAIL, CODE}
    assert pdf_leaks(made.data, ALL) == []
    for value in ALL:
        assert value.encode() not in made.data


def test_the_page_without_values_stays_text_and_the_other_keeps_its_words(planted, tmp_path):
    made = clean(planted)
    first, second = texts(made.data)
    assert "Pagina 1 del disciplinare." in first
    assert "Pagina 2 del disciplinare." in second.replace("  ", " ")
    assert "[omissis]" in second
    assert "termine." in second
    draft = read_back(made, tmp_path)
    assert "Scrivere a [omissis] entro il termine." in draft.text
    assert [(one.code, one.detail) for one in made.warnings] == [("pages-as-pictures", "pagina 2")]
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert "/Im0" not in pdf.pages[0].obj.Resources.get("/XObject", {})
        assert str(pdf.pages[0].obj.Annots[0].A.URI) == "https://prova.example"
        assert len(pdf.pages[0].obj.Annots) == 1
        assert "/Info" not in pdf.trailer
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}


def test_what_went_is_told(planted):
    went = dropped(clean(planted))
    wanted = ("attachments", "bookmarks", "macros", "annotations", "thumbnails", "links")
    assert {code: went[code] for code in wanted} == dict.fromkeys(wanted, 1)
    assert went["properties"] == 2


def test_a_value_broken_by_a_page_goes_from_both(tmp_path):
    pdf = Pdf()
    pdf.add_page()
    pdf.text("Il contratto dura due anni.", x=70, y=750)
    pdf.text("Lo ha detto Prova", x=70, y=100)
    pdf.text("pagina 1", x=70, y=30)
    pdf.add_page()
    pdf.text("Comune di Esempio", x=70, y=810)
    pdf.text("Inventata in seduta.", x=70, y=750)
    made = clean(pdf.save(tmp_path / "a.pdf"), decisions=[Decision("Prova Inventata", "remove")])
    assert [(one.value, one.count) for one in made.redactions] == [("Prova Inventata", 1)]
    first, second = texts(made.data)
    assert "Prova" not in first
    assert "Inventata" not in second
    assert "pagina 1" in first
    assert "Comune di Esempio" in second


def test_a_value_seen_as_one_is_found_whatever_the_order_of_its_letters(tmp_path):
    pdf = Pdf()
    pdf.add_page()
    pdf.text("Inventata in seduta", x=140, y=700)
    pdf.text("Un'altra riga del verbale.", x=70, y=650)
    pdf.text("Nome: Prova", x=70, y=700)
    made = clean(pdf.save(tmp_path / "a.pdf"), decisions=[Decision("Prova Inventata", "remove")])
    assert [(one.value, one.count) for one in made.redactions] == [("Prova Inventata", 1)]
    assert "Inventata" not in texts(made.data)[0]
    assert "in seduta" in texts(made.data)[0]


def test_the_box_stands_where_the_value_was(tmp_path):
    made = clean(simple(tmp_path / "a.pdf", f"{MAIL} e altro", pages=1))
    picture = pypdfium2.PdfDocument(made.data)[0].render(scale=1).to_pil().convert("L")
    assert picture.getpixel((110, 842 - 704)) < 30
    assert picture.crop((300, 100, 500, 300)).getextrema()[0] > 200
    assert picture.crop((60, 80, 300, 95)).getextrema()[0] < 200  # the title is still drawn


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_covered_too(tmp_path, turned):
    path = simple(tmp_path / "0.pdf", f"{MAIL} e altro", pages=1)
    with pikepdf.open(path) as pdf:
        pdf.pages[0].obj.Rotate = turned
        pdf.save(tmp_path / "a.pdf")
    made = clean(tmp_path / "a.pdf")
    assert pdf_leaks(made.data, ALL) == []
    before = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].render(scale=1).to_pil().convert("L")
    after = pypdfium2.PdfDocument(made.data)[0].render(scale=1).to_pil().convert("L")
    assert abs(before.width - after.width) <= 1
    dark = after.point(lambda grey: 255 if grey < 60 else 0).getbbox()
    where = before.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert all(abs(one - other) < 12 for one, other in zip(dark, where, strict=True))
    black = sum(1 for grey in after.get_flattened_data() if grey < 30)
    assert black > 900
