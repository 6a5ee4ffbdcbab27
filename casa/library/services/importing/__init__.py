"""Bringing an archive in: cards from a CSV manifest, files from a folder or from the intake.

The manifest is checked as a whole first, each mistake with its line and column. Then every row is
a transaction of its own, known by body, title and SHA-256 of its main file: an import can be
stopped anywhere and repeated. Every file goes through the intake like any other.
"""

from casa.library.services.importing.bringing import (
    bring_in,
    carry_on,
    resume_run,
    start_run,
    wake_runs,
)
from casa.library.services.importing.checking import Trial, try_manifest
from casa.library.services.importing.files import Files, FolderFiles, IntakeFiles
from casa.library.services.importing.rows import COLUMNS, template_rows

__all__ = [
    "COLUMNS",
    "Files",
    "FolderFiles",
    "IntakeFiles",
    "Trial",
    "bring_in",
    "carry_on",
    "resume_run",
    "start_run",
    "template_rows",
    "try_manifest",
    "wake_runs",
]
