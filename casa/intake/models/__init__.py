"""Files that people bring in, what was read in them, what was found."""

from casa.intake.models.findings import Finding
from casa.intake.models.uploads import Reading, Upload

__all__ = ["Finding", "Reading", "Upload"]
