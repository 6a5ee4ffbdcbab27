"""Steps that look at the bytes without reading them."""

import hashlib
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils.translation import gettext as _

from casa import drafting
from casa.foundation import clamav, jail
from casa.intake.steps.inspection import Inspection, NotYet, Rejected


def check_bytes(inspection: Inspection) -> None:
    """The stored bytes are there, are some, and are those that were sent."""
    if not inspection.path.is_file():
        raise Rejected(drafting.MESSAGES["missing"])
    if not inspection.path.stat().st_size:
        raise Rejected(drafting.MESSAGES["empty"])
    with inspection.path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    if digest != inspection.upload.sha256:
        raise Rejected(_("Il file si è danneggiato mentre veniva salvato: caricalo di nuovo."))


def scan_for_malware(inspection: Inspection) -> None:
    """Ask ClamAV, where the installation has one."""
    if settings.CLAMAV_SOCKET:
        _scan(inspection.path)


def scan_inside(inspection: Inspection) -> None:
    """Ask ClamAV again about what signed envelopes hold: base64 hides it from the first look.

    Envelopes stand around the file, or are attached to a message or packed in an archive.
    """
    draft = inspection.draft
    packed = draft.format in ("zip", "message") and draft.signers
    if not settings.CLAMAV_SOCKET or not (draft.envelopes or packed):
        return
    try:
        content = jail.run(
            [sys.executable, "-m", "casa.drafting", "unwrap", "{input}"],
            input_file=inspection.path,
            accept=(),
            limits=jail.JailLimits(output=2 * settings.INTAKE_MAX_BYTES),
            where=settings.TEMP_DIR,
        )
    except jail.JailBroken as failure:
        raise Rejected(drafting.MESSAGES["too_large"]) from failure
    settings.TEMP_DIR.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=settings.TEMP_DIR) as inside:
        inside.write(content)
        inside.flush()
        _scan(Path(inside.name))


def _scan(path: Path) -> None:
    try:
        malware = clamav.malware_in(path, address=settings.CLAMAV_SOCKET)
    except clamav.Unreachable as error:
        raise NotYet(_("in attesa del controllo antivirus")) from error
    except clamav.TooBig as error:
        raise Rejected(
            _(
                "Il file è più grande di quanto l'antivirus del server può controllare: dividilo "
                "in più parti o avvisa chi gestisce la piattaforma."
            )
        ) from error
    if malware:
        raise Rejected(
            _(
                "L'antivirus ha trovato nel file «{malware}»: non aprirlo e avvisa chi si occupa "
                "dell'informatica nel tuo ente."
            ).format(malware=malware[:80])
        )
