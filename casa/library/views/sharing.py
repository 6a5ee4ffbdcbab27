"""What the pages of an open version say of its cleaned copies, and of files not cleaned yet."""

from collections.abc import Iterable
from typing import Any

from casa.intake import access as intake_access
from casa.intake import queries as intake
from casa.intake.telling import told
from casa.library.models import VersionFile
from casa.registry.http import Request


def sharing_of(request: Request, files: Iterable[VersionFile]) -> dict[str, Any]:
    """`cleanings`: what the copies lost and kept, and why; `to_share`: files still to be looked at.

    The second only for those who may ask for a copy.
    """
    uploads = [file.upload for file in files]
    cleanings = [told(cleaned) for cleaned in intake.cleanings_behind(uploads)]
    copies = {one.cleaned.copy_id for one in cleanings}
    return {
        "cleanings": cleanings,
        "to_share": [
            upload
            for upload in uploads
            if upload.pk not in copies and intake_access.may_clean(request.actor, upload)
        ],
    }
