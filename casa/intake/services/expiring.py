"""Forgetting files that nobody needs."""

import logging
import time
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import DatabaseError

from casa.intake.models import CleanedCopy, Upload
from casa.intake.services.deleting import delete
from casa.intake.transfer import INCOMING
from casa.registry.actor import SYSTEM

logger = logging.getLogger(__name__)
REJECTED_KEPT = timedelta(days=30)
UNUSED_KEPT = timedelta(days=90)
STRAY_KEPT = timedelta(days=1)
NEVER_MADE_KEPT = timedelta(days=30)


def expire(*, now: datetime) -> int:
    """Delete files rejected a month ago, cleared ones unused for three, and stray bytes.

    What was decided for a copy that never came goes after a month, or with its original; what
    was decided for one that came goes with the copy.
    """
    rejected = Upload.objects.rejected().filter(inspected_at__lt=now - REJECTED_KEPT)
    unused = Upload.objects.cleared().unused().filter(inspected_at__lt=now - UNUSED_KEPT)
    deleted = sum(_expired(upload) for upload in [*rejected, *unused])
    _forget_decisions(now=now)
    _remove_strays()
    return deleted


def _expired(upload: Upload) -> bool:
    """Delete one file. What goes wrong with it is for the log: the others go all the same."""
    try:
        return delete(upload, act="intake.upload.expired", actor=SYSTEM)
    except (DatabaseError, OSError):  # a deferred reference speaks only at the commit
        logger.exception("Upload %s could not be deleted", upload.pk)
        return False


def _forget_decisions(*, now: datetime) -> None:
    never_made = CleanedCopy.objects.without_copy()
    never_made.filter(requested_at__lt=now - NEVER_MADE_KEPT).delete()
    never_made.filter(original=None).delete()


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
            if str(path.relative_to(root)) not in known:
                _remove_stray(path, older_than=limit)


def _remove_stray(path: Path, *, older_than: float) -> None:
    try:
        if path.is_file() and path.stat().st_mtime < older_than:
            path.unlink(missing_ok=True)
    except FileNotFoundError:  # it went while we looked
        return
    except OSError:
        logger.exception("Stray file %s could not be deleted", path)
