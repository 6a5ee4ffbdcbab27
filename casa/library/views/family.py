"""The family of a model, as a picture and as a table."""

from collections import Counter
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.foundation.components.facets import Facet, chips, facet
from casa.library import access, drawing, queries
from casa.library.models import Entry
from casa.library.queries.family import filtered
from casa.library.views.forms import crumbs
from casa.registry.http import Request
from casa.registry.models.territory import MacroArea

PER_PAGE, MOST_DEPARTURES = 50, 100


@require_safe
def family(request: Request, slug: str) -> HttpResponse:
    """Who adapted this text and what from, who is behind, filtered by place."""
    entry = access.entry_for(request.actor, slug)
    found = queries.family_of(entry, request.actor)
    areas = facet(
        "area",
        _("Area"),
        _counts(m.area for m in found.members),
        dict(MacroArea.choices),
        request.GET,
    )
    names = _counts(member.province for member in found.members)
    provinces = facet("provincia", _("Provincia"), names, {n: n for n in names}, request.GET)
    rows = filtered(found, provinces=_chosen(provinces), areas=_chosen(areas))
    is_whole = len(rows) == len(found.members)
    context = {
        "crumbs": crumbs(entry, _("Chi l'ha adattata")),
        "entry": entry,
        "family": found,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "tree": drawing.tree_of(found.members) if is_whole else None,
        "facets": [areas, provinces],
        "chips": chips([areas, provinces]),
        "may_suggest": access.may_suggest(request.actor, entry),
        "may_read_suggestions": access.may_read_suggestions(request.actor, entry),
        **_departures(request, entry),
    }
    return render(request, "library/family.html", context)


def _departures(request: Request, entry: Entry) -> dict[str, object]:
    """Why copies changed what is compulsory: only the source's people read it."""
    if not access.may_read_departures(request.actor, entry):
        return {"departures": None}
    rows = list(queries.departures_from(entry))
    return {"departures": rows[:MOST_DEPARTURES], "departures_more": len(rows[MOST_DEPARTURES:])}


def _counts(values: Iterable[str]) -> Counter[str]:
    return Counter(value for value in values if value)


def _chosen(one: Facet) -> list[str]:
    return [option.value for option in one.options if option.chosen]
