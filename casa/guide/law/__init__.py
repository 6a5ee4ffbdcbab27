"""The law as rows with dates, from `data/guide` or the database; no Django here."""

from casa.guide.law.reading import BadLaw, read_file, read_folder
from casa.guide.law.rows import BASES, CONFIDENCES, FIELDS, OPERATORS, TOPICS, UNITS, Law, Row

__all__ = [
    "BASES",
    "CONFIDENCES",
    "FIELDS",
    "OPERATORS",
    "TOPICS",
    "UNITS",
    "BadLaw",
    "Law",
    "Row",
    "read_file",
    "read_folder",
]
