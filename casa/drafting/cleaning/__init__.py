"""A copy to share: personal data really gone, not covered; what tells of its authors gone too."""

from casa.drafting.cleaning.cleaning import clean
from casa.drafting.cleaning.decisions import Cleaned, Decision, Dropped, Redaction, Warned, decided
from casa.drafting.cleaning.leaking import leaks
from casa.drafting.cleaning.reporting import framed, parted, report

__all__ = [
    "Cleaned",
    "Decision",
    "Dropped",
    "Redaction",
    "Warned",
    "clean",
    "decided",
    "framed",
    "leaks",
    "parted",
    "report",
]
