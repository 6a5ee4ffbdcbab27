"""A clean PDF: the value is in no text, no stream, no old revision; a black box stands there."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from casa.drafting import Unreadable
from casa.drafting.cleaning import Decision, clean
from casa.drafting.cleaning.pdf.checking import pdf_leaks
from tests.drafting.cleaned import CODE, MAIL, dropped, iban, read_back
from tests.drafting.makers_pdf import Pdf

IBAN = iban()
SECRET = "parola segreta"
ALL = (MAIL, CODE, IBAN, SECRET)
JPEG = io.BytesIO()
_exif = Image.Exif()
_exif[0x013B] = "Autore Inventato"
Image.new("RGB", (40, 40), "red").save(JPEG, "JPEG", exif=_exif)


def simple(path, *lines, pages=2):
    pdf = Pdf()
    for number in range(pages):
        pdf.add_page()
        pdf.text(f"Pagina {number + 1} del disciplinare.", x=70, y=750)
    for at, line in enumerate(lines):
        pdf.text(line, x=70, y=700 - 20 * at)
    return pdf.save(path)


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


def texts(data):
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


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
