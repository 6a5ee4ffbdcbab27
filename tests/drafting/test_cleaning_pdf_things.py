"""What a PDF carries beside its words: old revisions, forms, shared things, layers, photographs."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from casa.drafting import Unreadable
from casa.drafting.cleaning import Decision, clean
from casa.drafting.cleaning.pdf.checking import pdf_leaks
from tests.drafting.cleaned import MAIL, dropped
from tests.drafting.cleaned import simple_pdf as simple
from tests.drafting.cleaned import texts_of_pdf as texts

SECRET = "parola segreta"
JPEG = io.BytesIO()
_exif = Image.Exif()
_exif[0x013B] = "Autore Inventato"
Image.new("RGB", (40, 40), "red").save(JPEG, "JPEG", exif=_exif)


def test_an_old_revision_does_not_come_along(tmp_path):
    path = simple(tmp_path / "a.pdf", "Testo di prova.", pages=1)
    old = path.read_bytes()
    added = b"\n9 0 obj\n<< /X (%s) >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 10 /Prev %d >>\n"
    place = old.rindex(b"xref\n0")
    path.write_bytes(old + added % (SECRET.encode(), place) + b"startxref\n%d\n%%%%EOF\n" % place)
    made = clean(path, decisions=[Decision(SECRET, "remove")])
    assert SECRET.encode() not in made.data
    assert dropped(made)["versions"] == 1


def test_what_a_form_shows_stays_and_what_it_holds_goes(tmp_path):
    path = simple(tmp_path / "0.pdf", "Nome:", pages=1)
    with pikepdf.open(path) as pdf:
        look = pdf.make_stream(
            b"BT /F1 11 Tf 2 4 Td (Nome visibile) Tj ET",
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 20],
            Resources=pdf.pages[0].obj.Resources,
        )  # fmt: skip
        field = pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx,
            T=pikepdf.String("nome"), V=pikepdf.String(SECRET), Rect=[110, 690, 310, 710],
            F=4, AP=pikepdf.Dictionary(N=look)))  # fmt: skip
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.pages[0].obj.Annots = pikepdf.Array([field])
        pdf.save(tmp_path / "a.pdf")
    made = clean(tmp_path / "a.pdf")
    assert "Nome visibile" in texts(made.data)[0]
    assert pdf_leaks(made.data, (SECRET,)) == []
    assert dropped(made)["form-fields"] == 1


def test_a_resource_shared_with_a_drawn_page_does_not_come_along(tmp_path):
    path = simple(tmp_path / "0.pdf", "x", pages=2)
    with pikepdf.open(path) as pdf:
        form = pdf.make_stream(
            f"BT /F1 11 Tf 70 600 Td ({MAIL}) Tj ET".encode(),
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 600, 800],
            Resources=pdf.pages[0].obj.Resources.Font and pdf.pages[0].obj.Resources,
        )  # fmt: skip
        shared = pdf.make_indirect(pikepdf.Dictionary(
            Font=pdf.pages[0].obj.Resources.Font, XObject=pikepdf.Dictionary(Fm1=form)))  # fmt: skip
        for page in pdf.pages:
            page.obj.Resources = shared
        pdf.pages[1].contents_add(b"/Fm1 Do")
        pdf.save(tmp_path / "a.pdf")
    made = clean(tmp_path / "a.pdf")
    assert made.removed == (MAIL,)
    assert pdf_leaks(made.data, (MAIL,)) == []
    assert "pagina 2" in [one.detail for one in made.warnings]


def test_other_words_for_a_drawing_are_searched(tmp_path):
    path = simple(tmp_path / "0.pdf", "x", pages=1)
    with pikepdf.open(path) as pdf:
        text = f"/Span <</ActualText ({SECRET})>> BDC BT /F1 9 Tf 70 500 Td (abc) Tj ET EMC"
        pdf.pages[0].contents_add(text.encode())
        pdf.save(tmp_path / "a.pdf")
    made = clean(tmp_path / "a.pdf", decisions=[Decision(SECRET, "remove")])
    assert pdf_leaks(made.data, (SECRET,)) == []


def test_hidden_layers_stay_hidden_and_go(tmp_path):
    path = simple(tmp_path / "0.pdf", "Si vede.", pages=1)
    with pikepdf.open(path) as pdf:
        layer = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("bozza"))
        )
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer], Order=[layer])
        )
        pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(MC0=layer)
        hidden = f"/OC /MC0 BDC BT /F1 30 Tf 70 300 Td ({SECRET}) Tj ET EMC"
        pdf.pages[0].contents_add(hidden.encode())
        pdf.save(tmp_path / "a.pdf")
    made = clean(tmp_path / "a.pdf")
    assert pdf_leaks(made.data, (SECRET,)) == []
    picture = pypdfium2.PdfDocument(made.data)[0].render(scale=1).to_pil().convert("L")
    assert picture.crop((60, 500, 400, 560)).getextrema()[0] > 200


def test_photographs_lose_their_data_and_pages_with_pictures_are_named(tmp_path):
    path = simple(tmp_path / "0.pdf", "Con una foto.", pages=2)
    with pikepdf.open(path) as pdf:
        photo = pdf.make_stream(
            JPEG.getvalue(),
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=40,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        pdf.pages[1].obj.Resources.XObject = pikepdf.Dictionary(Im9=photo)
        pdf.pages[1].contents_add(b"q 100 0 0 100 70 300 cm /Im9 Do Q")
        pdf.save(tmp_path / "a.pdf")
    made = clean(tmp_path / "a.pdf")
    assert b"Autore Inventato" not in made.data
    assert dropped(made)["picture-data"] == 1
    assert [one.detail for one in made.warnings if one.code == "pictures"] == [" (pagina 2)"]
    picture = pypdfium2.PdfDocument(made.data)[1].render(scale=1).to_pil()
    red, green, blue = picture.getpixel((120, 842 - 350))[:3]
    assert max(red, blue) > 200
    assert green < 60


def test_a_drawn_page_with_a_picture_is_named_too(tmp_path):
    path = simple(tmp_path / "0.pdf", f"Scrivere a {MAIL}.", pages=1)
    with pikepdf.open(path) as pdf:
        pdf.pages[0].contents_add(b"q 100 0 0 100 70 300 cm /Im1 Do Q")
        pdf.save(tmp_path / "a.pdf")
    made = clean(tmp_path / "a.pdf")
    assert {one.code: one.detail for one in made.warnings} == {
        "pages-as-pictures": "pagina 1",
        "pictures": " (pagina 1)",
    }


def test_a_locked_or_broken_file_is_refused_with_a_sentence(tmp_path):
    path = simple(tmp_path / "0.pdf", "x", pages=1)
    with pikepdf.open(path) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unreadable, match="password"):
        clean(tmp_path / "a.pdf")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nnon e un pdf")
    with pytest.raises(Unreadable):
        clean(tmp_path / "b.pdf")


def test_a_dynamic_form_is_refused_with_what_to_do(tmp_path):
    path = simple(tmp_path / "0.pdf", "x", pages=1)
    with pikepdf.open(path) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.String("x"))
        pdf.save(tmp_path / "a.pdf")
    with pytest.raises(Unreadable, match="XFA"):
        clean(tmp_path / "a.pdf")
