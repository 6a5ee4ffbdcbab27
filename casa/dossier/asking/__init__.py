"""One set of questions for every document of a tender. No database here."""

from casa.dossier.asking.needed import holds
from casa.dossier.asking.questions import Question, merged, missing
from casa.dossier.asking.sequence import Standing, first_open, serving, standing
from casa.dossier.asking.values import BadAnswer, shown, understood

__all__ = [
    "BadAnswer",
    "Question",
    "Standing",
    "first_open",
    "holds",
    "merged",
    "missing",
    "serving",
    "shown",
    "standing",
    "understood",
]
