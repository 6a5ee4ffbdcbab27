"""How an import goes, and what a person has to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from casa.library.models import ImportedRow, ImportRun
from casa.registry.actor import Actor

Outcome = ImportedRow.Outcome


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows came to which end; `to_see` are those that need a person."""

    drafts: int
    published: int
    there: int
    refused: int
    to_see: Sequence[ImportedRow]

    @property
    def done(self) -> int:
        return self.drafts + self.published + self.there + self.refused

    @property
    def told(self) -> str:
        return _(
            "Bozze nuove: %(drafts)s. Pubblicate senza revisione: %(published)s. "
            "C'erano già: %(there)s. Non importate: %(refused)s."
        ) % {
            "drafts": self.drafts,
            "published": self.published,
            "there": self.there,
            "refused": self.refused,
        }


def summary(run: ImportRun) -> Summary:
    """Two queries."""
    counts = dict(run.done.order_by().values_list("outcome").annotate(number=Count("pk")))
    worth = run.done.filter(Q(outcome=Outcome.REFUSED) | ~Q(sentence="") | Q(twin__isnull=False))
    return Summary(
        drafts=counts.get(Outcome.DRAFT, 0),
        published=counts.get(Outcome.PUBLISHED, 0),
        there=counts.get(Outcome.THERE, 0),
        refused=counts.get(Outcome.REFUSED, 0),
        to_see=list(worth.select_related("entry", "twin").order_by("line")),
    )


def rows_of(run: ImportRun) -> QuerySet[ImportedRow]:
    """What became of every row, in the order of the file."""
    return run.done.select_related("entry", "twin").order_by("line")


def runs_of(actor: Actor, *, limit: int = 10) -> list[ImportRun]:
    """The last imports of the body acted for. One query."""
    rows = ImportRun.objects.visible_to(actor).filter(body_id=actor.acting_for or 0)
    return list(rows.select_related("person").defer("manifest").order_by("-pk")[:limit])
