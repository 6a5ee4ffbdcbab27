"""Plain text, web pages, pictures, old office files, signed envelopes."""

import io
import shutil
import sys

import docx as python_docx
import pytest
from PIL import Image

from casa.drafting import Unreadable
from casa.drafting.cleaning import Decision, clean, leaks, parted
from casa.drafting.cleaning.leaking import seen_in
from casa.foundation import jail
from tests.drafting.cleaned import CODE, MAIL, dropped, iban, read_back
from tests.drafting.helped import convert, with_office
from tests.drafting.makers_signed import identity, signed, signed_pdf

IBAN = iban()
SECRET = "parola segreta"


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_plain_text_loses_the_value_and_nothing_else(tmp_path, encoding):
    text = f"Perché scrivere a {MAIL}?\r\nIBAN {IBAN[:15]}\r\n{IBAN[15:]}\r\nFine: città.\r\n"
    made = clean(written(tmp_path / "a.txt", text, encoding))
    assert set(made.removed) == {MAIL, IBAN}
    said = made.data.decode()
    assert said == "Perché scrivere a [omissis]?\r\nIBAN [omissis]\r\nFine: città.\r\n"
    assert made.suffix == ".txt"


PAGE = f"""<!DOCTYPE html><html lang="it"><head><meta charset="utf-8"><meta name="author" content="{SECRET}">
<title>Avviso</title><script>var x = "{SECRET}"</script><link rel="preload" href="https://prova.example/{SECRET}">
<style>p {{ color: black }}</style></head><body onload="{SECRET}" data-x="{SECRET}"><!-- {SECRET} -->
<h1>Avviso</h1><p>Scrivere a prova.pr<b>ova@gm</b>ail.com, <a href="mailto:prova.prova%40gmail.com">qui</a>.</p>
<p style="display: none">{SECRET}</p><p hidden>{SECRET}</p><input type="hidden" value="{SECRET}">
<p>C.F. {CODE[:6]}</p><p>{CODE[6:]}</p><img src="https://prova.example/{SECRET}.png" alt="foto di {MAIL}">
<a href="javascript:{SECRET}()">clic</a><iframe src="https://prova.example">{SECRET}</iframe>
<table><tr><td>Importo</td><td>12</td></tr></table><p>Fine: città.</p></body></html>"""


def test_a_page_keeps_what_is_shown(tmp_path):
    made = clean(written(tmp_path / "a.html", PAGE))
    assert set(made.removed) == {MAIL, CODE}
    assert seen_in(made.data, (MAIL, CODE, SECRET)) == []
    assert SECRET.encode() not in made.data
    draft = read_back(made, tmp_path)
    assert "Scrivere a [omissis], qui." in draft.text
    assert "Importo | 12" in draft.text
    assert "Fine: città." in draft.text
    assert b"color: black" in made.data
    assert (draft.hidden_text, draft.metadata.author) == (False, "")
    went = dropped(made)
    assert went["comments"] == 1
    assert went["hidden-text"] == 3
    assert went["external-links"] == 2
    assert went["scripts"] == 3


@pytest.mark.parametrize("depth", [300, 600])
def test_a_value_deep_in_a_page_goes_and_what_follows_stays(tmp_path, depth):
    body = f"{'<div>' * depth}C.F. {CODE}{'</div>' * depth}<p>Fine: città.</p>"
    made = clean(written(tmp_path / "a.html", f"<html><body>{body}</body></html>"))
    assert CODE.encode() not in made.data
    assert read_back(made, tmp_path).text == "C.F. [omissis]\n\nFine: città."


@pytest.mark.parametrize("end", ["</div>", ""])
def test_a_page_too_deep_is_refused_in_words_that_hold_nothing_of_it(tmp_path, end):
    body = f"<p>{MAIL}</p>{'<div>' * 50_000}C.F. {CODE}{end * 50_000}"
    with pytest.raises(Unreadable) as refused:
        clean(written(tmp_path / "a.html", f"<html><body>{body}</body></html>"))
    assert refused.value.code == "too_complex"
    assert "troppo complessa" in refused.value.message
    assert MAIL not in repr(refused.value)


@pytest.mark.parametrize(("form", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("TIFF", ".tif")])
def test_a_picture_loses_its_data_and_keeps_its_points(tmp_path, form, suffix):
    exif = Image.Exif()
    exif[0x013B] = SECRET
    exif[0x0112] = 6  # to be turned
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("red", (0, 0, 20, 20))
    picture.save(tmp_path / "a", form, exif=exif, dpi=(300, 300))
    assert SECRET.encode() in (tmp_path / "a").read_bytes()
    made = clean(tmp_path / "a")
    assert SECRET.encode() not in made.data
    assert made.suffix == suffix
    assert dropped(made) == {"picture-data": 1}
    assert "pictures" in [one.code for one in made.warnings]
    again = Image.open(io.BytesIO(made.data))
    assert again.size == (20, 40)
    assert round(again.info["dpi"][0]) == 300
    red, green, _ = again.convert("RGB").getpixel((10, 5))
    assert red > 200
    assert green < 100
    assert not dict(again.getexif().get_ifd(0x8769))
    assert 0x013B not in again.getexif()


