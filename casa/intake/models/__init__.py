"""Files that people bring in, what was read in them, what was found, what was decided."""

from casa.intake.models.findings import Finding
from casa.intake.models.sharing import CleanedCopy, SharingDecision
from casa.intake.models.uploads import UPLOADERS, Reading, Upload

__all__ = ["UPLOADERS", "CleanedCopy", "Finding", "Reading", "SharingDecision", "Upload"]
