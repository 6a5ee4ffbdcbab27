"""Cases and their steps."""

from casa.casework.models.cases import Case, CaseQuerySet
from casa.casework.models.steps import Phase, Step

__all__ = ["Case", "CaseQuerySet", "Phase", "Step"]
