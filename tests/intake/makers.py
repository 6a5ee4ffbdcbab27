"""Files of our own that go through the intake: harmless, careless and hostile. Nothing is real."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.it import codicefiscale

from casa.intake import services
from casa.intake.models import Upload
from casa.registry.actor import Actor
from casa.registry.models import Body
from tests.drafting.makers import make_docx, make_txt

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
STEM = "RSSMRA80A01H501"
FISCAL_CODE = STEM + codicefiscale.calc_check_digit(STEM)
IBAN = "IT60X0542811101000000123456"  # the example of the Italian IBAN guide


def sent(
    name: str, content: bytes = b"Art. 1 - Oggetto\n\nTesto di prova.\n"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def receive(
    actor: Actor, name: str = "prova.txt", content: bytes | None = None, now=NOON
) -> Upload:
    """One file brought in for the body acted for."""
    body = Body.objects.get(pk=actor.acting_for)
    file = sent(name) if content is None else sent(name, content)
    office = body.offices.get(is_default=True)
    [upload] = services.receive(files=[file], body=body, office=office, actor=actor, now=now)
    return upload


def inspected(actor: Actor, name: str = "prova.txt", content: bytes | None = None) -> Upload:
    """One file brought in and inspected for real."""
    upload = receive(actor, name, content)
    services.inspect(upload_id=upload.pk, now=NOON)
    upload.refresh_from_db()
    return upload


def docx(folder: Path, **options) -> bytes:
    return make_docx(folder / "made.docx", **options).read_bytes()


def txt(folder: Path, **options) -> bytes:
    return make_txt(folder / "made.txt", **options).read_bytes()


def zip_bomb() -> bytes:
    """A few kilobytes of DOCX that unpack into more than the installation reads."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", OOXML_TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as entry:
            for _ in range(450):
                entry.write(bytes(1 << 20))
    return buffer.getvalue()


def escaping_zip() -> bytes:
    """A DOCX with an entry that would be written outside."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", OOXML_TYPES)
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("../../etc/passwd", "x")
    return buffer.getvalue()


OOXML_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
EXTERNAL_ENTITY = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<html><body><p>&e;</p></body></html>"""
OLD_SLIDES = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "PowerPoint Document".encode("utf-16-le")
)
ARCHIVE = b"Rar!\x1a\x07\x01" + bytes(200)
