"""Norms: which cited norm still holds on a day, by a table of rows with dates.

The table is given: the command line reads `data/norms.toml`, the platform its own rows. A rule
binds by the date of the document (of the notice, of the decision), never by today's.
"""

from casa.drafting.norms.reading import read_toml
from casa.drafting.norms.rows import (
    CONFIDENCES,
    DATE_BASES,
    STATUSES,
    BadNorms,
    Cited,
    Norm,
    name_of,
)
from casa.drafting.norms.table import NormTable, Status, Verdict, verdict

__all__ = [
    "CONFIDENCES",
    "DATE_BASES",
    "STATUSES",
    "BadNorms",
    "Cited",
    "Norm",
    "NormTable",
    "Status",
    "Verdict",
    "name_of",
    "read_toml",
    "verdict",
]
