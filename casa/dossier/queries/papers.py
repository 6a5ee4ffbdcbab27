"""The documents that lie at the steps of a dossier, and what may be laid there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from casa.casework.models import Step
from casa.dossier import access
from casa.dossier.models import Dossier, Paper
from casa.dossier.queries.proposals import NEARNESS, Proposal, proposals
from casa.dossier.steps import codes_before_notice
from casa.intake.models import Upload
from casa.library.models import Version
from casa.registry.actor import Actor

Choice = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Laid:
    """A document of a step as one body reads it: `is_open` says whether the actor may open it."""

    paper: Paper
    is_open: bool


def papers_of(actor: Actor, dossier: Dossier, *, now: datetime) -> Mapping[int, Sequence[Laid]]:
    """By step, without what is reserved to those who run the award. Two queries."""
    readable = Version.objects.visible_to(actor).filter(pk=OuterRef("version_id"))
    rows = (
        Paper.objects.filter(step__case=dossier.case_id)
        .select_related("version__entry", "upload", "step")
        .prefetch_related("corrigenda")
        .annotate(readable=Exists(readable))
    )
    found: dict[int, list[Laid]] = defaultdict(list)
    for row in rows:
        if access.may_read_paper(actor, dossier, row, now):
            is_open = row.upload_id is not None or bool(getattr(row, "readable", False))
            found[row.step_id].append(Laid(row, is_open))
    return found


def published_papers(dossier: Dossier) -> "QuerySet[Paper]":
    """What went out with the notice, in the order of the steps, for those who run the award."""
    rows = Paper.objects.filter(step__case=dossier.case_id, step__code__in=codes_before_notice())
    return rows.select_related("step", "version__entry", "upload").order_by("step__order", "pk")


def files_of(actor: Actor) -> "QuerySet[Upload]":
    """The checked files of the actor's bodies, the newest first."""
    return Upload.objects.usable_by(actor).newest_first()


def versions_for(actor: Actor, dossier: Dossier, step: Step) -> Mapping[str, Version]:
    """The current versions that are proposed for a step, by key."""
    return {
        str(one.entry.current.pk): one.entry.current
        for one in proposals(actor, dossier, step=step)
        if one.entry.current
    }


def choices_for(actor: Actor, dossier: Dossier, step: Step) -> list[Choice]:
    """The same as choices in words, the nearest group first."""
    made: list[Choice] = [("", _("Nessun modello"))]
    for nearness, label in enumerate(NEARNESS):
        rows = [
            (str(one.entry.current.pk), _in_words(one))
            for one in proposals(actor, dossier, step=step)
            if one.nearness == nearness and one.entry.current
        ]
        if rows:
            made.append((str(label), rows))
    return made


def _in_words(one: Proposal) -> str:
    return f"{one.entry.title} ({one.entry.body}; {one.told})"
