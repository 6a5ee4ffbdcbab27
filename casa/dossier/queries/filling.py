"""The questions of a dossier, what was answered, what is produced and what is old."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casa.dossier import access
from casa.dossier.asking import Question, merged, missing
from casa.dossier.models import Answer, Dossier, Paper, Product
from casa.drafting.filling import wire
from casa.library.models import FieldReading
from casa.registry.actor import Actor

Answers = Mapping[str, object]
MOST_GIVEN = 10
OPERATORS = re.compile(
    r"operator|offert|concorrent|invitat|partecipant|destinatari|numero_inviti|ammess|riga\b"
)
"""How fields begin that say who is invited, who made an offer, or how many they are."""


@dataclass(frozen=True, slots=True)
class Form:
    """One document to fill: its paper, what it lacks, the newest product, whether that is old.

    `may_produce` says whether the actor may make it now, `reason` why it cannot be filled at all,
    `is_unread` that nobody has looked yet at what its model asks.
    """

    paper: Paper
    questions: Sequence[Question]
    missing: Sequence[Question]
    product: Product | None
    is_stale: bool
    may_produce: bool
    reason: str = ""
    is_unread: bool = False

    @property
    def is_due(self) -> bool:
        """Whether it may be made now and was not made yet with these answers."""
        is_ready = self.may_produce and bool(self.questions) and not self.missing
        return is_ready and (self.product is None or self.is_stale)


@dataclass(frozen=True, slots=True)
class Asked:
    """What documents ask: each thing once for all, and by document by itself.

    `reasons` say by document why it asks nothing; of those `unread` the worker finds out.
    """

    questions: Sequence[Question]
    own: Mapping[int, Sequence[Question]]
    reasons: Mapping[int, str]
    unread: Collection[int]


def fillable_papers(actor: Actor, dossier: Dossier, *, now: datetime) -> list[Paper]:
    """The models that lie at the steps, in their order, without what is reserved. One query."""
    rows = Paper.objects.filter(step__case=dossier.case_id, version__isnull=False)
    rows = rows.select_related("version__entry__body", "step__case__office")
    return [
        row
        for row in rows.order_by("step__order", "pk")
        if access.may_read_paper(actor, dossier, row, now)
    ]


def secret_names(actor: Actor, dossier: Dossier, *, now: datetime) -> frozenset[str]:
    """Who takes part, as reserved models ask it: as secret as they are. Two queries at most.

    An open model may ask the same; what a tender is about they may well share.
    """
    rows = Paper.objects.filter(
        step__case=dossier.case_id, version__isnull=False, reserved=True
    ).select_related("step")
    hidden = [row.version_id for row in rows if not access.may_read_paper(actor, dossier, row, now)]
    readings = FieldReading.objects.filter(version__in=hidden) if hidden else ()
    fields = (field for reading in readings for field in wire.fields_from(reading.fields))
    return frozenset(field.name for field in fields if OPERATORS.match(field.name))


def questions_of(papers: Sequence[Paper], *, without: Collection[str] = ()) -> Asked:
    """What the documents ask, as far as their models were read. One query."""
    readings = {
        reading.version_id: reading
        for reading in FieldReading.objects.filter(version__in=[one.version_id for one in papers])
    }
    models, reasons, unread = [], {}, []
    for paper in papers:
        reading = readings.get(paper.version_id or 0)
        if reading is None:
            unread.append(paper.pk)
        elif reading.fields:
            models.append((paper.pk, wire.fields_from(reading.fields)))
        else:
            reasons[paper.pk] = reading.reason
    return Asked(
        questions=_without(merged(models), without),
        own={key: _without(merged([(key, fields)]), without) for key, fields in models},
        reasons=reasons,
        unread=unread,
    )


def _without(questions: Sequence[Question], names: Collection[str]) -> list[Question]:
    return [one for one in questions if one.name not in names]


def answers_of(dossier: Dossier) -> dict[str, Answer]:
    """The newest answer to each question. One query."""
    rows = Answer.objects.filter(dossier=dossier).select_related("given_by").order_by("pk")
    return {row.name: row for row in rows}


def given_to(dossier: Dossier, name: str) -> Sequence[Answer]:
    """What was answered to one question, the newest first. One query."""
    rows = Answer.objects.filter(dossier=dossier, name=name).select_related("given_by")
    return list(rows.order_by("-pk")[:MOST_GIVEN])


def values_of(dossier: Dossier) -> dict[str, object]:
    """What was answered, by name, without what was taken back. One query."""
    return {
        name: answer.value
        for name, answer in answers_of(dossier).items()
        if answer.value is not None
    }


def forms_of(actor: Actor, dossier: Dossier, *, now: datetime) -> list[Form]:
    """Each document to fill with its state, as the actor may see it. Six queries at most."""
    papers = fillable_papers(actor, dossier, now=now)
    secret = secret_names(actor, dossier, now=now)
    asked = questions_of(papers, without=secret)
    values = values_of(dossier)
    newest = {
        product.paper_id: product
        for product in Product.objects.filter(paper__in=papers)
        .defer("content")
        .select_related("made_by")
        .order_by("pk")
    }
    return [
        _form(
            paper,
            asked,
            values,
            newest.get(paper.pk),
            may_produce=access.may_lay(actor, dossier, paper.step),
        )
        for paper in papers
    ]


def _form(
    paper: Paper,
    asked: Asked,
    values: Answers,
    product: Product | None,
    *,
    may_produce: bool,
) -> Form:
    mine = [one for one in asked.questions if paper.pk in one.papers]
    used = used_by(mine, values)
    return Form(
        paper=paper,
        questions=mine,
        missing=missing(asked.own.get(paper.pk, ()), values, paper=paper.pk),
        product=product,
        is_stale=product is not None and product.answers != used,
        may_produce=may_produce,
        reason=asked.reasons.get(paper.pk, ""),
        is_unread=paper.pk in asked.unread,
    )


def used_by(questions: Sequence[Question], values: Answers) -> dict[str, object]:
    """The answers that a document uses."""
    return {one.name: values[one.name] for one in questions if one.name in values}
