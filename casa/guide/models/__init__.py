"""The law as rows with dates."""

from casa.guide.models.norms import KEY, Norm, NormQuerySet
from casa.guide.models.rules import Rule, RuleQuerySet

__all__ = ["KEY", "Norm", "NormQuerySet", "Rule", "RuleQuerySet"]
