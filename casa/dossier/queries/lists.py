"""The dossiers of the actor's bodies: where each stands and whose turn it is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from casa.casework.models import Step
from casa.casework.queries import turn_of
from casa.dossier.models import Dossier
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier in a list."""

    dossier: Dossier
    done: int
    total: int
    turn: Step | None
    standing: str


def dossiers_of(actor: Actor, *, now: datetime, stage: str = "") -> list[Line]:
    """The newest first. Two queries."""
    found = Dossier.objects.visible_to(actor).select_related(
        "case__office__body", "case__supporter"
    )
    if stage:
        found = found.filter(stage=stage)
    steps = Prefetch("case__steps", Step.objects.order_by("order"))
    return [_line(dossier, now) for dossier in found.prefetch_related(steps).order_by("-pk")]


def _line(dossier: Dossier, now: datetime) -> Line:
    steps = list(dossier.case.steps.all())
    done = sum(step.is_over for step in steps)
    return Line(
        dossier, done=done, total=len(steps), turn=turn_of(steps), standing=dossier.standing(now)
    )
