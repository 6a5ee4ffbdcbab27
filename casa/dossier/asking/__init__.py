"""One set of questions for every document of a tender. No database here."""

from casa.dossier.asking.questions import Question, merged, missing
from casa.dossier.asking.values import BadAnswer, shown, understood

__all__ = ["BadAnswer", "Question", "merged", "missing", "shown", "understood"]
