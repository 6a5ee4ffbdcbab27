import zipfile
from pathlib import Path

import pytest

from casa.drafting import READABLE, Kind, Unreadable, read, sniff
from tests.drafting.makers import make_docx, rezip

CONTENTS = {
    b"": Kind.EMPTY,
    b"  \r\n\t": Kind.EMPTY,
    b"%PDF-1.7\n": Kind.PDF,
    b"{\\rtf1\\ansi ciao}": Kind.RTF,
    b"\x89PNG\r\n\x1a\n\0\0": Kind.IMAGE,
    b"\xff\xd8\xff\xe0\0\x10JFIF": Kind.IMAGE,
    b"PK\x03\x04 rotto": Kind.BROKEN,
    b"Rar!\x1a\x07\0": Kind.ARCHIVE,
    b"\x7fELF\x02\x01\x01\0": Kind.PROGRAM,
    b"<!doctype html><title>x</title>": Kind.HTML,
    b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'></html>": Kind.HTML,
    b"<?xml version='1.0'?><FatturaElettronica><body/></FatturaElettronica>": Kind.XML,
    b"From: a@b.it\nTo: c@d.it\nMessage-ID: <1>\nSubject: x\n\nciao": Kind.MESSAGE,
    b"Oggetto: prova\nLuogo: Roma\nData: oggi\n\nCaro sindaco": Kind.TXT,
    b"BMW e MZ sono sigle": Kind.TXT,
    b"Citt\xe0 di Bolzano": Kind.TXT,
    bytes(range(256)) * 4: Kind.UNKNOWN,
    bytes.fromhex("308006092a864886f70d010702a080"): Kind.SIGNED,
    b"-----BEGIN PKCS7-----\nMIIB": Kind.SIGNED,
}


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le")


@pytest.mark.parametrize(("content", "kind"), CONTENTS.items())
def test_content_decides(tmp_path: Path, content: bytes, kind: Kind):
    path = tmp_path / "documento.docx"
    path.write_bytes(content)

    assert sniff(path) == kind


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("WordDocument", Kind.DOC),
        ("Workbook", Kind.XLS),
        ("EncryptedPackage", Kind.ENCRYPTED),
        ("__substg1.0_0037001F", Kind.MESSAGE),
        ("Altro", Kind.UNKNOWN),
    ],
)
def test_old_office_files_are_told_apart(tmp_path: Path, stream: str, kind: Kind):
    (tmp_path / "a").write_bytes(ole(stream))

    assert sniff(tmp_path / "a") == kind


def test_word_files_are_told_by_their_parts(tmp_path: Path):
    path = make_docx(tmp_path / "a.pdf")

    assert sniff(path) == Kind.DOCX


def test_a_word_file_with_macros_is_named_and_refused(tmp_path: Path):
    plain = make_docx(tmp_path / "a.docx")
    with zipfile.ZipFile(plain) as archive:
        types = archive.read("[Content_Types].xml")
    types = types.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-word.document.macroEnabled.main+xml",
    )
    path = rezip(plain, tmp_path / "b.docx", changes={"[Content_Types].xml": types})

    assert sniff(path) == Kind.DOCM
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "macros"


def test_what_is_not_read_yet_is_refused_by_name(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"Rar!\x1a\x07\x01" + bytes(100))

    with pytest.raises(Unreadable) as refused:
        read(tmp_path / "a")

    assert refused.value.code == "not_supported"
    assert "archivio compresso" in refused.value.message


def test_every_readable_kind_has_a_reader(tmp_path: Path):
    new = {"docx", "odt", "pdf", "txt", "html", "xlsx", "ods"}
    old = {"doc", "rtf", "xls", "image"}
    others = {"p7m", "xml", "message", "zip"}

    assert {kind.value for kind in READABLE} == new | old | others
