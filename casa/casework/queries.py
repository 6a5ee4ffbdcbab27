"""The steps of a case, by phase, and whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from casa.casework.models import Case, Phase, Step


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase and its steps."""

    label: str
    steps: Sequence[Step]
    done: int


def stretches(case: Case, steps: Sequence[Step]) -> list[Stretch]:
    """The phases that have steps, in order."""
    del case
    found = []
    for phase in Phase:
        mine = [step for step in steps if step.phase == phase]
        if mine:
            found.append(Stretch(str(phase.label), mine, sum(step.is_over for step in mine)))
    return found


def steps_of(case: Case) -> list[Step]:
    """Every step in order. One query."""
    return list(case.steps.select_related("case__office__body", "case__supporter", "moved_by"))


def turn_of(steps: Sequence[Step]) -> Step | None:
    """The step that somebody has to do now: the first that is not over."""
    return next((step for step in steps if not step.is_over), None)
