"""What the intake found in the files of a version."""

from collections.abc import Sequence
from dataclasses import dataclass

from casa.intake.models import Finding
from casa.library.models import Review, Version


@dataclass(frozen=True, slots=True)
class Findings:
    """By what they ask of a person: correct, weigh, know."""

    blocking: Sequence[Finding]
    warnings: Sequence[Finding]
    notes: Sequence[Finding]


def findings_of(version: Version) -> Findings:
    """One query, split by severity."""
    rows = Finding.objects.filter(upload__version_file__version=version)
    found = list(rows.select_related("upload").order_by("pk"))
    by = {
        severity: [finding for finding in found if finding.severity == severity]
        for severity in Finding.Severity.values
    }
    return Findings(
        blocking=by[Finding.Severity.BLOCKING],
        warnings=by[Finding.Severity.WARNING],
        notes=by[Finding.Severity.NOTE],
    )


def last_return(version: Version) -> Review | None:
    """Why the version came back, where it did."""
    returns = version.reviews.filter(outcome=Review.Outcome.RETURNED).select_related("reviewer")
    return returns.order_by("-reviewed_at").first()
