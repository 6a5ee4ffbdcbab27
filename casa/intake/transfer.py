"""Receiving bytes: every file of a request goes to the private files folder, bounded.

The handler serves all forms with files (FILE_UPLOAD_HANDLERS). Nothing is held in memory; a file
that passes the limit is dropped at once and its rest is read past, so that the page can answer
with a sentence for each. Django reads a form before the view runs, on any address: so nothing at
all is stored but on a page that takes files, from somebody who may send them there.
"""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casa.foundation.takes_files import may_send_files
from casa.intake.names import clean_name

INCOMING = "incoming"
MEGABYTE = 1024 * 1024
TOTAL_FACTOR = 5


def max_total() -> int:
    """How many bytes one request may bring, all files together."""
    return TOTAL_FACTOR * int(settings.INTAKE_MAX_BYTES)


def too_big(name: str) -> str:
    return _(
        "«{name}» supera il limite di {limit} MB per file: dividilo in più parti o riduci le "
        "immagini che contiene."
    ).format(name=name, limit=settings.INTAKE_MAX_BYTES // MEGABYTE)


def too_many() -> str:
    return _(
        "I file sono più di {limit}: sono stati ricevuti i primi {limit}, carica gli altri a parte."
    ).format(limit=settings.INTAKE_MAX_FILES)


def too_much() -> str:
    return _(
        "I file scelti superano insieme {limit} MB: caricali in più volte, pochi per volta."
    ).format(limit=max_total() // MEGABYTE)


def no_room(name: str) -> str:
    return _(
        "«{name}» non è stato salvato: sul server manca spazio. Riprova più tardi e avvisa chi "
        "gestisce la piattaforma."
    ).format(name=name)


def no_quota(name: str) -> str:
    return _(
        "«{name}» non è stato ricevuto: i file dell'ente occupano già quasi tutti i {limit} MB a "
        "disposizione. Elimina da «I file dell'ente» quelli che non servono più, oppure chiedi più "
        "spazio a chi gestisce la piattaforma."
    ).format(name=name, limit=settings.INTAKE_QUOTA_BYTES // MEGABYTE)


def turned_away(request: HttpRequest) -> list[str]:
    """The sentences about files of this request that were not kept."""
    sentences: list[str] = getattr(request, "turned_away", [])
    return sentences


class Incoming(TemporaryUploadedFile):
    """A file on its way in, beside its later place so that keeping it is a rename."""

    def __init__(self, name: str, content_type: str | None, charset: str | None) -> None:
        folder = Path(default_storage.path(INCOMING))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(dir=folder)  # noqa: SIM115 -- closed by who receives it
        UploadedFile.__init__(self, file, name, content_type, 0, charset)


class BoundedUploadHandler(FileUploadHandler):
    """Writes each file to disk while it arrives and stops at the first byte too many."""

    file: Incoming

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refusals: list[str] = []
        self.count = 0
        self.whole_is_too_much = False
        if request is not None:
            request.turned_away = self.refusals  # type: ignore[attr-defined]  # see turned_away()

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Look at the length of the whole request: the third of Django's arguments."""
        content_length: int = kwargs.get("content_length") or args[2]
        self.whole_is_too_much = content_length > max_total()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Prepare for the next file, or stop: not from them, too much in all, too many files."""
        super().new_file(*args, **kwargs)
        self.count += 1
        if self.request is None or not may_send_files(self.request):
            raise StopUpload(connection_reset=True)
        if self.whole_is_too_much:
            self.refusals.append(too_much())
            raise StopUpload(connection_reset=True)
        if self.count > settings.INTAKE_MAX_FILES:
            self._say_too_many()
            raise SkipFile
        self.file = Incoming(self.file_name or "", self.content_type, self.charset)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        name = clean_name(self.file_name or "")
        if start + len(raw_data) > settings.INTAKE_MAX_BYTES:
            self.refusals.append(too_big(name))
            raise SkipFile
        try:
            self.file.write(raw_data)
        except OSError as error:
            self.refusals.append(no_room(name))
            raise SkipFile from error

    def file_complete(self, file_size: int) -> Incoming:
        """Hand the file over; from here on Django must not close it with the next one."""
        file = self.file
        del self.file
        file.seek(0)
        file.size = file_size
        return file

    def _say_too_many(self) -> None:
        if too_many() not in self.refusals:
            self.refusals.append(too_many())

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
