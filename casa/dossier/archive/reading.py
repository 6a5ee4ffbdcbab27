"""An archive that somebody brings: nothing in it is believed before it was checked.

Bounds, names and nesting are those of the drafting table (`casa.drafting.archive`); then every file
is compared with the manifest. The refusals are sentences for the page.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casa.drafting.archive import BROKEN, guard
from casa.drafting.errors import Unreadable
from casa.drafting.limits import MEGABYTE, Limits
from casa.foundation.errors import Refused

FORMAT = "casa-dossier/1"
MANIFEST = "manifest.json"
INDEX = "indice.html"
DATA = "dati"
MOST_OF_MANIFEST = 5 * MEGABYTE
MOST_OF_DATA = 40 * MEGABYTE
MOST_ROWS = 50_000
SENTENCES = {
    "corrupt": _lazy(
        "L'archivio è danneggiato o incompleto: scaricalo di nuovo dalla pagina «Archivio»."
    ),
    "encrypted": _lazy("L'archivio è protetto da una password: serve com'è stato scaricato."),
    "archive_bomb": _lazy(
        "Il contenuto dell'archivio, una volta decompresso, è sproporzionato: non si importa."
    ),
    "archive_unsafe": _lazy(
        "L'archivio contiene percorsi, collegamenti o nomi doppi non ammessi: non si importa."
    ),
}
_KIND = re.compile(r"casa-dossier/\d{1,6}")
_BLOCK = 1 << 16


class Broken(Refused):
    """This archive is not taken in; the sentence says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose files are those of its manifest."""

    zip: ZipFile
    manifest: Mapping[str, Any]

    def data(self, name: object) -> bytes:
        """The bytes of a file; ValueError for a name that the archive does not have."""
        if not isinstance(name, str) or name not in self.zip.NameToInfo:
            raise ValueError(name)
        return self.zip.read(name)

    def rows(self, name: str) -> list[dict[str, Any]] | None:
        """The rows of a part; None where the archive has no such part."""
        file = f"{DATA}/{name}.json"
        if file not in self.zip.NameToInfo:
            return None
        rows = _json(self.zip, file, most=MOST_OF_DATA)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Broken(_("L'archivio è danneggiato: «%s» non è come dev'essere.") % file)
        if len(rows) > MOST_ROWS:
            raise Broken(_("L'archivio ha troppe righe in «%s»: non si importa.") % file)
        return rows

    def parts(self) -> set[str]:
        """The names of the parts that the archive has."""
        start, end = f"{DATA}/", ".json"
        return {
            name.removeprefix(start).removesuffix(end)
            for name in self.zip.namelist()
            if name.startswith(start)
        }


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive, checked from end to end; Broken otherwise, before anything else looks at it."""
    with ExitStack() as stack:
        yield _checked(path, stack)


def _checked(path: Path, stack: ExitStack) -> Archive:
    try:
        guard(path, limits=limits())
        held = stack.enter_context(ZipFile(path))
        manifest = _manifest(held)
        _compare(held, manifest)
    except Refused:
        raise
    except (Unreadable, *BROKEN) as reason:
        code = reason.code if isinstance(reason, Unreadable) else "corrupt"
        raise Broken(str(SENTENCES.get(code, SENTENCES["corrupt"]))) from reason
    return Archive(held, manifest)


def limits() -> Limits:
    """The installation's bounds; one level deeper, for the archive stands around its files."""
    return Limits(
        depth=settings.INTAKE_MAX_DEPTH + 1,
        entries=settings.INTAKE_MAX_ENTRIES,
        unpacked_bytes=settings.INTAKE_MAX_UNPACKED_BYTES,
    )


def _manifest(held: ZipFile) -> Mapping[str, Any]:
    if MANIFEST not in held.NameToInfo:
        raise Broken(
            _(
                "Questo ZIP non è l'archivio di un fascicolo: dentro non c'è «manifest.json». "
                "Scegli il file che hai scaricato dalla pagina «Archivio», senza aprirlo e "
                "ricomprimerlo."
            )
        )
    manifest = _json(held, MANIFEST, most=MOST_OF_MANIFEST)
    kind = manifest.get("format") if isinstance(manifest, dict) else None
    if not isinstance(manifest, dict) or not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise Broken(_("Questo ZIP non è l'archivio di un fascicolo: il suo manifesto è altro."))
    if kind != FORMAT:
        raise Broken(
            _(
                "L'archivio è nel formato «%(kind)s», che questa piattaforma non conosce: qui si "
                "importa «%(ours)s». Serve una versione più recente della piattaforma."
            )
            % {"kind": kind, "ours": FORMAT}
        )
    return manifest


def _compare(held: ZipFile, manifest: Mapping[str, Any]) -> None:
    """Every file of the manifest is there with its bytes, and there is no other."""
    told = _told(manifest)
    there = {name for name in held.namelist() if not name.endswith("/")} - {MANIFEST}
    if missing := sorted(told.keys() - there):
        raise Broken(_("Nell'archivio manca il file «%s»: non si importa.") % missing[0])
    if strange := sorted(there - told.keys()):
        raise Broken(
            _("Nell'archivio c'è un file che il manifesto non nomina: «%s». Non si importa.")
            % strange[0][:200]
        )
    for name, digest in told.items():
        if _digest(held, name) != digest:
            raise Broken(
                _("Il file «%s» è stato cambiato dopo l'archiviazione: l'impronta è un'altra.")
                % name
            )


def _told(manifest: Mapping[str, Any]) -> dict[str, str]:
    files = manifest.get("files")
    try:
        told = {str(one["name"]): str(one["sha256"]) for one in files or ()}
    except (TypeError, KeyError) as reason:
        raise Broken(_("Il manifesto dell'archivio è danneggiato.")) from reason
    if len(told) != len(files or ()):
        raise Broken(_("Il manifesto dell'archivio nomina due volte lo stesso file."))
    return told


def _digest(held: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with held.open(name) as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _json(held: ZipFile, name: str, *, most: int) -> Any:
    if held.getinfo(name).file_size > most:
        raise Broken(_("Nell'archivio «%s» è troppo grande: non si importa.") % name)
    try:
        return json.loads(held.read(name))
    except (ValueError, RecursionError) as reason:
        raise Broken(_("L'archivio è danneggiato: «%s» non si legge.") % name) from reason
