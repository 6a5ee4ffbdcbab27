"""The same file for another body: what was cleared once is not inspected again."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake import access
from casa.intake.models import Finding, Reading, Upload
from casa.intake.transfer import no_quota
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Office


@transaction.atomic
def duplicate(*, upload: Upload, office: Office, actor: Actor, now: datetime) -> Upload:
    """A cleared file's bytes, reading and findings, as a file of the office's body.

    Whether the actor may read the original is asked by whoever calls. Bytes stored by a transaction
    that fails are removed by `expire`.
    """
    if not access.may_upload(actor, office.body_id):
        raise Refused(access.why_not_upload())
    if not upload.is_cleared:
        raise Refused(
            _("Il file «%(name)s» non ha ancora superato i controlli.") % {"name": upload.name}
        )
    if Upload.objects.bytes_of(office.body) + upload.size > settings.INTAKE_QUOTA_BYTES:
        raise Refused(no_quota(upload.name))
    copy = Upload(
        body=office.body,
        office=office,
        person_id=actor.person_id,
        name=upload.name,
        size=upload.size,
        sha256=upload.sha256,
        format=upload.format,
        state=Upload.State.CLEARED,
        received_at=now,
        inspected_at=now,
    )
    with Path(upload.file.path).open("rb") as stored:
        copy.file.name = default_storage.save(copy.storage_name, File(stored))
    copy.save()
    _copy_what_was_found(upload, copy)
    trail.record("intake.upload.duplicated", copy, actor=actor, body=office.body, now=now)
    return copy


def _copy_what_was_found(upload: Upload, copy: Upload) -> None:
    read = Reading.objects.get(upload=upload)
    read.pk, read.upload = None, copy
    read._state.adding = True
    read.save(force_insert=True)
    findings = list(Finding.objects.filter(upload=upload))
    for finding in findings:
        finding.pk, finding.upload = None, copy
    Finding.objects.bulk_create(findings)
