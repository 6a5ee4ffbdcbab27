"""Files that harm, lie or are broken; each maker gives back the path that it wrote."""

import io
import struct
import zipfile
from pathlib import Path

from tests.drafting.makers import make_docx, make_pdf, make_xlsx, rezip

MEGABYTE = 1024 * 1024


def make_empty(path: Path) -> Path:
    """No byte at all."""
    path.touch()
    return path


def make_corrupt(path: Path) -> Path:
    """A DOCX cut in the middle."""
    make_docx(path)
    path.write_bytes(path.read_bytes()[:2000])
    return path


def make_corrupt_pdf(path: Path) -> Path:
    """The beginning of a PDF, then noise."""
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    return path


def make_encrypted(path: Path) -> Path:
    """A DOCX with a password, as Word saves it: an OLE file around the encrypted package."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016
    names = "EncryptionInfo\0EncryptedPackage\0".encode("utf-16-le")
    path.write_bytes(header + names.ljust(4096, b"\0"))
    return path


def make_encrypted_zip(path: Path) -> Path:
    """A DOCX whose entries say that they are encrypted."""
    make_docx(path)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    return path


def make_zip_bomb(path: Path, *, megabytes: int = 120) -> Path:
    """A DOCX of some hundred kilobytes that unpacks to `megabytes`."""
    make_docx(path)
    return rezip(path, path, changes={"word/media/image1.png": b"\0" * (megabytes * MEGABYTE)})


def make_lying_zip(path: Path) -> Path:
    """A DOCX with an entry that declares ten bytes and holds a megabyte."""
    make_docx(path)
    rezip(path, path, changes={"word/media/lie.bin": b"\0" * MEGABYTE})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.find(b"word/media/lie.bin", data.find(b"PK\x01\x02")))
    struct.pack_into("<I", data, at + 24, 10)
    path.write_bytes(data)
    return path


def make_overlapping_zip(path: Path) -> Path:
    """Two entries of the directory that point to the same bytes."""
    make_docx(path)
    data = bytearray(path.read_bytes())
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    path.write_bytes(data)
    return path


def make_traversal(path: Path, *, name: str = "../../etc/cron.d/casa") -> Path:
    """A DOCX with an entry that would be written outside."""
    make_docx(path)
    return rezip(path, path, changes={name: b"* * * * * root true"})


def make_link(path: Path) -> Path:
    """A DOCX with a symbolic link to a system file."""
    make_docx(path)
    link = zipfile.ZipInfo("word/media/link")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return path


def make_duplicates(path: Path) -> Path:
    """A DOCX with two main documents: readers disagree on which one counts."""
    make_docx(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/./document.xml", "<x/>")
    return path


def make_many_entries(path: Path, *, entries: int = 5_100) -> Path:
    """A DOCX with thousands of tiny parts."""
    make_docx(path)
    return rezip(path, path, changes={f"word/media/{n}.bin": b"x" for n in range(entries)})


def make_nested(path: Path, *, depth: int = 6) -> Path:
    """An archive in an archive in an archive…"""
    inner = b"fine"
    for level in range(depth):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"livello{level}.zip", inner)
        inner = buffer.getvalue()
    make_docx(path)
    return rezip(path, path, changes={"word/embeddings/oggetto.zip": inner})


def make_xxe(path: Path, *, secret: Path) -> Path:
    """A DOCX whose text is an external entity: the content of a file of the server."""
    make_docx(path)
    document = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>prima &e; dopo</w:t></w:r></w:p></w:body></w:document>"
    )
    return rezip(path, path, changes={"word/document.xml": document.encode()})


def make_billion_laughs(path: Path) -> Path:
    """A DOCX whose text grows tenfold with every entity."""
    make_docx(path)
    entities = '<!ENTITY l0 "ahah">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11)
    )
    document = (
        f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&l10;</w:t></w:r></w:p></w:body></w:document>"
    )
    return rezip(path, path, changes={"word/document.xml": document.encode()})


def make_nested_tables(path: Path, *, depth: int = 3_000) -> Path:
    """A DOCX with a table in a table in a table…"""
    make_docx(path)
    opening, closing = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{opening * depth}{closing * depth}</w:body></w:document>"
    )
    return rezip(path, path, changes={"word/document.xml": document.encode()})


def make_huge_sheet(path: Path) -> Path:
    """An XLSX of some kilobytes that claims seventeen billion cells."""
    make_xlsx(path, rows=[["uno", "due"]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    sheet = sheet.replace(b'<dimension ref="A1:B1"', b'<dimension ref="A1:XFD1048576"')
    return rezip(path, path, changes={"xl/worksheets/sheet1.xml": sheet})


def make_misnamed(path: Path) -> Path:
    """A web page: give it the name of a PDF."""
    path.write_text("<!doctype html><title>Bando</title><p>Non sono un PDF.</p>", encoding="utf-8")
    return path


def make_many_pages(path: Path, *, pages: int = 2_100) -> Path:
    """A PDF with more pages than are read."""
    return make_pdf(path, articles=[], empty_pages=pages)
