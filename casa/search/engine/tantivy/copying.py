"""Copying the index of another node: what segments are written stays as written.

The files a commit names never change, and `meta.json` names them. So a copy fetches the files it
lacks, then replaces its own `meta.json` in one act: whoever reads the copy sees whole commits.
When the source tidies up under our hands a file is missing: we look again.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.crypto import get_random_string

from casa.search.engine.seam import EngineUnavailable
from casa.search.engine.tantivy.schema import fingerprint
from casa.search.engine.tantivy.shelf import Shelf, Signature

TRIES = 5
META = "meta.json"
PARTS = ("term", "idx", "pos", "store", "fast", "fieldnorm")
FRESH = ".copying-"


@dataclass(slots=True)
class Copyist:
    """Keeps the index in one folder equal to the index in another."""

    source: Shelf
    own: Shelf
    _copied: Signature | None = None
    _kept: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def between(cls, source: Path, own: Path) -> "Copyist":
        return cls(Shelf(source / fingerprint()), Shelf(own / fingerprint()))

    def copy(self) -> bool:
        """One look at the source. Says whether anything was new."""
        for attempt in range(TRIES):
            signature = self.source.signature()
            if signature == self._copied and not self.own.is_flagged():
                return False
            try:
                self._fetch(Path(signature[0]))
            except FileNotFoundError as error:
                if attempt == TRIES - 1:
                    raise EngineUnavailable(f"the source changes too fast: {error}") from error
                continue
            self._copied = signature
            return True
        return False

    def _fetch(self, origin: Path) -> None:
        meta = (origin / META).read_bytes()
        wanted = frozenset(_files_of(meta))
        target, is_new = self._target(origin)
        for name in sorted(wanted):
            if not _is_there(origin / name, target / name):
                _copy_whole(origin / name, target / name)
        _write_whole(meta, target / META)
        if is_new:
            self.own.point_to(target.name)
            self.own.sweep()
            self._kept = frozenset()
        self._tidy(target, wanted)

    def _target(self, origin: Path) -> tuple[Path, bool]:
        """Our generation that follows theirs; a new one when they swapped or ours is damaged."""
        with suppress(EngineUnavailable):
            current = self.own.current
            if current.name.startswith(origin.name) and not self.own.is_flagged():
                return current, False
        fresh = self.own.folder / f"{origin.name}-{get_random_string(4).lower()}"
        fresh.mkdir(parents=True, mode=0o700)
        return fresh, True

    def _tidy(self, target: Path, wanted: frozenset[str]) -> None:
        """Remove what neither this commit nor the one before names: a reader may just open it."""
        for path in target.iterdir():
            if path.name not in wanted | self._kept | {META}:
                path.unlink(missing_ok=True)
        self._kept = wanted


def _files_of(meta: bytes) -> Iterator[str]:
    """The files of the segments that a commit names, and of each the deletions it counts."""
    for segment in json.loads(meta)["segments"]:
        name = str(segment["segment_id"]).replace("-", "")
        yield from (f"{name}.{part}" for part in PARTS)
        if deletes := segment.get("deletes"):
            yield f"{name}.{deletes['opstamp']}.del"


def _is_there(origin: Path, target: Path) -> bool:
    try:
        return target.stat().st_size == origin.stat().st_size
    except FileNotFoundError:
        return False


def _copy_whole(origin: Path, target: Path) -> None:
    """Under another name first: what bears its own name is complete."""
    fresh = target.with_name(f"{FRESH}{target.name}")
    shutil.copyfile(origin, fresh)
    fresh.chmod(0o600)
    fresh.replace(target)


def _write_whole(content: bytes, target: Path) -> None:
    fresh = target.with_name(f"{FRESH}{target.name}")
    fresh.write_bytes(content)
    fresh.chmod(0o600)
    fresh.replace(target)
