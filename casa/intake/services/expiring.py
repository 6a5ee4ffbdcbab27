"""Forgetting files that nobody needs."""

import time
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage

from casa.intake.models import Upload
from casa.intake.services.deleting import delete
from casa.intake.transfer import INCOMING
from casa.registry.actor import SYSTEM

REJECTED_KEPT = timedelta(days=30)
UNUSED_KEPT = timedelta(days=90)
STRAY_KEPT = timedelta(days=1)


def expire(*, now: datetime) -> int:
    """Delete files rejected a month ago, cleared ones unused for three, and stray bytes."""
    rejected = Upload.objects.rejected().filter(inspected_at__lt=now - REJECTED_KEPT)
    unused = Upload.objects.cleared().unused().filter(inspected_at__lt=now - UNUSED_KEPT)
    deleted = sum(
        delete(upload, act="intake.upload.expired", actor=SYSTEM) for upload in [*rejected, *unused]
    )
    _remove_strays()
    return deleted


def remove_demo(*, body_ids: Collection[int]) -> int:
    """Delete the unused files of demonstration bodies; an upper room lets go of its own first."""
    uploads = Upload.objects.unused().filter(body_id__in=body_ids, body__is_demo=True)
    return sum(delete(upload, act="intake.upload.removed", actor=SYSTEM) for upload in uploads)


def _remove_strays() -> None:
    """Remove bytes without a row: a transfer that was cut, a transaction that failed."""
    limit = time.time() - STRAY_KEPT.total_seconds()
    root = Path(default_storage.path(""))
    known = set(Upload.objects.values_list("file", flat=True))
    for folder in ("quarantine", INCOMING):
        for path in (root / folder).rglob("*"):
            old = path.is_file() and path.stat().st_mtime < limit
            if old and str(path.relative_to(root)) not in known:
                path.unlink(missing_ok=True)
