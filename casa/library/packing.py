"""A kit as one ZIP, written while it is sent: never more than a block of a file in memory.

Files stand in the order of the kit, each with the number of its version in the name. The index and
the manifest come last, because they tell the SHA-256 of what was really packed.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import slugify

from casa.intake.http import download_name
from casa.intake.names import extension
from casa.library.models import Kit, VersionFile
from casa.library.queries.kits import Content

BLOCK = 1 << 16
FORMAT = "casa-kit/1"


class _Pipe(io.RawIOBase):
    """Where the ZIP writes; what was written is taken away at once. It cannot be sought."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, block: Any) -> int:
        self._waiting.append(bytes(block))
        return len(block)

    def taken(self) -> bytes:
        waiting = b"".join(self._waiting)
        self._waiting.clear()
        return waiting


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file as it stands in the ZIP."""

    name: str
    original_name: str
    size: int
    sha256: str


@dataclass(slots=True)
class PackedItem:
    """A thing of the kit with the files of it that were packed."""

    content: Content
    address: str
    files: list[PackedFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pack:
    """What is packed, for whom it was asked when, and where the site is."""

    kit: Kit
    contents: Sequence[Content]
    site: str
    now: datetime

    @property
    def name(self) -> str:
        return f"kit-{self.kit.slug}-{self.kit.number}.zip"

    def stream(self) -> Iterator[bytes]:
        """The bytes of the ZIP, block by block."""
        pipe, items = _Pipe(), [self._item(content) for content in self.contents]
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for item in items:
                for number, file in enumerate(item.content.files):
                    yield from self._put(archive, pipe, item, file, number)
            self._write(archive, "00-indice.html", self._index(items))
            self._write(archive, "manifest.json", self._manifest(items))
        yield pipe.taken()

    def _item(self, content: Content) -> PackedItem:
        return PackedItem(content, f"{self.site}{content.url}" if content.url else "")

    def _put(
        self,
        archive: zipfile.ZipFile,
        pipe: _Pipe,
        item: PackedItem,
        file: VersionFile,
        number: int,
    ) -> Iterator[bytes]:
        name = _name_in_zip(item.content, file, number)
        digest, size = hashlib.sha256(), 0
        with file.upload.file.open("rb") as source, archive.open(self._info(name), "w") as target:
            while block := source.read(BLOCK):
                digest.update(block)
                size += len(block)
                target.write(block)
                yield pipe.taken()
        item.files.append(PackedFile(name, download_name(file.upload), size, digest.hexdigest()))
        yield pipe.taken()

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, date_time=self.now.timetuple()[:6])
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        return info

    def _write(self, archive: zipfile.ZipFile, name: str, text: str) -> None:
        archive.writestr(self._info(name), text)

    def _index(self, items: Sequence[PackedItem]) -> str:
        context = {"kit": self.kit, "items": items, "now": self.now, "address": self._address}
        return render_to_string("library/kit_index.html", context)

    @property
    def _address(self) -> str:
        return f"{self.site}{self.kit.get_absolute_url()}"

    def _manifest(self, items: Sequence[PackedItem]) -> str:
        manifest = {
            "format": FORMAT,
            "title": self.kit.title,
            "number": self.kit.number,
            "body": self.kit.body.name,
            "address": self._address,
            "packed_at": self.now.isoformat(),
            "items": [_described(item) for item in items],
        }
        return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _described(item: PackedItem) -> dict[str, Any]:
    content = item.content
    return {
        "position": content.position,
        "title": content.title,
        "what_for": content.note,
        "version": content.number,
        "pinned": content.pinned,
        "address": item.address,
        "not_included": content.missing,
        "files": [
            {
                "name": file.name,
                "original_name": file.original_name,
                "size": file.size,
                "sha256": file.sha256,
            }
            for file in item.files
        ],
    }


def _name_in_zip(content: Content, file: VersionFile, number: int) -> str:
    """`03-capitolato-del-verde-v2.docx`, annexes `03-…-v2-allegato-1.pdf`."""
    stem = f"{content.position:02d}-{slugify(content.title)[:80]}-v{content.number}"
    annex = f"-allegato-{number}" if number else ""
    return f"{stem}{annex}.{extension(download_name(file.upload))}"
