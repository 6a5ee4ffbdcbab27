"""Archives are looked at before anything else opens them: sizes, names, nesting.

Office files are ZIP archives, so the guard stands before every reader of DOCX, ODT, XLSX, ODS.
Sizes are checked as declared and then as really unpacked, because a header can lie.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    IndexError,
    KeyError,
    RuntimeError,
)
ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_CHUNK = 1 << 16
_DRIVE = re.compile(r"[A-Za-z]:")
_NESTED = b"PK\x03\x04"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(slots=True)
class _Budget:
    """What is left of the limits while nested archives are walked."""

    entries: int
    unpacked: int


def guard(path: Path, *, limits: Limits) -> None:
    """Raise Unreadable when the archive at `path` is unsafe to open; return when it is harmless."""
    budget = _Budget(entries=limits.entries, unpacked=limits.unpacked_bytes)
    with path.open("rb") as source:
        _guard(source, limits=limits, budget=budget, depth=1)


def opened(source: Path | IO[bytes]) -> zipfile.ZipFile:
    """The archive, or Unreadable when it is not one."""
    try:
        return zipfile.ZipFile(source)
    except BROKEN as error:
        raise Unreadable("corrupt") from error


def member(archive: zipfile.ZipFile, name: str, *, limits: Limits) -> bytes | None:
    """The bytes of one entry, None when there is no such entry. Call only after `guard`."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    if entry.file_size > limits.part_bytes:
        raise Unreadable("too_large")
    try:
        return archive.read(entry)
    except BROKEN as error:
        raise Unreadable("corrupt") from error


def _guard(source: IO[bytes], *, limits: Limits, budget: _Budget, depth: int) -> None:
    if depth > limits.depth:
        raise Unreadable("archive_bomb")
    with opened(source) as archive:
        entries = archive.infolist()
        _check_declared(entries, limits=limits, budget=budget)
        _check_overlaps(entries)
        for entry in entries:
            nested = _unpack(archive, entry, budget=budget)
            if nested is not None and zipfile.is_zipfile(nested):
                _guard(nested, limits=limits, budget=budget, depth=depth + 1)


def _check_declared(entries: list[zipfile.ZipInfo], *, limits: Limits, budget: _Budget) -> None:
    budget.entries -= len(entries)
    if budget.entries < 0:
        raise Unreadable("archive_bomb")
    names = [PurePosixPath(entry.filename.replace("\\", "/")) for entry in entries]
    if len(set(names)) < len(names):
        raise Unreadable("archive_unsafe")
    for entry, name in zip(entries, names, strict=True):
        _check_entry(entry, name, limits=limits)
    if sum(entry.file_size for entry in entries) > budget.unpacked:
        raise Unreadable("archive_bomb")


def _check_entry(entry: zipfile.ZipInfo, name: PurePosixPath, *, limits: Limits) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise Unreadable("encrypted")
    outside = name.is_absolute() or ".." in name.parts or _DRIVE.match(str(name))
    if outside or stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("archive_unsafe")
    if entry.compress_type not in _METHODS:
        raise Unreadable("corrupt")
    ratio = entry.file_size / max(1, entry.compress_size)
    swollen = entry.file_size > limits.ratio_from_bytes and ratio > limits.ratio
    if entry.file_size > limits.entry_bytes or swollen:
        raise Unreadable("archive_bomb")


def _check_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Two entries may not share bytes: that is how a small file claims to hold petabytes."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Unreadable("archive_bomb")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size


def _unpack(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, budget: _Budget
) -> IO[bytes] | None:
    """Read the entry for real within the budget; give it back only when it is itself an archive."""
    kept: IO[bytes] | None = None
    try:
        with archive.open(entry) as stream:
            chunk = stream.read(_CHUNK)
            kept = io.BytesIO() if chunk.startswith(_NESTED) else None
            while chunk:
                budget.unpacked -= len(chunk)
                if budget.unpacked < 0:
                    raise Unreadable("archive_bomb")
                if kept is not None:
                    kept.write(chunk)
                chunk = stream.read(_CHUNK)
    except BROKEN as error:
        raise Unreadable("corrupt") from error
    return kept
