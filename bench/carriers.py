"""Files that carry others, made for the damage: messages, archives, invoices, PEM envelopes."""

import base64
import io
import zipfile
from pathlib import Path

from tests.drafting.makers import make_docx, make_txt
from tests.drafting.makers_mail import make_message, outlook_tree
from tests.drafting.makers_mail import make_msg as packed
from tests.drafting.makers_mail import make_pec as certified
from tests.drafting.makers_signed import signed
from tests.drafting.test_xml import INVOICE


def make_eml(path: Path) -> Path:
    """A message with a DOCX attached."""
    message = make_message(disciplinare__docx=_docx(path))
    path.write_bytes(message.as_bytes())
    return path


def make_pec(path: Path) -> Path:
    """A message of certified mail around another."""
    path.write_bytes(certified(make_message(nota__txt=b"Art. 1 Oggetto\n")))
    return path


def make_msg(path: Path) -> Path:
    """A message of Outlook with a DOCX attached."""
    path.write_bytes(packed(outlook_tree(disciplinare__docx=_docx(path))))
    return path


def make_zip(path: Path) -> Path:
    """An archive with a DOCX and an archive, which holds a signed text."""
    inner = _zipped(nota=_signed(path, pem=False))
    path.write_bytes(_zipped(disciplinare=_docx(path), allegati=inner))
    return path


def make_xml(path: Path) -> Path:
    """An invoice with a text attached."""
    path.write_text(INVOICE % base64.b64encode(b"Art. 1 Oggetto").decode())
    return path


def make_pem(path: Path) -> Path:
    """A signed envelope written in letters."""
    path.write_bytes(_signed(path, pem=True))
    return path


def _docx(path: Path) -> bytes:
    return make_docx(path.with_suffix(".carried")).read_bytes()


def _signed(path: Path, *, pem: bool) -> bytes:
    text = make_txt(path.with_suffix(".inside")).read_bytes()
    return bytes(signed(text, pem=pem))  # type: ignore[no-untyped-call]


def _zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
