"""A bundle as a ZIP: `manifest.json`, `manifest.sig`, and `files/DIGEST` for each file.

What is read comes from a stranger: names are known beforehand, sizes are promised by a signed
manifest, nothing is unpacked to a path that the ZIP chose, and each byte is counted and digested.
"""

import hashlib
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library.exchange.keys import PublicKey
from casa.library.exchange.manifest import File, Manifest
from casa.library.exchange.reading import claimed_by, read_manifest

MANIFEST, SIGNATURE, FOLDER = "manifest.json", "manifest.sig", "files/"
NAME = re.compile(r"manifest\.json|manifest\.sig|files/[0-9a-f]{64}")
MOST_MANIFEST = 20 * 1024 * 1024
SIGNATURE_BYTES = 64
MOST_DIRECTORY = 4 * 1024 * 1024
BLOCK = 1 << 16
END, END64, END_BYTES, LOCATOR_BYTES = b"PK\x05\x06", b"PK\x06\x07", 22, 20
EPOCH = (1980, 1, 1, 0, 0, 0)
BROKEN = (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def most_bytes() -> int:
    """How large a bundle may be, packed or unpacked."""
    return 5 * int(settings.INTAKE_MAX_BYTES)


def write_bundle(
    target: IO[bytes], manifest: Manifest, files: Mapping[str, Path], key: Ed25519PrivateKey
) -> None:
    """Write the ZIP; equal content gives equal bytes. `files` says by digest where each is."""
    content = manifest.to_bytes()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_info(MANIFEST), content)
        archive.writestr(_info(SIGNATURE), key.sign(content))
        for digest in sorted(files):
            with (
                files[digest].open("rb") as source,
                archive.open(_info(FOLDER + digest), "w") as out,
            ):
                shutil.copyfileobj(source, out, BLOCK)


class Opened:
    """A bundle whose signature and files were found good."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive, self.manifest = archive, manifest

    @contextmanager
    def file(self, file: File) -> Iterator[IO[bytes]]:
        """The bytes of a file."""
        with self._archive.open(FOLDER + file.sha256) as opened:
            yield opened


@contextmanager
def claimed(path: Path) -> Iterator[tuple[zipfile.ZipFile, bytes, bytes]]:
    """The ZIP with manifest and signature as they stand, not believed yet."""
    _refuse_wild(path)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN:
        raise _not_whole() from None
    with archive:
        _refuse_names(archive)
        content = _bounded(archive, MANIFEST, most=MOST_MANIFEST)
        yield archive, content, _bounded(archive, SIGNATURE, most=SIGNATURE_BYTES)


@contextmanager
def opened(path: Path, key: PublicKey) -> Iterator[Opened]:
    """The bundle, when this key signed it and all of it is there and nothing else."""
    with claimed(path) as (archive, content, signature):
        if not key.has_signed(content, signature) or claimed_by(content) != (key.uid, key.key):
            raise Refused(
                _(
                    "La firma del pacchetto non è valida: qualcuno lo ha cambiato dopo la firma, "
                    "o si è rovinato per strada. Nulla è cambiato: fattelo mandare di nuovo."
                )
            )
        manifest = read_manifest(content)
        _refuse_other_files(archive, manifest)
        for digest, file in {one.sha256: one for one in manifest.files()}.items():
            _refuse_changed(archive, FOLDER + digest, file)
        yield Opened(archive, manifest)


def _refuse_wild(path: Path) -> None:
    """Look at the last bytes before any directory is read: a huge one would fill the memory."""
    size = path.stat().st_size
    if size > most_bytes():
        raise Refused(_("Il pacchetto è troppo grande: fattelo mandare in più parti."))
    with path.open("rb") as file:
        file.seek(max(0, size - END_BYTES - LOCATOR_BYTES))
        before, tail = file.read(LOCATOR_BYTES), file.read()
    if not tail.startswith(END):
        raise _not_whole()
    if before.startswith(END64) or int.from_bytes(tail[12:16], "little") > MOST_DIRECTORY:
        raise Refused(_("Il pacchetto ha troppi pezzi: non l'ha fatto una Casa dei Comuni."))


def _refuse_names(archive: zipfile.ZipFile) -> None:
    """Exactly the names that a bundle has, each once, packed in a way that we read."""
    infos = archive.infolist()
    names = [info.orig_filename for info in infos]
    odd = [name for name in names if not NAME.fullmatch(name)]
    if odd or len(set(names)) < len(names):
        raise Refused(_("Il pacchetto contiene pezzi che non c'entrano: non viene aperto."))
    if any(info.compress_type not in KNOWN or info.flag_bits & 0x1 for info in infos):
        raise Refused(_("Il pacchetto è chiuso in un modo che qui non si apre."))
    if not {MANIFEST, SIGNATURE} <= set(names):
        raise Refused(_("Al pacchetto manca il manifesto o la firma: fattelo mandare di nuovo."))


def _refuse_other_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    named = {FOLDER + file.sha256 for file in manifest.files()}
    there = set(archive.namelist()) - {MANIFEST, SIGNATURE}
    if there - named:
        raise Refused(_("Il pacchetto contiene file che il manifesto non nomina: non si apre."))
    if named - there:
        raise Refused(_("Al pacchetto mancano file che il manifesto nomina: fattelo rimandare."))
    sizes = {file.sha256: file.size for file in manifest.files()}
    if sum(sizes.values()) > most_bytes() or any(
        file.size != sizes[file.sha256] or file.size > settings.INTAKE_MAX_BYTES
        for file in manifest.files()
    ):
        raise Refused(_("I file del pacchetto sono troppo grandi: fattelo mandare in più parti."))


def _refuse_changed(archive: zipfile.ZipFile, name: str, file: File) -> None:
    """Count and digest what is there, giving up at the first byte too many."""
    size, digest = 0, hashlib.sha256()
    try:
        with archive.open(name) as opened:
            while block := opened.read(min(BLOCK, file.size - size + 1)):
                size += len(block)
                digest.update(block)
                if size > file.size:
                    break
    except (*BROKEN, zlib.error):
        size = -1
    if size != file.size or digest.hexdigest() != file.sha256:
        raise Refused(
            _("Il file «%(name)s» del pacchetto non è quello che fu firmato: nulla è cambiato.")
            % {"name": file.name[:100]}
        )


def _bounded(archive: zipfile.ZipFile, name: str, *, most: int) -> bytes:
    try:
        with archive.open(name) as opened:
            content = opened.read(most + 1)
    except (*BROKEN, zlib.error):
        raise _not_whole() from None
    if len(content) > most:
        raise _not_whole()
    return content


def _not_whole() -> Refused:
    return Refused(_("Il file non è un pacchetto intero: fattelo mandare di nuovo."))


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=EPOCH)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return info
