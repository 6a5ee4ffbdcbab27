"""The bodies of the network: the list, and the page of one of them."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.foundation.components.facets import Facet, chips, facet
from casa.foundation.htmx import render_page
from casa.registry import access
from casa.registry.actor import Actor
from casa.registry.http import Request, chosen, typed
from casa.registry.models import Body
from casa.registry.models.territory import MacroArea
from casa.registry.queries import bodies as queries
from casa.registry.queries import entrance

PER_PAGE = 50
FACETS = {
    "tipo": gettext_lazy("Tipo di ente"),
    "area": gettext_lazy("Macro-area"),
    "regione": gettext_lazy("Regione"),
    "fase": gettext_lazy("Fase del progetto"),
    "aderenti": gettext_lazy("Partecipazione"),
}


def bodies(request: Request) -> HttpResponse:
    """All bodies, by name and facets, fifty on a page."""
    words = typed(request, "q")
    filters = {name: chosen(request, name) for name in FACETS}
    found = queries.network(words=words, filters=filters)
    facets = _facets(request, found)
    context = {
        "crumbs": [(_("Rete"), "")],
        "page": Paginator(found.bodies, PER_PAGE).get_page(request.GET.get("pagina")),
        "facets": facets,
        "chips": chips(facets),
        "words": words,
        "kept": [(name, value) for name, values in filters.items() for value in values],
        "edition": queries.latest_edition(),
        "may_see_trail": access.may_see_trail(request.actor),
        "may_import": access.may_import(request.actor),
        "may_use_back_office": access.may_use_back_office(request.actor),
    }
    return render_page(request, "registry/bodies.html", context, partial="results")


def body(request: Request, slug: str) -> HttpResponse:
    """One body: where it is, its offices, who works there, its Comuni."""
    found = access.body_for(request.actor, slug)
    profile = queries.profile(request.actor, found)
    context = {
        "crumbs": [(_("Rete"), reverse("registry:bodies")), (found.name, "")],
        "body": found,
        "profile": profile,
        "facts": _facts(found),
        "definitions": _definitions(found),
        "may_ask": access.may_ask_to_join(request.actor, found),
        "actions": _actions(request.actor, found),
        "may_see_names": access.may_see_names(request.actor),
    }
    return render(request, "registry/body.html", context)


def _actions(actor: Actor, body: Body) -> list[tuple[str, str]]:
    """What who manages the body's people may do besides reading."""
    if not access.may_manage_people(actor, body) or body.closed_on:
        return []
    trail = f"{reverse('registry:trail')}?{urlencode({'ente': body.name})}"
    waiting = entrance.decided_by(actor, on=timezone.localdate()).filter(body=body).count()
    requests = [(_("Richieste (%(n)d)") % {"n": waiting}, reverse("entrance:requests"))]
    return [
        (_("Persone dell'ente"), reverse("entrance:people", args=[body.slug])),
        *(requests if waiting else []),
        (_("Registro delle attività"), trail),
    ]


def _facets(request: Request, found: queries.Network) -> list[Facet]:
    names: dict[str, Mapping[str, str | Promise]] = {
        "tipo": dict(Body.Kind.choices),
        "area": dict(MacroArea.choices),
        "regione": queries.region_names(),
        "fase": queries.phase_names(),
        "aderenti": {queries.YES: _("Vi lavora almeno una persona")},
    }
    return [
        facet(name, str(label), found.counts[name], names[name], request.GET)
        for name, label in FACETS.items()
    ]


def _facts(body: Body) -> list[str]:
    """The state line: what it is, and where."""
    facts = [str(body.get_kind_display())]
    if body.province:
        facts += [body.province.region.name, str(body.province.region.get_macro_area_display())]
    return facts


def _definitions(body: Body) -> list[tuple[str, ...]]:
    place = body.municipality or body.province
    above = body.province_body
    return [
        (_("Provincia"), above.name, above.get_absolute_url())
        if above
        else (_("Provincia"), "" if body.kind == Body.Kind.PROVINCE else str(body.province or "")),
        (_("Codice ISTAT"), place.istat_code if place else ""),
        (_("Codice IPA"), body.ipa_code),
        (_("PEC"), body.pec),
    ]
