"""DOC, RTF and XLS: through LibreOffice to DOCX or XLSX, then through our own readers.

One way for all old formats keeps the numbers of articles, which every direct reader of these
loses (documents.md §1). Where LibreOffice is not to be had the file is unread, not refused.
"""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import olefile

from casa.drafting import office
from casa.drafting.archive import guard
from casa.drafting.errors import Unreadable
from casa.drafting.kinds import Kind
from casa.drafting.limits import Limits
from casa.drafting.passages import Content
from casa.drafting.readers import docx, txt, xlsx
from casa.drafting.sniffing import sniff

WORDS_ONLY = (
    "Del documento è stato letto il testo ma non la struttura: titoli e numerazioni automatiche "
    "possono mancare. Se puoi, salva il documento come DOCX o ODT e caricalo di nuovo."
)
_OBJECTS = re.compile(rb"\\obj(?:data|autlink|update)")
_VBA = ("_VBA_PROJECT".encode("utf-16-le"), "VBA".encode("utf-16-le") + b"\0\0")
_BOUNDSHEET = 0x85
_HIDDEN_BITS, _MACRO_TYPES = 3, (1, 6)


def read(path: Path, *, limits: Limits) -> Content:
    """What our readers find in the file once it is converted; unread without LibreOffice."""
    kind = sniff(path)
    try:
        content = _sheets(path, limits=limits) if kind == Kind.XLS else _text(path, kind, limits)
    except office.CannotConvert as reason:
        content = Content(unread=[str(reason)], confidence=0.0)
    except TimeoutError as error:
        raise Unreadable("too_complex") from error
    hidden, macros = _told_by_the_file(path, kind)
    content.has_macros |= macros
    content.hidden_text |= hidden
    return content


def _text(path: Path, kind: Kind, limits: Limits) -> Content:
    """A DOCX without a document in it, or without a word, is asked for again as plain text."""
    with office.converted(path, suffix=kind.value, to="docx", limits=limits) as made:
        if made is not None and sniff(made) == Kind.DOCX:
            guard(made, limits=limits)
            content = docx.read(made, limits=limits)
            if content.passages or content.has_images:
                return _without_our_marks(content)
    return _words_only(path, kind, limits)


def _words_only(path: Path, kind: Kind, limits: Limits) -> Content:
    with office.converted(path, suffix=kind.value, to="txt", limits=limits) as made:
        if made is None:
            raise Unreadable("corrupt")
        content = txt.read(made, limits=limits)
    if not content.passages:
        raise Unreadable("empty")
    content.unread.append(WORDS_ONLY)
    return content


def _sheets(path: Path, *, limits: Limits) -> Content:
    with office.converted(path, suffix="xls", to="xlsx", limits=limits) as made:
        if made is None or sniff(made) != Kind.XLSX:
            raise Unreadable("corrupt")
        guard(made, limits=limits)
        return _without_our_marks(xlsx.read(made, limits=limits))


def _without_our_marks(content: Content) -> Content:
    """The name of a template is LibreOffice's own after a conversion."""
    content.metadata = replace(content.metadata, template="")
    return content


def _told_by_the_file(path: Path, kind: Kind) -> tuple[bool, bool]:
    """Hidden sheets and macros as the original has them: a conversion leaves macros out."""
    data = path.read_bytes()
    if kind == Kind.RTF:
        return False, _OBJECTS.search(data) is not None
    macros = any(mark in data for mark in _VBA)
    sheets = list(_bound_sheets(path)) if kind == Kind.XLS else []
    hidden = any(state & _HIDDEN_BITS for state, _ in sheets)
    return hidden, macros or any(form in _MACRO_TYPES for _, form in sheets)


def _bound_sheets(path: Path) -> Iterator[tuple[int, int]]:
    """State and type of every sheet of an XLS ([MS-XLS] 2.4.28); type 1 is a sheet of macros."""
    with suppress(OSError, struct.error), olefile.OleFileIO(path) as archive:
        data = archive.openstream("Workbook").read()
        at = 0
        while at + 4 <= len(data):
            record, length = struct.unpack_from("<HH", data, at)
            if record == _BOUNDSHEET and length > 6:  # noqa: PLR2004 -- position, state, type
                yield data[at + 8], data[at + 9]
            at += 4 + length
