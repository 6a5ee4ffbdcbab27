"""Findings as the page shows them: each with the link to the place where it is mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casa.casework.access import may_work
from casa.dossier import access, queries
from casa.dossier.checking import Finding, Place
from casa.dossier.models import Dossier
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding, and where to go; no address where the reader may mend nothing."""

    finding: Finding
    url: str
    words: str


def shown(
    actor: Actor, dossier: Dossier, forms: Sequence[queries.Form], findings: Sequence[Finding]
) -> list[Shown]:
    """Every finding with its link. No query."""
    models = {
        form.paper.pk: form.paper.version.get_absolute_url() for form in forms if form.paper.version
    }
    if not may_work(actor, dossier.case):
        return [Shown(one, "", "") for one in findings]
    return [Shown(one, *_way(actor, dossier, one, models)) for one in findings]


def _way(
    actor: Actor, dossier: Dossier, finding: Finding, models: Mapping[int, str]
) -> tuple[str, str]:
    home = reverse("dossier:dossier", args=[dossier.pk])
    if finding.place == Place.ANSWERS and finding.answers:
        if finding.blocks and finding.paper:
            questions = reverse("dossier:questions", args=[dossier.pk])
            return f"{questions}?documento={finding.paper}", _("Rispondi")
        return reverse("dossier:question", args=[dossier.pk, finding.answers[0]]), _(
            "Correggi la risposta"
        )
    if finding.place == Place.LOTS and access.may_describe(actor, dossier):
        return reverse("dossier:lots", args=[dossier.pk]), _("Correggi i lotti")
    if finding.place == Place.MODEL:
        return models.get(finding.paper or 0, home), _("Guarda il modello")
    return home, _("Vai al fascicolo")
