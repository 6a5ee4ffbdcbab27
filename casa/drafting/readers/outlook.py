"""Messages of Outlook (MSG): OLE files whose streams are named after properties ([MS-OXMSG])."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import olefile

from casa.drafting.encodings import decode
from casa.drafting.errors import Unreadable
from casa.drafting.readers import members
from casa.drafting.readers.letter import Attachment, Letter, body_of
from casa.drafting.text import clean, one_line

SUBJECT, SENDER_NAME, SENDER_SMTP, SENDER_ADDRESS = "0037", "0C1A", "5D01", "0C1F"
DISPLAY_TO, DISPLAY_CC, BODY, HTML, RTF = "0E04", "0E03", "1000", "1013", "1009"
NAME, SMTP, ADDRESS = "3001", "39FE", "3003"
DATA, LONG_NAME, SHORT_NAME, MIME, CONTENT_ID = "3701", "3707", "3704", "370E", "3712"
SUBMITTED, DELIVERED, RECIPIENT_TYPE = 0x0039, 0x0E06, 0x0C15
_UNICODE, _ANSI, _BINARY, _STORAGE = "001F", "001E", "0102", "000D"
_TIME, _INTEGER = 0x0040, 0x0003
_MOST_RECIPIENTS = 500
_DEEPEST = 8
_TIMES = 4  # small streams (tables of properties) are looked at more than once
_FIRST_DAY = datetime(1601, 1, 1, tzinfo=UTC)  # [MS-DTYP] FILETIME: 100 ns since then
_LABELS = ((1, DISPLAY_TO, "A"), (2, DISPLAY_CC, "Per conoscenza"))
_ONLY_RTF = "Il testo del messaggio è in un formato (RTF) che qui non si legge: salvalo come EML."


def letter_of(path: Path) -> Letter:
    """The message in an MSG file. Raises Unreadable when the file is damaged."""
    try:
        with olefile.OleFileIO(path) as archive:
            return _letter(_Folder(_Source(archive, path.stat().st_size), ()))
    except (OSError, struct.error, OverflowError) as error:
        raise Unreadable("corrupt") from error


class _Source:
    """The file, from which no more may be read than it has bytes: streams may not share theirs."""

    def __init__(self, archive: olefile.OleFileIO, size: int) -> None:
        # a size that is a lie would keep olefile busy for seconds
        if archive.root.size > size:
            raise Unreadable("corrupt")
        self._archive = archive
        self._size = size
        self._left = _TIMES * size
        self.storages = [tuple(path) for path in archive.listdir(streams=False, storages=True)]

    def stream(self, path: list[str]) -> bytes | None:
        """The bytes of a stream, None when there is none of that name."""
        archive = self._archive
        if not archive.exists(path) or archive.get_type(path) != olefile.STGTY_STREAM:
            return None
        size = archive.get_size(path)
        self._left -= size
        if size > self._size or self._left < 0:
            raise Unreadable("corrupt")
        return bytes(archive.openstream(path).read())


class _Folder:
    """One storage of the file: the message, a recipient, an attachment, a message inside one."""

    def __init__(self, source: _Source, place: tuple[str, ...]) -> None:
        self._source = source
        self.place = place

    def data(self, code: str, kind: str = _BINARY) -> bytes | None:
        """The bytes of a property, None when there is none."""
        return self._stream(f"__substg1.0_{code}{kind}")

    def text(self, code: str) -> str:
        """A property in letters, "" when there is none."""
        wide = self.data(code, _UNICODE)
        if wide is not None:
            return clean(wide.decode("utf-16-le", "replace").rstrip("\0"))
        narrow = self.data(code, _ANSI)
        return clean((decode(narrow) or "").rstrip("\0")) if narrow else ""

    def line(self, *codes: str) -> str:
        """The first of these properties that has words, on one line."""
        return next((text for code in codes if (text := one_line(self.text(code)))), "")

    def fixed(self, wanted: int, kind: int) -> int | None:
        """A property of fixed length: its eight bytes as a number."""
        table = self._stream("__properties_version1.0") or b""
        # 32 bytes of header for the message, 24 for one inside, 8 for the rest: all multiples of 8
        for at in range(len(table) % 16, len(table) - 15, 16):
            found, code = struct.unpack_from("<HH", table, at)
            if (found, code) == (kind, wanted):
                return int(struct.unpack_from("<Q", table, at + 8)[0])
        return None

    def inner(self, prefix: str) -> Iterator["_Folder"]:
        """The storages right below whose name begins so, in order."""
        depth = len(self.place)
        inside = sorted(
            path
            for path in self._source.storages
            if len(path) == depth + 1
            and path[:depth] == self.place
            and path[depth].lower().startswith(prefix.lower())
        )
        return (_Folder(self._source, path) for path in inside)

    def _stream(self, name: str) -> bytes | None:
        return self._source.stream([*self.place, name])


def _letter(folder: _Folder, depth: int = 0) -> Letter:
    if depth > _DEEPEST:
        raise Unreadable("too_complex")
    sender = _address(folder.line(SENDER_NAME), folder.line(SENDER_SMTP, SENDER_ADDRESS))
    letter = Letter(subject=folder.line(SUBJECT), sender=sender)
    letter.headers = [("Da", sender)] if sender else []
    letter.headers += _recipients(folder)
    sent = folder.fixed(SUBMITTED, _TIME) or folder.fixed(DELIVERED, _TIME)
    if sent:
        when = _FIRST_DAY + timedelta(microseconds=sent // 10)
        letter.sent = when.isoformat()
        letter.headers.append(("Data", f"{when:%d/%m/%Y %H:%M} (+0000)"))
    _add_body(letter, folder)
    attached = folder.inner("__attach_version1.0_")
    letter.attachments = [_attachment(one, depth=depth) for one in attached]
    return letter


def _recipients(folder: _Folder) -> list[tuple[str, str]]:
    named: dict[int, list[str]] = {}
    for number, one in enumerate(folder.inner("__recip_version1.0_")):
        if number >= _MOST_RECIPIENTS:
            break
        kind = (one.fixed(RECIPIENT_TYPE, _INTEGER) or 0) & 0xF
        named.setdefault(kind, []).append(_address(one.line(NAME), one.line(SMTP, ADDRESS)))
    found = [
        (label, ", ".join(named.get(kind, [])) or folder.line(code))
        for kind, code, label in _LABELS
    ]
    return [(label, text) for label, text in found if text]


def _address(name: str, address: str) -> str:
    """ "Ufficio gare <gare@comune.example>"; inner addresses of Exchange say nothing."""
    if "@" not in address or address == name:
        return name or (address if "@" in address else "")
    return f"{name} <{address}>" if name else address


def _add_body(letter: Letter, folder: _Folder) -> None:
    letter.body = body_of(folder.text(BODY), is_html=False)
    if not letter.body:
        page = folder.text(HTML) or decode(folder.data(HTML) or b"") or ""
        letter.body = body_of(page, is_html=True)
    if not letter.body and folder.data(RTF):
        letter.unread.append(_ONLY_RTF)


def _attachment(folder: _Folder, *, depth: int) -> Attachment:
    name = members.name_of(folder.line(LONG_NAME, SHORT_NAME, NAME))
    inner = next(folder.inner(f"__substg1.0_{DATA}{_STORAGE}"), None)
    if inner is not None:
        return Attachment(name, _letter(inner, depth + 1))
    pictured = folder.line(MIME).startswith("image/") and bool(folder.line(CONTENT_ID))
    return Attachment(name, folder.data(DATA) or b"", inside=pictured)
