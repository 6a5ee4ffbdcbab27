"""What the tests of cleaning share: invented values, and the look into every part of a copy."""

import io
import zipfile
from pathlib import Path

import pypdfium2
from stdnum.it import codicefiscale

from casa.drafting import Draft, read
from casa.drafting.cleaning import Cleaned
from tests.drafting.makers_pdf import Pdf

MAIL = "prova.prova@gmail.com"
STEM = "PRVPRV80A01H501"
CODE = STEM + codicefiscale.calc_check_digit(STEM)


def iban(account: str = "000000123456") -> str:
    """An Italian IBAN with the right check digits, of nobody."""
    body = f"X0542811101{account}"
    digits = "".join(str(int(sign, 36)) for sign in f"{body}IT00")
    return f"IT{98 - int(digits) % 97:02d}{body}"


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_back(cleaned: Cleaned, folder: Path) -> Draft:
    """The copy as our own readers see it."""
    path = folder / f"copy{cleaned.suffix}"
    path.write_bytes(cleaned.data)
    return read(path)


def dropped(cleaned: Cleaned) -> dict[str, int]:
    """What went, by code."""
    return {one.code: one.count for one in cleaned.dropped}


def simple_pdf(path, *lines, pages=2):
    """Pages with a title each, and the lines on the last."""
    pdf = Pdf()
    for number in range(pages):
        pdf.add_page()
        pdf.text(f"Pagina {number + 1} del disciplinare.", x=70, y=750)
    for at, line in enumerate(lines):
        pdf.text(line, x=70, y=700 - 20 * at)
    return pdf.save(path)


def texts_of_pdf(data):
    """What a reader extracts from each page."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]
