"""Files that people bring in, what was read in them, what was found."""

from casa.intake.models.findings import Finding
from casa.intake.models.uploads import UPLOADERS, Reading, Upload

__all__ = ["UPLOADERS", "Finding", "Reading", "Upload"]
