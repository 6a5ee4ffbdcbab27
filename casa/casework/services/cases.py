"""A new case with its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casa.casework.models import Case, Step
from casa.registry.models import Body, Office


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step before there is a case for it."""

    code: str
    phase: str
    title: str
    side: str
    optional: bool = False
    papers: str = ""
    citation: str = ""


@transaction.atomic
def open_case(
    *, title: str, office: Office, supporter: Body | None, steps: Sequence[NewStep], now: datetime
) -> Case:
    """Open a case. Steps of a supporter that the case does not have fall to its owner.

    The room above checks the rights and writes the trail: it knows what the case is about.
    """
    case = Case.objects.create(title=title, office=office, supporter=supporter, opened_at=now)
    Step.objects.bulk_create(
        Step(
            case=case,
            code=step.code,
            order=order,
            phase=step.phase,
            title=step.title,
            side=step.side if supporter else Step.Side.OWNER,
            optional=step.optional,
            papers=step.papers,
            citation=step.citation,
        )
        for order, step in enumerate(steps, start=1)
    )
    return case
