"""The questions one after another: which still serve, where one stands, where one resumes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casa.dossier.asking.needed import holds
from casa.dossier.asking.questions import Question


@dataclass(frozen=True, slots=True)
class Standing:
    """One question among those that serve: its number from 1, how many, the two beside it."""

    question: Question
    number: int
    total: int
    before: str
    after: str


def serving(questions: Sequence[Question], answers: Mapping[str, object]) -> list[Question]:
    """Without those that some answer made useless."""
    return [one for one in questions if _serves(one, answers)]


def first_open(questions: Sequence[Question], answers: Mapping[str, object]) -> str:
    """The name of the first that serves and has no answer; empty when there is none."""
    left = (one.name for one in serving(questions, answers) if answers.get(one.name) in (None, ""))
    return next(left, "")


def standing(
    questions: Sequence[Question], answers: Mapping[str, object], name: str
) -> Standing | None:
    """Where a question stands, also one that serves no longer; None when nobody asks it."""
    row = [one for one in questions if one.name == name or _serves(one, answers)]
    place = next((place for place, one in enumerate(row) if one.name == name), None)
    if place is None:
        return None
    names = ["", *(one.name for one in row), ""]
    return Standing(row[place], place + 1, len(row), names[place], names[place + 2])


def _serves(question: Question, answers: Mapping[str, object]) -> bool:
    found = [holds(text, answers) for text in question.conditions]
    return not found or any(one is not False for one in found)
