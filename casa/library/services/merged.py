"""Documents that are made of others in the jail, and brought through the intake like any file."""

import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.foundation.jail.strays import work_folder
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.library.models import Entry, Taking, Version
from casa.library.queries.taking import WRITE
from casa.registry.actor import Actor

Choices = Mapping[str, Mapping[str, str]]


def merged_file(taking: Taking) -> tuple[bytes, str]:
    """Our file with what was decided, made in the jail; its format is that of our file."""
    files = [main_file(version) for version in (taking.base, taking.ours, taking.theirs)]
    data = _made(files, _choices(taking), author=str(taking.theirs.entry.body))
    return data, files[1].format


def edited_file(version: Version, texts: Mapping[str, str]) -> tuple[bytes, str]:
    """The file of a version with other words in some clauses, by key as the file was read."""
    file = main_file(version)
    choices = {key: {"action": "edit", "text": text} for key, text in texts.items()}
    return _made([file] * 3, choices, author=str(version.entry.body)), file.format


def main_file(version: Version) -> Upload:
    """The file that holds the text of a version."""
    return version.files.select_related("upload").get(position=1).upload


def annexes_of(version: Version) -> list[Upload]:
    """The other files of a version."""
    files = version.files.filter(position__gt=1).select_related("upload").order_by("position")
    return [file.upload for file in files]


def brought_in(
    entry: Entry, data: bytes, *, name: str, suffix: str, actor: Actor, now: datetime
) -> Upload:
    """The document as a file of the body, checked like any other. Raises Refused when it fails."""
    with transaction.atomic():
        (upload,) = intake.receive(
            files=[File(io.BytesIO(data), name=f"{name}.{suffix}")],
            body=entry.body,
            office=entry.office,
            actor=actor,
            now=now,
        )
    intake.inspect(upload_id=upload.pk, now=now)
    upload.refresh_from_db()
    if not upload.is_cleared:
        raise Refused(upload.reason or _("Il documento è ancora in controllo: riprova tra poco."))
    return upload


def copied(entry: Entry, uploads: Iterable[Upload], *, actor: Actor, now: datetime) -> list[Upload]:
    """Annexes go along with the next version: a file belongs to one, so they are copied."""
    return [
        intake.duplicate(upload=one, office=entry.office, actor=actor, now=now) for one in uploads
    ]


def not_written() -> str:
    """What a person reads when the document cannot be made."""
    return _(
        "Il documento non si riesce a scrivere in automatico: scarica il file, cambialo a mano e "
        "caricalo come nuova versione."
    )


def _made(files: Sequence[Upload], choices: Choices, *, author: str) -> bytes:
    with work_folder(settings.TEMP_DIR) as folder:  # an argument is too short for long texts
        said = Path(folder) / "choices.json"
        said.write_text(json.dumps(choices), encoding="utf-8")
        return jail.run(
            [
                *(sys.executable, "-m", "casa.drafting", "merge"),
                *("--choices-file", "{input4}"),
                *("--author", author),
                *("{input}", "{input2}", "{input3}"),
            ],
            input_file=Path(files[0].file.path),
            more_files=[*(Path(file.file.path) for file in files[1:]), said],
            accept=(),
            where=settings.TEMP_DIR,
        )


def _choices(taking: Taking) -> dict[str, dict[str, str]]:
    """As `python -m casa.drafting merge` takes them."""
    return {
        key: {"action": "edit", "text": taking.texts.get(key, "")}
        if choice == WRITE
        else {"action": choice}
        for key, choice in taking.choices.items()
    }
