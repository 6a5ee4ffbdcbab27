"""Looking at a file that no row holds yet, as at those in quarantine."""

from pathlib import Path

from casa.drafting.limits import Limits
from casa.foundation.errors import Refused
from casa.intake.models import Finding, Upload
from casa.intake.steps import Inspection, NotYet, Rejected
from casa.intake.steps.content import look_inside
from casa.intake.steps.outside import scan_for_malware, scan_inside
from casa.intake.steps.reading import read_bounded


def examine(path: Path, *, name: str, limits: Limits) -> None:
    """Ask the antivirus and read the file in the jail; Refused with what a person can do about it.

    For an archive whose files are taken in one by one afterwards: its bounds are the caller's.
    """
    inspection = Inspection(upload=Upload(name=name), path=path)
    try:
        scan_for_malware(inspection)
        read_bounded(inspection, limits)
        scan_inside(inspection)
    except (Rejected, NotYet) as reason:
        raise Refused(str(reason)) from reason
    look_inside(inspection)
    for finding in inspection.findings:
        if finding.severity == Finding.Severity.BLOCKING:
            raise Refused(finding.message)
