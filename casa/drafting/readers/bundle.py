"""A ZIP as one document: each file in it under its own name, read for what it is."""

from pathlib import Path
from zipfile import ZipFile, ZipInfo

from casa.drafting.archive import opened
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Content
from casa.drafting.readers import members

CERTAINTY = 0.9
_NOT_FILES = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_MORE = "Nell'archivio ci sono altri {count} file, che non si leggono: sono troppi."


def read(path: Path, *, limits: Limits) -> Content:
    """The files in the order of their names; what cannot be read is named, with the reason.

    The archive has passed the guard, which bounds entries, sizes, names and nesting.
    """
    content = Content(confidence=CERTAINTY)
    with opened(path) as archive:
        files = _files(archive)
        for entry in files[: members.MOST_READ]:
            name = members.name_of(entry.filename)
            members.add(content, name, archive.read(entry), limits=limits)
    if not content.passages:
        raise Unreadable("empty")
    if left := len(files) - members.MOST_READ:
        content.unread += [_MORE.format(count=left)] if left > 0 else []
    return content


def _files(archive: ZipFile) -> list[ZipInfo]:
    found = [entry for entry in archive.infolist() if not entry.is_dir()]
    kept = [entry for entry in found if not any(mark in entry.filename for mark in _NOT_FILES)]
    return sorted(kept, key=lambda entry: entry.filename)
