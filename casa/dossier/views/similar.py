"""«Gare simili»: how tenders like this one went for others."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.dossier import access, sections
from casa.dossier.forms.similar import SimilarForm
from casa.dossier.queries.similar import AREAS, Similar, Wanted, body_acted_for, similar
from casa.dossier.views.reading import crumbs
from casa.library.models.choices import AmountBand, Criterion
from casa.registry.http import Request, typed


@require_safe
def of_dossier(request: Request, pk: int) -> HttpResponse:
    """What others shared of tenders like a dossier's."""
    found = access.dossier_for(request.actor, pk)
    asked = typed(request, "criterio")
    criterion = asked if asked in Criterion.values else ""
    wanted, body = Wanted.by(found, criterion), found.case.office.body
    context: dict[str, Any] = {
        "crumbs": crumbs(found, _("Gare simili")),
        "dossier": found,
        "criteria": [("", _("Qualunque criterio")), *Criterion.choices],
        "sections": sections.links(found.pk, request.path),
        **_shown(similar(request.actor, wanted, body=body, dossier=found), wanted, near=True),
    }
    return render(request, "dossier/similar.html", context)


@require_safe
def of_need(request: Request) -> HttpResponse:
    """The same before there is a dossier, by kind, amount and CPV."""
    asked = bool(request.GET)
    form = SimilarForm(request.GET if asked else None)
    context: dict[str, Any] = {
        "crumbs": [(_("Fascicoli"), reverse("dossier:list")), (_("Gare simili"), "")],
        "form": form,
    }
    if asked and form.is_valid():
        wanted = Wanted.of_need(form.need, form.cleaned_data["criterio"])
        body = body_acted_for(request.actor)
        rows = similar(request.actor, wanted, body=body)
        context |= _shown(rows, wanted, near=body is not None)
    return render(request, "dossier/similar.html", context, status=422 if form.errors else 200)


def _shown(rows: list[Similar], wanted: Wanted, *, near: bool) -> dict[str, Any]:
    areas = AREAS if near else ("", "", _("Dalla biblioteca"))
    groups = [
        (area, [one for one in rows if one.nearness == nearness])
        for nearness, area in enumerate(areas)
    ]
    looked = {"tipo": "procedure", "contratto": wanted.kind, "importo": wanted.band}
    return {
        "groups": [(area, found) for area, found in groups if found],
        "wanted": wanted,
        "band": AmountBand(wanted.band).label,
        "catalogue": f"{reverse('library:catalogue')}?{urlencode(looked)}",
    }
