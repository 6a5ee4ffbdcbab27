"""Where the index lies on disk: one folder per kind of index, one inside per generation.

index/tantivy-1a2b3c4d5e6f/current → g-20261125-101530-4f2a      (a link, replaced in one act)
index/tantivy-1a2b3c4d5e6f/g-20261125-101530-4f2a/meta.json …
index/tantivy-1a2b3c4d5e6f/damaged                               (a reader left word)
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from django.utils.crypto import get_random_string

from casa.search.engine.seam import EngineUnavailable

CURRENT, DAMAGED = "current", "damaged"

Signature = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of one kind of index."""

    folder: Path

    @property
    def current(self) -> Path:
        """The folder of the generation that readers use; refuses when there is none."""
        try:
            return self.folder / (self.folder / CURRENT).readlink()
        except OSError as error:
            raise EngineUnavailable(f"no index in {self.folder}") from error

    def signature(self) -> Signature:
        """Changes with every commit and every swap; two system calls."""
        folder = self.current
        try:
            meta = (folder / "meta.json").stat()
        except OSError as error:
            raise EngineUnavailable(f"no index in {folder}") from error
        return str(folder), meta.st_ino, meta.st_mtime_ns

    def new_generation(self) -> Path:
        moment = timezone.now().strftime("%Y%m%d-%H%M%S")
        made = self.folder / f"g-{moment}-{get_random_string(4).lower()}"
        made.mkdir(parents=True, mode=0o700)
        return made

    def point_to(self, generation: str) -> None:
        """Replace the link in one act: a reader sees the old index or the new one, never none."""
        if not (self.folder / generation / "meta.json").is_file():
            raise EngineUnavailable(f"no generation {generation}")
        fresh = self.folder / f".{generation}"
        with suppress(FileNotFoundError):
            fresh.unlink()
        fresh.symlink_to(generation)
        fresh.replace(self.folder / CURRENT)
        with suppress(FileNotFoundError):
            (self.folder / DAMAGED).unlink()

    def aside(self) -> Path | None:
        """The newest generation that nobody points to: one that was being made."""
        kept = self._kept()
        made = sorted(path for path in self.folder.glob("g-*") if path.name != kept)
        return made[-1] if made else None

    def _kept(self) -> str:
        try:
            return self.current.name
        except EngineUnavailable:
            return ""

    def sweep(self) -> None:
        """Remove what nobody points to: old generations, half-made ones, other kinds of index.

        Readers that still hold files of a removed generation keep them until they look again.
        """
        kept = self._kept()
        for path in self.folder.glob("g-*"):
            if path.name != kept:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.parent.glob("tantivy-*"):
            if path != self.folder:
                shutil.rmtree(path, ignore_errors=True)

    def flag_damage(self) -> None:
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self.folder / DAMAGED).touch(mode=0o600)

    def is_flagged(self) -> bool:
        return (self.folder / DAMAGED).exists()

    def size(self) -> int:
        """Bytes on disk, all generations together."""
        total = 0
        for path in self.folder.rglob("*"):
            with suppress(OSError):
                total += path.lstat().st_size
        return total
