"""Which procedure, and who may run it: two answers to one need. No Django, no database."""

from casa.guide.choosing.advice import Advice, Option, Reason, Who
from casa.guide.choosing.asking import advise
from casa.guide.choosing.need import KINDS, LEVELS, BadNeed, Need

__all__ = ["KINDS", "LEVELS", "Advice", "BadNeed", "Need", "Option", "Reason", "Who", "advise"]
