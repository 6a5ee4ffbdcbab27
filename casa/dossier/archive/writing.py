"""The ZIP of a dossier: always the same bytes, but for the moment in the manifest."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from casa.dossier.archive import bodies, parts
from casa.dossier.archive.parts import Packing, Part, Row, Source
from casa.dossier.archive.reading import DATA, FORMAT, INDEX, MANIFEST
from casa.dossier.models import Dossier
from casa.foundation.opening.plan import ROOT

PEOPLE = "persone"
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part in the index: its words and one line for each row, with its file where it has one."""

    label: str
    about: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Written:
    """What was packed: the manifest, and the sentences about what was left out."""

    manifest: Mapping[str, Any]
    left_out: Sequence[str]


def write(packing: Packing, target: IO[bytes]) -> Written:
    """Write the archive of a dossier as its reader may see it now."""
    made = [(part, part.rows(packing)) for part in parts.known()]
    people = packing.people.rows(sides=sides_of(packing.dossier))
    files: list[Row] = []
    with ZipFile(target, "w") as held:
        _put(held, files, f"{DATA}/{PEOPLE}.json", _json(people))
        for part, rows in made:
            _put(held, files, f"{DATA}/{part.name}.json", _json(rows))
        for name, source in sorted(packing.files.items()):
            _put(held, files, name, source)
        index = _index(packing, made, people)
        _put(held, files, INDEX, index.encode())
        manifest = _manifest(packing, files)
        held.writestr(_info(MANIFEST), _json(manifest))
    return Written(manifest, packing.left_out)


def sides_of(dossier: Dossier) -> dict[str, int | None]:
    """The two bodies of a dossier by their side."""
    return {"owner": dossier.case.office.body_id, "supporter": dossier.case.supporter_id}


@cache
def platform_version() -> str:
    """The version of the platform, from its project file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version: str = project["version"]
    return version


def _put(held: ZipFile, files: list[Row], name: str, source: Source | bytes) -> None:
    digest, size = hashlib.sha256(), 0
    with held.open(_info(name), "w", force_zip64=True) as target:
        for block in _blocks(source):
            digest.update(block)
            size += len(block)
            target.write(block)
    files.append({"name": name, "size": size, "sha256": digest.hexdigest()})


def _blocks(source: Source | bytes) -> Iterator[bytes]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    else:
        yield source if isinstance(source, bytes) else source()


def _info(name: str) -> ZipInfo:
    """An entry whose day says nothing: the moment stands in the manifest alone."""
    info = ZipInfo(name)
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o644 << 16, 3
    return info


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _manifest(packing: Packing, files: Sequence[Row]) -> Row:
    dossier = packing.dossier
    opened = dossier.case.opened_at.astimezone(UTC).isoformat()
    body = bodies.told(dossier.case.office.body)
    return {
        "format": FORMAT,
        "platform": platform_version(),
        "packed_at": packing.now.astimezone(UTC).isoformat(),
        "title": dossier.case.title,
        "body": body,
        "opened_at": opened,
        "complete": not packing.left_out,
        "left_out": list(packing.left_out),
        "files": sorted(files, key=lambda one: str(one["name"])),
    }


def _index(packing: Packing, made: Sequence[tuple[Part, list[Row]]], people: list[Row]) -> str:
    names = {one["id"]: f"{one['given_name']} {one['family_name']}".strip() for one in people}
    chapters = [
        Chapter(
            label=str(part.label),
            about=str(part.about),
            lines=[(part.told(row, names), str(row.get("file") or "")) for row in rows],
        )
        for part, rows in made
    ]
    context = {
        "dossier": packing.dossier,
        "chapters": chapters,
        "left_out": packing.left_out,
        "platform": platform_version(),
        "format": FORMAT,
    }
    return render_to_string("dossier/archive_index.html", context)
