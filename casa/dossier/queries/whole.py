"""One dossier as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from casa.casework.models import Step
from casa.casework.queries import Stretch, steps_of, stretches, turn_of
from casa.dossier import access
from casa.dossier.models import Corrigendum, Dossier, Lot, Paper, Participant
from casa.dossier.queries.people import gone
from casa.registry.actor import Actor
from casa.registry.models import Body


@dataclass(frozen=True, slots=True)
class Whole:
    """The phases, whose turn it is, the lots, the corrigenda, the list of operators.

    `participants` is None where the actor may not read them yet; `gone` are the officers whose
    mandate ended.
    """

    stretches: Sequence[Stretch]
    turn: Step | None
    turn_body: Body | None
    lots: Sequence[Lot]
    corrigenda: Sequence[tuple[Corrigendum, Sequence[Paper]]]
    participants: Sequence[Participant] | None
    gone: frozenset[int]


def whole(actor: Actor, dossier: Dossier, *, now: datetime) -> Whole:
    """Everything of the page. Five queries, fewer where the list is reserved or nobody is named."""
    steps = steps_of(dossier.case)
    turn = turn_of(steps)
    open_list = access.may_read_participants(actor, dossier, now)
    return Whole(
        stretches=stretches(dossier.case, steps),
        turn=turn,
        turn_body=body_of(dossier, turn) if turn else None,
        lots=lots_of(dossier),
        corrigenda=corrigenda_of(actor, dossier, now=now),
        participants=list(dossier.participants.all()) if open_list else None,
        gone=gone(dossier, on=timezone.localdate(now)),
    )


def corrigenda_of(
    actor: Actor, dossier: Dossier, *, now: datetime
) -> list[tuple[Corrigendum, list[Paper]]]:
    """Each corrigendum with the documents that it corrects, without what is reserved yet."""
    corrected = Paper.objects.select_related("version__entry", "upload")
    rows = dossier.corrigenda.prefetch_related(Prefetch("corrects", queryset=corrected))
    return [
        (
            row,
            [one for one in row.corrects.all() if access.may_read_paper(actor, dossier, one, now)],
        )
        for row in rows
    ]


def lots_of(dossier: Dossier) -> list[Lot]:
    """The lots of a dossier, by number. One query."""
    return list(dossier.lots.all())


def body_of(dossier: Dossier, step: Step) -> Body | None:
    """The body whose turn a step is."""
    owner: Body = dossier.case.office.body
    return owner if step.side == Step.Side.OWNER else dossier.case.supporter
