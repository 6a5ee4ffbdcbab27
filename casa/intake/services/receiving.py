"""Bringing files in."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake import access, tasks
from casa.intake.models import Upload
from casa.intake.names import clean_name
from casa.intake.transfer import no_quota, too_big
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Office, Person

DOUBLE_CLICK = timedelta(minutes=1)


@transaction.atomic
def receive(
    *, files: Iterable[File[Any]], body: Body, office: Office, actor: Actor, now: datetime
) -> list[Upload]:
    """Put each file in quarantine for an office and ask for its inspection.

    The same file sent twice within a minute is received once. Bytes stored by a transaction
    that fails are removed by `expire`.
    """
    if not access.may_upload(actor, body.pk):
        raise Refused(access.why_not_upload())
    if office.body_id != body.pk or office.closed_on:
        raise Refused(_("L'ufficio scelto non è di questo ente: scegline un altro."))
    Person.objects.select_for_update(no_key=True).get(pk=actor.person_id)
    return [_receive(file, office=office, actor=actor, now=now) for file in files]


def take_in(
    file: File[Any], *, office: Office, person_id: int, actor: Actor, now: datetime
) -> Upload:
    """Put a file of a room above in quarantine; in its transaction, its rights are that room's."""
    return store(unsaved(file, office=office, person_id=person_id, now=now), file, actor=actor)


def _receive(file: File[Any], *, office: Office, actor: Actor, now: datetime) -> Upload:
    upload = unsaved(file, office=office, person_id=actor.person_id, now=now)
    return _twin(upload) or store(upload, file, actor=actor)


def unsaved(file: File[Any], *, office: Office, person_id: int, now: datetime) -> Upload:
    """The row of a file for an office, measured and not yet saved. Refused when it is too big."""
    name = clean_name(file.name or "")
    size, sha256 = _measured(file, name=name)
    upload = Upload(name=name, size=size, sha256=sha256, received_at=now)
    upload.office, upload.body, upload.person_id = office, office.body, person_id
    return upload


def store(upload: Upload, file: File[Any], *, actor: Actor) -> Upload:
    """Put the bytes and the row in quarantine and ask for the inspection; in a transaction."""
    if Upload.objects.bytes_of(upload.body) + upload.size > settings.INTAKE_QUOTA_BYTES:
        raise Refused(no_quota(upload.name))
    upload.file.name = default_storage.save(upload.storage_name, file)
    upload.save()
    size, sha256, body = upload.size, upload.sha256, upload.body
    trail.record("intake.upload.received", upload, actor=actor, body=body, size=size, sha256=sha256)
    transaction.on_commit(partial(tasks.inspect.enqueue, upload_id=upload.pk))
    return upload


def _measured(file: File[Any], *, name: str) -> tuple[int, str]:
    """Size and SHA-256, read in chunks and given up at the first byte too many."""
    size, digest = 0, hashlib.sha256()
    for chunk in file.chunks():
        size += len(chunk)
        if size > settings.INTAKE_MAX_BYTES:
            raise Refused(too_big(name))
        digest.update(chunk)
    return size, digest.hexdigest()


def _twin(upload: Upload) -> Upload | None:
    """The same file by the same person, sent a moment ago and still in quarantine."""
    return (
        Upload.objects.waiting()
        .filter(
            body=upload.body,
            person_id=upload.person_id,
            name=upload.name,
            sha256=upload.sha256,
            received_at__gt=upload.received_at - DOUBLE_CLICK,
        )
        .first()
    )
