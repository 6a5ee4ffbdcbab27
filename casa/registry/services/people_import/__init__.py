"""Bringing bodies, offices, persons and mandates in from a CSV file: all of it, or nothing.

The file is checked row by row first, and every mistake is told with its line and column. Persons
come in without a password: they get in by a reset of it, or by the mail that tells them how.
"""

from casa.registry.services.people_import.importing import Outcome, import_people
from casa.registry.services.people_import.rows import COLUMNS, template_rows

__all__ = ["COLUMNS", "Outcome", "import_people", "template_rows"]
