"""Sniffing: the kind of a file, told by its content and never by its name."""

import base64
import re
import zipfile
from pathlib import Path

from casa.drafting.archive import BROKEN, ENCRYPTED
from casa.drafting.encodings import decode
from casa.drafting.kinds import Kind

_HEAD = 8_192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind.RTF),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ\x00", Kind.ARCHIVE),
    (b"\x7fELF", Kind.PROGRAM),
)
# OLE directory entries are named in UTF-16; the order matters: a locked file has them all inside
_OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("__substg1.0_", Kind.MESSAGE),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("PowerPoint Document", Kind.PRESENTATION),
)
_OOXML_PARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"wordprocessingml.template.main+xml", Kind.DOCX),
    (b"ms-word.document.macroEnabled", Kind.DOCM),
    (b"ms-word.template.macroEnabled", Kind.DOCM),
    (b"spreadsheetml.sheet.main+xml", Kind.XLSX),
    (b"spreadsheetml.template.main+xml", Kind.XLSX),
    (b"ms-excel.sheet.macroEnabled", Kind.XLSM),
    (b"ms-excel.template.macroEnabled", Kind.XLSM),
    (b"presentationml.", Kind.PRESENTATION),
)
_ODF_TYPES = {
    "text": Kind.ODT,
    "text-template": Kind.ODT,
    "spreadsheet": Kind.ODS,
    "spreadsheet-template": Kind.ODS,
    "presentation": Kind.PRESENTATION,
}
# the object identifiers 1.2.840.113549.1.7.2 (signed data) and ….1.9.16.1.31 (time-stamped data)
_SIGNED_OIDS = (
    bytes.fromhex("06092a864886f70d010702"),
    bytes.fromhex("060b2a864886f70d010910011f"),
)
_PEM = re.compile(rb"-----BEGIN (?:PKCS7|CMS)-----")
# a sequence in base64 begins with MI, and that in base64 with TU
_BASE64 = re.compile(rb"(?:MI|TU)[A-Za-z0-9+/]{60,}={0,2}")
_MARK = b"\xef\xbb\xbf"
_TIMES = 4
_HTML = re.compile(r"<(?:!doctype html|html|head|body|h[1-6]|p|div|table)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype html|html)\b", re.IGNORECASE)
_XML = re.compile(r"<(?:\?xml|[A-Za-z_][\w:.-]*[\s>/])")
_MAIL = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_MAIL_HEADER = re.compile(
    r"^(?:received|return-path|message-id|mime-version|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_PART = re.compile(r"\A(?:mime-version|content-[a-z-]+):", re.IGNORECASE)
_POSTED = re.compile(r"^(?:from|to|received|subject):", re.IGNORECASE | re.MULTILINE)
_ENVELOPE = re.compile(
    r"^content-type:\s*application/(?:x-)?pkcs7-mime", re.IGNORECASE | re.MULTILINE
)


def sniff(path: Path) -> Kind:
    """The kind of the file at `path`, by its content. Never raises for odd content."""
    with path.open("rb") as source:
        head = source.read(_HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Kind.EMPTY if len(head) < _HEAD else Kind.UNKNOWN
    if b"%PDF-" in head[:1024] and not _is_signed(head):
        return Kind.PDF
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path)
    return _magic_kind(head) or _text_kind(head)


def _magic_kind(head: bytes) -> Kind | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:2] in (b"BM", b"MZ") and b"\0" in head[:64]:
        return Kind.IMAGE if head[:2] == b"BM" else Kind.PROGRAM
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.IMAGE
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return Kind.IMAGE
    return Kind.SIGNED if _is_signed(head) else None


def _is_signed(head: bytes) -> bool:
    """Whether an envelope begins here: in DER, in PEM, in base64 once or more than once."""
    if _PEM.search(head[:200]):
        return True
    for _ in range(_TIMES):
        if head[:1] == b"\x30":
            return any(oid in head[:40] for oid in _SIGNED_OIDS)
        letters = re.sub(rb"[\s\x00]", b"", head.removeprefix(_MARK))
        if not _BASE64.fullmatch(letters):
            return False
        letters = letters.rstrip(b"=")
        head = base64.b64decode(letters[: len(letters) // 4 * 4])
    return False


def _ole_kind(path: Path) -> Kind:
    data = path.read_bytes()
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return kind
    return Kind.UNKNOWN


def _zip_kind(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if any(entry.flag_bits & ENCRYPTED for entry in archive.infolist()):
                return Kind.ENCRYPTED
            if "[Content_Types].xml" in names:
                return _ooxml_kind(_peek(archive, "[Content_Types].xml"))
            if "mimetype" in names and "content.xml" in names:
                return _odf_kind(archive)
    except BROKEN:
        return Kind.BROKEN
    return Kind.ZIP


def _ooxml_kind(types: bytes) -> Kind:
    for mark, kind in _OOXML_PARTS:
        if mark in types:
            return kind
    return Kind.ZIP


def _odf_kind(archive: zipfile.ZipFile) -> Kind:
    if b"encryption-data" in _peek(archive, "META-INF/manifest.xml"):
        return Kind.ENCRYPTED
    kind = _peek(archive, "mimetype").decode("ascii", "replace").strip()
    return _ODF_TYPES.get(kind.rpartition("opendocument.")[2], Kind.ZIP)


def _peek(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of an entry: sniffing comes before the guard, so it never reads a whole one."""
    try:
        with archive.open(name) as entry:
            return entry.read(1 << 20)
    except KeyError:
        return b""


def _text_kind(head: bytes) -> Kind:
    text = decode(head, partial=True)
    if text is None:
        return Kind.UNKNOWN
    start = text.lstrip()[:2000]
    if _is_signed_part(text.lstrip()):
        return Kind.SIGNED
    if _MAIL.match(start) and _MAIL_HEADER.search(start):
        return Kind.MESSAGE
    if start.startswith("<"):
        web = _PAGE if start.startswith("<?xml") else _HTML
        if web.search(start):
            return Kind.HTML
        if _XML.match(start):
            return Kind.XML
    return Kind.TXT


def _is_signed_part(text: str) -> bool:
    """A part of a message kept as a file (S/MIME, .m7m): it has no sender, so it is no message."""
    headers = text.replace("\r\n", "\n").partition("\n\n")[0]
    if not _PART.search(headers) or _POSTED.search(headers):
        return False
    return _ENVELOPE.search(text) is not None
