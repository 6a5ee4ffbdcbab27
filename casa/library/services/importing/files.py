"""Where the files of a manifest are: in a folder beside it, or already in the intake."""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.core.files import File
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.intake.names import clean_name
from casa.registry.actor import Actor
from casa.registry.models import Body, Office

PATIENCE = 300.0
PAUSE = 0.2


class Files(Protocol):
    """Files by the name that the manifest gives them."""

    def expect(self, names: Iterable[str]) -> None:
        """Get ready for these names."""

    def problem(self, name: str) -> str:
        """Why the file can't be had, in a sentence; empty when it can."""

    def sha256(self, name: str) -> str:
        """The digest of the file's bytes."""

    def upload(self, name: str, *, office: Office, actor: Actor, now: datetime) -> Upload:
        """The file as the intake cleared it; refused with the intake's own reason."""


class FolderFiles:
    """Paths relative to the manifest, on the machine where the command runs."""

    def __init__(self, folder: Path, body: Body) -> None:
        self.folder, self.body = folder.resolve(), body
        self._digests: dict[str, str] = {}

    def expect(self, names: Iterable[str]) -> None:
        """Nothing to prepare: files are read one at a time."""

    def problem(self, name: str) -> str:
        path = self._path(name)
        if not path.is_relative_to(self.folder):
            return _("«%(name)s» sta fuori dalla cartella del CSV: copialo lì") % {"name": name}
        if not path.is_file():
            return _("il file «%(name)s» non c'è nella cartella del CSV") % {"name": name}
        return ""

    def sha256(self, name: str) -> str:
        if name not in self._digests:
            with self._path(name).open("rb") as file:
                self._digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digests[name]

    def upload(self, name: str, *, office: Office, actor: Actor, now: datetime) -> Upload:
        """Received and inspected here and now; one left over from an interrupted import serves."""
        upload = self._left_over(name) or self._received(name, office=office, actor=actor, now=now)
        return cleared(inspected(upload, now=now))

    def _left_over(self, name: str) -> Upload | None:
        free = Upload.objects.filter(body=self.body, version_file=None)
        same = free.filter(sha256=self.sha256(name), name=clean_name(self._path(name).name))
        return same.exclude(state=Upload.State.REJECTED).first()

    def _received(self, name: str, *, office: Office, actor: Actor, now: datetime) -> Upload:
        path = self._path(name)
        with path.open("rb") as opened:
            file = File(opened, name=path.name)
            (upload,) = intake.receive(
                files=[file], body=self.body, office=office, actor=actor, now=now
            )
        return upload

    def _path(self, name: str) -> Path:
        return (self.folder / name.replace("\\", "/")).resolve()


class IntakeFiles:
    """Names of files that the body has already brought into the intake."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self._known: dict[str, list[Upload]] = defaultdict(list)

    def expect(self, names: Iterable[str]) -> None:
        """One query for all the names; rejected files don't count."""
        wanted = {clean_name(name) for name in names}
        rows = Upload.objects.filter(body=self.body, name__in=wanted)
        rows = rows.exclude(state=Upload.State.REJECTED).select_related("version_file")
        self._known = defaultdict(list)
        for upload in rows.newest_first():
            self._known[upload.name].append(upload)

    def problem(self, name: str) -> str:
        known = self._pool(name)
        if not known:
            return _("il file «%(name)s» non è fra quelli caricati dal tuo ente") % {"name": name}
        if len({upload.sha256 for upload in known}) > 1:
            return _(
                "ci sono file diversi con il nome «%(name)s»: caricane uno con un altro nome"
            ) % {"name": name}
        if not any(upload.is_cleared for upload in known):
            return _("«%(name)s» è ancora in controllo: riprova fra poco") % {"name": name}
        return ""

    def sha256(self, name: str) -> str:
        return self._pool(name)[0].sha256

    def upload(self, name: str, *, office: Office, actor: Actor, now: datetime) -> Upload:
        """The free cleared one of that name."""
        del office, actor, now
        for upload in self._known[clean_name(name)]:
            if upload.is_cleared and not hasattr(upload, "version_file"):
                return upload
        raise Refused(
            _("Il file «%(name)s» è già in un'altra scheda: caricalo di nuovo.") % {"name": name}
        )

    def _pool(self, name: str) -> list[Upload]:
        """The files of that name that stand in no entry yet; else those that do."""
        known = self._known[clean_name(name)]
        return [upload for upload in known if not hasattr(upload, "version_file")] or known


def inspected(upload: Upload, *, now: datetime) -> Upload:
    """Inspect here; when a worker has just begun to, wait for it."""
    deadline = time.monotonic() + PATIENCE
    while upload.is_waiting:
        intake.inspect(upload_id=upload.pk, now=now)
        upload.refresh_from_db()
        if upload.is_waiting and time.monotonic() > deadline:
            raise Refused(
                _("Il controllo di «%(name)s» non finisce: ripeti l'importazione più tardi.")
                % {"name": upload.name}
            )
        if upload.is_waiting:
            time.sleep(PAUSE)
    return upload


def cleared(upload: Upload) -> Upload:
    """The file, unless the intake rejected it: then its own reason."""
    if not upload.is_cleared:
        raise Refused(f"«{upload.name}»: {upload.reason}")
    return upload
