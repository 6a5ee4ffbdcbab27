"""A document with tracked changes between two versions, made in the jail while it is asked for."""

import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.library import queries
from casa.library.models import Version


@dataclass(frozen=True, slots=True)
class Redline:
    """The bytes of the document and its format (docx or odt)."""

    data: bytes
    format: str


def redline(*, before: Version, after: Version) -> Redline:
    """The newer text with its revisions: their author is the body, their day that of the version.

    Raises Refused when the two files are not both DOCX or both ODT, or cannot be compared.
    """
    revisions = queries.revisions_of(before, after)
    if not revisions.files:
        raise Refused(revisions.refusal)
    older, newer = (file.upload for file in revisions.files)
    program = [sys.executable, "-m", "casa.drafting", "redline"]
    program += ["--author", str(after.entry.body), "--on", after.effective_on.isoformat()]
    try:
        data = jail.run(
            [*program, "{input}", "{input2}"],
            input_file=Path(older.file.path),
            more_files=[Path(newer.file.path)],
            accept=(),
            where=settings.TEMP_DIR,
        )
    except (jail.NoJail, jail.JailBroken) as failure:
        raise Refused(
            _(
                "Fra questi file le revisioni non si possono scrivere: usa il confronto sulla "
                "pagina."
            )
        ) from failure
    return Redline(data=data, format=newer.format)
