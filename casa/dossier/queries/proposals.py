"""Models of the library for a tender: one's own first, then the Province's, then the network's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from casa.dossier.models import Dossier
from casa.dossier.steps import model_of
from casa.library.models import Entry, StarterText, choices
from casa.registry.actor import Actor

SHELVES = {
    "negotiated_5": "negotiated",
    "negotiated_10": "negotiated",
    "concession_negotiated_10": "negotiated",
    "social_light_regime": "open_procedure",
}
"""Where the library keeps the models of a procedure, when not under its own name."""
MOST = 30


@dataclass(frozen=True, slots=True)
class Proposal:
    """A model, how near it stands (0 own body, 1 its Province, 2 the network), who uses it."""

    entry: Entry
    nearness: int
    users: int


def proposals(actor: Actor, dossier: Dossier) -> Sequence[Proposal]:
    """Models of the dossier's procedure and kind, and those for any. One query."""
    shelf = SHELVES.get(dossier.procedure, dossier.procedure)
    found = (
        Entry.objects.visible_to(actor)
        .filter(kind=choices.Kind.MODEL, current__isnull=False, withdrawn_at=None)
        .filter(Q(procedure_type=shelf) | Q(procedure_type=""))
        .filter(Q(contract_type=dossier.kind) | Q(contract_type=""))
        .exclude(Q(procedure_type="") & Q(phase=""))
        .annotate(users=Count("adoptions__body", distinct=True))
        .select_related("body", "current")
    )
    made = [
        Proposal(entry, _nearness(entry, dossier), int(getattr(entry, "users", 0)))
        for entry in found
    ]
    return sorted(made, key=_order)[:MOST]


def models_of(actor: Actor, codes: Iterable[str]) -> Mapping[str, Entry]:
    """For each step the model that writes its papers, if the actor reads it. One query."""
    slugs = {code: slug for code in codes if (slug := model_of(code))}
    rows = StarterText.objects.filter(
        slug__in=slugs.values(), entry__in=Entry.objects.visible_to(actor)
    ).select_related("entry")
    known = {row.slug: row.entry for row in rows}
    return {code: known[slug] for code, slug in slugs.items() if slug in known}


def _nearness(entry: Entry, dossier: Dossier) -> int:
    body = dossier.case.office.body
    if entry.body_id == body.pk:
        return 0
    return 1 if entry.body_id in (body.province_body_id, dossier.case.supporter_id) else 2


def _order(one: Proposal) -> tuple[object, ...]:
    phases = [*choices.Phase.values, ""]
    return one.nearness, phases.index(one.entry.phase), -one.users, one.entry.title