def test_all_pages_of_a_scan_stay(tmp_path):
    pages = [Image.new("L", (30, 30), shade) for shade in (0, 120, 250)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    again = Image.open(io.BytesIO(clean(tmp_path / "a.tif").data))
    assert again.n_frames == 3
    again.seek(1)
    assert again.getpixel((3, 3)) == 120


def test_words_cannot_be_taken_from_a_picture(tmp_path):
    Image.new("L", (30, 30)).save(tmp_path / "a.png")
    with pytest.raises(Unreadable, match="programma di disegno"):
        clean(tmp_path / "a.png", decisions=[Decision(MAIL, "remove")])


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.zip", "zip", "ripuliscili uno per uno"),
        ("a.gif", "gif", "PNG o JPEG"),
        ("a.bin", b"\x7fELF" + b"\0" * 100, "non si ripulisce"),
        ("a.xml", b"<?xml version='1.0'?><a>x</a>", "non si ripulisce"),
        ("a.txt", b"", "vuoto"),
        ("a.rtf", rb"{\rtf1\ansi ciao\par}", "salvalo come DOCX"),
    ],
)
def test_what_is_not_cleaned_is_refused_with_what_to_do(tmp_path, name, data, words):
    path = tmp_path / name
    if data == "zip":
        (tmp_path / "d").mkdir()
        written(tmp_path / "d" / "x.txt", "ciao")
        shutil.make_archive(str(tmp_path / "a"), "zip", tmp_path / "d")
    elif data == "gif":
        Image.new("P", (30, 30)).save(path)
    else:
        path.write_bytes(data)
    with pytest.raises(Unreadable, match=words):
        clean(path)


def test_styles_that_hide_count_as_hidden(tmp_path):
    document = python_docx.Document()
    style = document.styles.add_style("Nascosto", 2)
    style.font.hidden = True
    document.add_paragraph("Visibile").add_run(SECRET, style="Nascosto")
    document.save(tmp_path / "a.docx")
    made = clean(tmp_path / "a.docx")
    assert leaks(made.data, (SECRET,)) == []
    assert dropped(made)["hidden-text"] == 1
    assert not read_back(made, tmp_path).hidden_text


def test_what_is_inside_a_signed_envelope_is_cleaned_and_the_loss_is_told(tmp_path):
    document = python_docx.Document()
    document.add_paragraph(f"Scrivere a {MAIL}.")
    document.save(tmp_path / "a.docx")
    path = tmp_path / "a.docx.p7m"
    path.write_bytes(signed((tmp_path / "a.docx").read_bytes(), identity()))
    made = clean(path)
    assert (made.suffix, made.removed) == (".docx", (MAIL,))
    assert dropped(made)["signatures"] == 1
    assert "signature-broken" in [one.code for one in made.warnings]
    assert leaks(made.data, (MAIL, "Prova Firmataria")) == []


def test_a_signed_pdf_loses_its_signature_and_says_so(tmp_path):
    path = tmp_path / "a.pdf"
    signed_pdf(path, sign=lambda data: signed(data, identity()))
    made = clean(path)
    assert dropped(made)["signatures"] == 1
    assert "signature-broken" in [one.code for one in made.warnings]
    assert read_back(made, tmp_path).signers == ()


class TestWithLibreOffice:
    pytestmark = with_office

    @pytest.mark.parametrize("to", ["doc", "rtf"])
    def test_an_old_file_is_converted_and_cleaned(self, tmp_path, to):
        document = python_docx.Document()
        document.add_paragraph(f"Scrivere a {MAIL} entro il termine.")
        document.save(tmp_path / "a.docx")
        path = convert(tmp_path / "a.docx", to)
        words = ["clean", "--report", "-", "--limits", '{"programs": 1}', "{input}"]
        output = jail.run(
            [sys.executable, "-m", "casa.drafting", *words],
            input_file=path,
            limits=jail.JailLimits(may_fork=True, wall_seconds=180.0, cpu_seconds=180),
        )
        made = parted(output)
        assert made.suffix == ".docx"
        assert made.removed == (MAIL,)
        assert "converted" in [one.code for one in made.warnings]
        assert "Scrivere a [omissis] entro" in read_back(made, tmp_path).text
