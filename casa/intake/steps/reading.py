"""The step that reads, in the jail, and the one that compares the content with the name."""

import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from casa import drafting
from casa.drafting.kinds import EXTENSIONS
from casa.drafting.limits import Limits
from casa.foundation import jail
from casa.intake.models import Finding
from casa.intake.names import extension
from casa.intake.steps.inspection import Inspection, Rejected

logger = logging.getLogger(__name__)


# LibreOffice and tesseract: few files need them, and a scan of many pages takes its time
HELPED = jail.JailLimits(may_fork=True, cpu_seconds=600, wall_seconds=600.0)


def read_text(inspection: Inspection) -> None:
    """Recognise the type by the content and read it, in the jail; bounds are kept in there.

    What stays unread is tried again in a jail that may start LibreOffice and tesseract.
    """
    try:
        inspection.read = _read(inspection.path, jail.JailLimits())
        if inspection.read.unread:
            inspection.read = _read_with_help(inspection.path, alone=inspection.read)
    except drafting.Unreadable as refusal:
        raise Rejected(_with_name(refusal, name=inspection.upload.name)) from refusal
    except (jail.NoJail, jail.JailBroken) as failure:
        logger.warning("Upload %s: %r", inspection.upload.pk, failure)
        raise Rejected(_sentence(failure)) from failure


def read_bounded(inspection: Inspection, limits: Limits) -> None:
    """The same without help, under bounds of the caller's."""
    given = json.dumps({name: one for name, one in asdict(limits).items() if name != "programs"})
    try:
        inspection.read = _read(inspection.path, jail.JailLimits(), given)
    except drafting.Unreadable as refusal:
        raise Rejected(refusal.message) from refusal
    except (jail.NoJail, jail.JailBroken) as failure:
        raise Rejected(_sentence(failure)) from failure


def _read_with_help(path: Path, *, alone: drafting.Draft) -> drafting.Draft:
    """The better reading; what was read without help is not lost when the helpers fail."""
    try:
        return _read(path, HELPED)
    except jail.JailBroken:
        if not alone.text:
            raise
        return alone


def _read(path: Path, limits: jail.JailLimits, given: str = "") -> drafting.Draft:
    limited = given or bounds(programs=limits.may_fork)
    program = [sys.executable, "-m", "casa.drafting", "--limits", limited, "{input}"]
    output = jail.run(program, input_file=path, limits=limits, where=settings.TEMP_DIR)
    return drafting.parse_output(output)


def _with_name(refusal: drafting.Unreadable, *, name: str) -> str:
    """A kind that is not read and a name that promises one that is: say both."""
    promised = EXTENSIONS.get(extension(name))
    if refusal.code != "not_supported" or promised not in drafting.READABLE:
        return refusal.message
    return _("Il nome finisce in «.{suffix}», ma il contenuto è un altro. {message}").format(
        suffix=extension(name), message=refusal.message
    )


def _sentence(failure: jail.NoJail | jail.JailBroken) -> str:
    """What a person can do about a reading that did not end well."""
    if isinstance(failure, jail.NoJail):
        return _(
            "Sul server manca l'ambiente protetto in cui si leggono i file: avvisa chi gestisce la "
            "piattaforma, poi carica di nuovo il file."
        )
    if isinstance(failure, jail.TimedOut):
        return _(
            "La lettura del file ha richiesto troppo tempo: dividilo in più file, o salvalo di "
            "nuovo in un formato più semplice, e ricaricalo."
        )
    if isinstance(failure, jail.OutOfMemory | jail.TooMuchOutput):
        return drafting.MESSAGES["too_large"]
    return drafting.MESSAGES["corrupt"]


def compare_name(inspection: Inspection) -> None:
    """A name that promises something else is no fault of the content: say so and go on."""
    suffix = extension(inspection.upload.name)
    promised = EXTENSIONS.get(suffix)
    kind = drafting.Kind(inspection.draft.format)
    if inspection.draft.envelopes:
        kind = drafting.Kind.SIGNED
    if promised is None or promised == kind:
        return
    inspection.add(
        Finding.Severity.NOTE,
        "mismatched-name",
        _(
            "Il nome finisce in «.{suffix}» ma il file è {kind}: è stato letto per quello che è, "
            "e chi lo scarica lo riceve con l'estensione giusta."
        ).format(suffix=suffix, kind=drafting.LABELS[kind]),
        place=_("nome del file"),
    )


def bounds(*, programs: bool) -> str:
    """The installation's limits, as the drafting table names them."""
    return json.dumps(
        {
            "file_bytes": settings.INTAKE_MAX_BYTES,
            "pages": settings.INTAKE_MAX_PAGES,
            "depth": settings.INTAKE_MAX_DEPTH,
            "entries": settings.INTAKE_MAX_ENTRIES,
            "unpacked_bytes": settings.INTAKE_MAX_UNPACKED_BYTES,
            "programs": int(programs),
        }
    )
