"""The starter texts and kits as they stand in `data/starter`."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from casa.drafting import manuscript
from casa.drafting.manuscript import Manuscript
from casa.drafting.manuscript.kit import Kit, read_kit

SHELVES = ("services", "practices", "models")  # what is loaded last stands first in lists

Tell = Callable[[str], None]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Source:
    """One text: its name among our files, what it says, and the print of the file."""

    slug: str
    text: Manuscript
    sha256: str

    @property
    def number(self) -> int:
        """The issue it bears."""
        return self.text.version

    @property
    def file_name(self) -> str:
        return f"{self.slug}.docx"

    def docx(self) -> bytes:
        return manuscript.docx(self.text)


@dataclass(frozen=True, slots=True)
class KitSource:
    """One kit: its name among our files, what it says, and the print of the file."""

    slug: str
    kit: Kit
    sha256: str


def folder() -> Path:
    """Where the texts are kept."""
    return Path(settings.ROOT) / "data" / "starter"


def sources(where: Path, *, tell: Tell) -> list[Source]:
    """Every text, by shelf and name; what is no manuscript is told and left out."""
    paths = [path for shelf in SHELVES for path in sorted((where / shelf).glob("*.md"))]
    return [source for path in paths if (source := _read(path, _source, tell))]


def kits(where: Path, *, tell: Tell) -> list[KitSource]:
    """Every kit, by name; what is no kit is told and left out."""
    paths = sorted((where / "kits").glob("*.toml"))
    return [kit for path in paths if (kit := _read(path, _kit, tell))]


def _read(path: Path, read: Callable[[Path], Read], tell: Tell) -> Read | None:
    """The house opens whatever became of one of our files."""
    try:
        return read(path)
    except ValueError as error:
        words = _("%(name)s non si può leggere: %(why)s")
        tell(words % {"name": path.name, "why": str(error).splitlines()[0]})
        return None


def _source(path: Path) -> Source:
    data = path.read_bytes()
    return Source(path.stem, manuscript.read(data.decode()), hashlib.sha256(data).hexdigest())


def _kit(path: Path) -> KitSource:
    data = path.read_bytes()
    return KitSource(path.stem, read_kit(data.decode()), hashlib.sha256(data).hexdigest())
