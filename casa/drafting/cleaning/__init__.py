"""A copy to share: personal data really gone, not covered; what tells of its authors gone too."""

from casa.drafting.cleaning.decisions import Cleaned, Decision, decided
from casa.drafting.cleaning.docx import clean
from casa.drafting.cleaning.leaking import leaks

__all__ = ["Cleaned", "Decision", "clean", "decided", "leaks"]
