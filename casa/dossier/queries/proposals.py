"""Models of the library for a tender: one's own first, then the Province's, then the network's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casa.casework.models import Step
from casa.dossier.models import Dossier
from casa.dossier.steps import models_for
from casa.dossier.steps import models_of as models_of_step
from casa.library.models import Entry, Experience, StarterText, choices
from casa.registry.actor import Actor

SHELVES = {
    "negotiated_5": "negotiated",
    "negotiated_10": "negotiated",
    "negotiated_without_notice": "negotiated",
    "concession_negotiated_10": "negotiated",
    "social_light_regime": "open_procedure",
}
"""Where the library keeps the models of a procedure, when not under its own name."""
MOST = 30
NEARNESS: tuple[Promise, ...] = (
    _("Del tuo ente"),
    _("Della Provincia"),
    _("Della rete e della Redazione"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A model, how near it stands (an index of `NEARNESS`), who uses it and how it went for them.

    `went` counts the bodies that said yes, yes with changes, no.
    """

    entry: Entry
    nearness: int
    users: int
    went: tuple[int, int, int]

    @property
    def told(self) -> str:
        """Who uses it and how it went, in words."""
        users = ngettext("lo usa %d ente", "lo usano %d enti", self.users) % self.users
        if not self.users:
            users = str(_("nessun ente dice ancora di usarlo"))
        yes, changed, no = self.went
        if not any(self.went):
            return users
        words = _("ha funzionato per %(yes)d, con modifiche per %(changed)d, no per %(no)d")
        return f"{users}; {words % {'yes': yes, 'changed': changed, 'no': no}}"


def proposals(actor: Actor, dossier: Dossier, *, step: Step | None = None) -> Sequence[Proposal]:
    """Models of the dossier's procedure and kind, and those for any; or of one step. One query."""
    found = (
        _fitting(Entry.objects.visible_to(actor), dossier)
        .filter(kind=choices.Kind.MODEL, current__isnull=False, withdrawn_at=None)
        .exclude(Q(procedure_type="") & Q(phase=""))
        .annotate(users=Count("adoptions__body", distinct=True), **_told())
        .select_related("body", "current")
        .defer("current__text")
    )
    if step:
        found = found.filter(_of_step(step)).annotate(is_own=Exists(_own(step)))
    made = [_proposal(entry, dossier) for entry in found if _may_serve(entry, dossier)]
    return sorted(made, key=_order)[:MOST]


def models_of(
    actor: Actor, dossier: Dossier, steps: Iterable[Step]
) -> Mapping[int, Sequence[Entry]]:
    """By step the starter models that fit the tender and that the actor reads. One query."""
    delegated = dossier.case.supporter_id is not None
    slugs = {
        step.pk: models_for(step.code, dossier.procedure, delegated=delegated) for step in steps
    }
    rows = StarterText.objects.filter(
        slug__in={slug for own in slugs.values() for slug in own},
        entry__in=_fitting(Entry.objects.visible_to(actor), dossier),
    ).select_related("entry")
    known = {row.slug: row.entry for row in rows if _may_serve(row.entry, dossier)}
    return {
        step: found
        for step, own in slugs.items()
        if (found := [known[slug] for slug in own if slug in known])
    }


def _fitting(entries: "QuerySet[Entry]", dossier: Dossier) -> "QuerySet[Entry]":
    """Those whose card says this procedure and kind of contract, or none."""
    shelf = SHELVES.get(dossier.procedure, dossier.procedure)
    return entries.filter(
        Q(procedure_type=shelf) | Q(procedure_type=""),
        Q(contract_type=dossier.kind) | Q(contract_type=""),
    )


def _told() -> dict[str, Count]:
    """How many bodies said each outcome."""
    return {
        outcome: Count("experiences__body", filter=Q(experiences__outcome=outcome), distinct=True)
        for outcome in Experience.Outcome.values
    }


def _of_step(step: Step) -> Q:
    """The starter model of the step, and what is kept for its phase."""
    return Q(phase=step.phase) | Q(phase="") | Q(Exists(_own(step)))


def _own(step: Step) -> "QuerySet[StarterText]":
    """What ties an entry to a step: it is our model for the papers of that step."""
    return StarterText.objects.filter(slug__in=models_of_step(step.code), entry=OuterRef("pk"))


def _may_serve(entry: Entry, dossier: Dossier) -> bool:
    """Whether a model is for any object, or for the CPV division of this one."""
    divisions = {code[:2] for code in entry.cpv_codes}
    return not divisions or not dossier.cpv or dossier.cpv[:2] in divisions


def _proposal(entry: Entry, dossier: Dossier) -> Proposal:
    yes, changed, no = (int(getattr(entry, name)) for name in Experience.Outcome.values)
    users = int(getattr(entry, "users", 0))
    return Proposal(entry, _nearness(entry, dossier), users, (yes, changed, no))


def _nearness(entry: Entry, dossier: Dossier) -> int:
    body = dossier.case.office.body
    if entry.body_id == body.pk:
        return 0
    return 1 if entry.body_id in (body.province_body_id, dossier.case.supporter_id) else 2


def _order(one: Proposal) -> tuple[object, ...]:
    phases = [*choices.Phase.values, ""]
    phase = phases.index(one.entry.phase)
    own = getattr(one.entry, "is_own", False)
    return one.nearness, not own, phase, not one.entry.cpv_codes, -one.users, one.entry.title
