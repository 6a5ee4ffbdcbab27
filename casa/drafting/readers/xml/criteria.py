"""Criteria of a DGUE (ESPD 2 and later): each question with the answer that was given to it."""

from collections.abc import Iterator

from casa.drafting.passages import Passage
from casa.drafting.readers.xml.values import first, value
from casa.drafting.xml import Element, local

_DEEPEST = 9
_UNANSWERED = frozenset(
    ("ID", "ValidatedCriterionPropertyID", "ConfidentialityLevelCode", "UUID", "CustomizationID")
)
_GROUPS = ("TenderingCriterionPropertyGroup", "SubsidiaryTenderingCriterionPropertyGroup")
_NESTED = ("SubTenderingCriterion",)


class Answers:
    """The answers of a file by the identifier of their question."""

    def __init__(self, root: Element) -> None:
        self._said: dict[str, list[str]] = {}
        self._asked = {
            first(one, "ID") for one in root.iter() if local(one) == "TenderingCriterionProperty"
        }
        for one in root.iter():
            if local(one) == "TenderingCriterionResponse":
                question = first(one, "ValidatedCriterionPropertyID")
                self._said.setdefault(question, []).extend(_values(one))

    def has(self, response: Element) -> bool:
        """Whether this answer is told below its question."""
        return first(response, "ValidatedCriterionPropertyID") in self._asked

    def to(self, question: str) -> str:
        """What was answered, "" when nothing was."""
        return "; ".join(self._said.get(question, []))


def criterion(element: Element, answers: Answers, *, depth: int) -> Iterator[Passage]:
    """The name of a criterion as a heading, its description, its questions and answers."""
    yield Passage(_own(element, "Name") or "Criterio", outline=depth)
    if text := _own(element, "Description"):
        yield Passage(text, flat=True)
    for child in element:
        name = local(child)
        if name in _GROUPS:
            yield from _questions(child, answers)
        elif name in _NESTED:
            yield from criterion(child, answers, depth=min(depth + 1, _DEEPEST))
        elif name == "Legislation":
            norm = ", ".join(value(leaf) for leaf in child.iter() if not len(leaf) and value(leaf))
            yield Passage(f"Norma: {norm}", flat=True)


def _questions(group: Element, answers: Answers) -> Iterator[Passage]:
    for child in group:
        name = local(child)
        if name == "TenderingCriterionProperty":
            question = _own(child, "Description") or _own(child, "Name")
            answer = answers.to(_own(child, "ID"))
            if question or answer:
                between = " " if question.endswith(("?", ":")) or not question else ": "
                yield Passage(f"{question}{between}{answer}".strip(": "), flat=True)
        elif name in _GROUPS:
            yield from _questions(child, answers)


def _values(response: Element) -> Iterator[str]:
    for leaf in response.iter():
        if not len(leaf) and local(leaf) not in _UNANSWERED and (said := value(leaf)):
            yield said


def _own(parent: Element, name: str) -> str:
    """The values of the children with that name."""
    return " ".join(value(child) for child in parent if local(child) == name)
