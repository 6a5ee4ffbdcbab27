"""What models ask for: found in the jail, once per version; and models made from documents."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casa.drafting import Malformed, filling
from casa.drafting.filling import wire
from casa.drafting.text import clean
from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.library import access
from casa.library.models import FieldReading, MadeModel, Version
from casa.library.queries import main_upload
from casa.registry import trail
from casa.registry.actor import Actor

FILLED = ("docx", "odt")
BATCH = 5  # the rounds of the house share one thread
PACKAGE = b"PK"  # how a DOCX and an ODT begin


class _RefusedError(Exception):
    """The program refused the file, or the jail broke; the message is an Italian sentence."""


def read_fields(*, version_id: int) -> None:
    """Find what the main file of a version asks for, and keep it. Safe to repeat."""
    version = Version.objects.filter(pk=version_id).first()
    upload = main_upload(version) if version else None
    found = _found(upload) if upload and upload.format in FILLED else {}
    with transaction.atomic():
        same = Version.objects.select_for_update(no_key=True).filter(pk=version_id).first()
        if same is not None and main_upload(same) == upload:
            empty = {"fields": [], "conditions": [], "blanks": [], "reason": ""}
            said = {"grammar": FieldReading.GRAMMAR, **empty, **found}
            FieldReading.objects.update_or_create(version=same, defaults=said)


def read_fields_again(most: int = BATCH) -> None:
    """Look at versions that an older grammar read, or none."""
    old = Q(field_reading=None) | Q(field_reading__grammar__lt=FieldReading.GRAMMAR)
    keys = Version.objects.filter(old).order_by("-pk").values_list("pk", flat=True)
    for key in keys[:most]:
        read_fields(version_id=key)


def look_again() -> int:
    """Every night: what could not be opened, for want of time or of a jail, is tried once more."""
    return FieldReading.objects.filter(reason=_not_opened()).update(grammar=0)


def make_model(
    *, version: Version, confirmed: Sequence[filling.Confirmed], actor: Actor, now: datetime
) -> Upload:
    """Make a model of the main file of a version: each confirmed blank becomes a field.

    It is a new file of the body, inspected as any other, that knows the version it comes from.
    """
    entry = version.entry
    if not access.may_write(actor, entry) or entry.is_withdrawn:
        raise Refused(_("Ricava un modello chi ha un mandato di redazione nell'ente della scheda."))
    upload = main_upload(version)
    if upload is None or upload.format not in FILLED:
        raise Refused(_("Un modello si ricava solo da un file Word (DOCX) o OpenDocument (ODT)."))
    rows = json.dumps([asdict(one) for one in confirmed])
    try:
        data = _run("template", "--confirmed", rows, upload=upload)
    except _RefusedError as refusal:
        raise Refused(str(refusal)) from refusal
    return _kept(data, version, upload, actor=actor, now=now)


@transaction.atomic
def _kept(data: bytes, version: Version, upload: Upload, *, actor: Actor, now: datetime) -> Upload:
    name = Path(upload.name)
    file = ContentFile(data, name=f"{name.stem} - {_('modello')}.{upload.format}")
    entry = version.entry
    (made,) = intake.receive(
        files=[file], body=entry.body, office=entry.office, actor=actor, now=now
    )
    said = {"source": version, "original": upload, "made_at": now}
    MadeModel.objects.get_or_create(upload=made, defaults=said)
    trail.record("library.model.made", made, actor=actor, body=entry.body, source=str(version))
    return made


def _found(upload: Upload) -> dict[str, Any]:
    """What `FieldReading` keeps of a file, or why it cannot be told."""
    try:
        return {
            "fields": _plain(wire.fields_from(_rows("fields", upload=upload))),
            "conditions": _plain(
                wire.conditions_from(_rows("fields", "--conditions", upload=upload))
            ),
            "blanks": _plain(wire.blanks_from(_rows("blanks", upload=upload))),
        }
    except _RefusedError as refusal:
        return {"reason": str(refusal)}
    except Malformed:
        return {"reason": _("Il file non si legge come un modello.")}


def _plain(records: Sequence[Any]) -> list[dict[str, Any]]:
    return [asdict(one) for one in records]


def _rows(*words: str, upload: Upload) -> object:
    output = _run(*words, upload=upload)
    try:
        return json.loads(output)
    except (ValueError, RecursionError) as error:
        raise Malformed(words[0]) from error


def _run(*words: str, upload: Upload) -> bytes:
    """What a program of the drafting table prints for the file; raises _RefusedError."""
    program = [sys.executable, "-m", "casa.drafting", *words, "{input}"]
    try:
        output = jail.run(program, input_file=Path(upload.file.path), where=settings.TEMP_DIR)
    except (jail.NoJail, jail.JailBroken) as failure:
        raise _RefusedError(_not_opened()) from failure
    if not output.startswith(PACKAGE) and (said := _said(output)):
        raise _RefusedError(said)
    return output


def _not_opened() -> str:
    return _("Il file non si è potuto aprire in sicurezza: riprova più tardi.")


def _said(output: bytes) -> str:
    """The sentence of a refusal; "" for any other output."""
    try:
        data = json.loads(output)
    except (ValueError, RecursionError):
        return ""
    refused = isinstance(data, dict) and isinstance(data.get("message"), str)
    return clean(data["message"])[:1000] if refused else ""
