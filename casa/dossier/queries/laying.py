"""The steps that have no document yet and the model that writes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from casa.casework.models import Step
from casa.dossier import access
from casa.dossier.models import Dossier, Paper
from casa.dossier.queries.proposals import models_of
from casa.library.models import Entry
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True)
class Ready:
    """A step still without a document, and the model of the library that writes its papers."""

    step: Step
    entry: Entry


def ready_models(actor: Actor, dossier: Dossier) -> Sequence[Ready]:
    """What the actor can lay at once, in the order of the steps. Three queries."""
    if dossier.is_closed:
        return []
    laid = Paper.objects.filter(step__case=dossier.case_id).values_list("step_id", flat=True)
    taken = set(laid)
    steps = [
        step
        for step in dossier.case.steps.select_related("case__office").order_by("order")
        if step.pk not in taken and access.may_lay(actor, dossier, step)
    ]
    written = models_of(actor, dossier, steps)
    return [
        Ready(step, entry)
        for step in steps
        for entry in written.get(step.pk, [])
        if entry.current_id
    ]
