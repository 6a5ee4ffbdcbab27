"""The family of a model, as a picture and as a table."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.foundation.components.facets import Facet, chips, facet
from casa.library import access, drawing, queries
from casa.library.models import Entry
from casa.library.queries.family import Family, Member, filtered
from casa.library.views.forms import crumbs
from casa.registry.http import Request
from casa.registry.models.territory import MacroArea

PER_PAGE, MOST_DEPARTURES, LONGEST_NUMBER = 50, 100, 6


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
    number = _number(request.GET.get("versione", ""))
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
        "heat": _heat(request, entry, found, rows, number),
        "number": number,
        **_departures(request, entry),
    }
    return render(request, "library/family.html", context)


@require_safe
def wordings(request: Request, slug: str, key: str) -> HttpResponse:
    """How bodies word one clause, as far as the actor may read their texts."""
    entry = access.entry_for(request.actor, slug)
    found = queries.wordings_of(entry, queries.family_of(entry, request.actor), key)
    if found is None:
        raise Http404
    place = reverse("library:family", args=[entry.slug])
    context = {
        "crumbs": [
            *crumbs(entry, "")[:-1],
            (_("Chi l'ha adattata"), place),
            (_("Come la scrivono gli enti"), ""),
        ],
        "entry": entry,
        "found": found,
    }
    return render(request, "library/wordings.html", context)


def _heat(
    request: Request, entry: Entry, found: Family, rows: Sequence[Member], number: int | None
) -> dict[str, object] | None:
    """The clauses that bodies of these places change most, as a strip and as a table."""
    heat = queries.heat_of(entry, request.actor, found.root_id, rows, number=number)
    if heat is None:
        return None
    query = request.GET.copy()
    query.pop("pagina", None)
    query.pop("versione", None)
    here = f"{query.urlencode()}&" if query else ""
    return {
        "told": heat,
        "everybody": f"?{query.urlencode()}#clausole",
        "versions": [
            (one, bodies, f"?{here}versione={one}#clausole")
            for one, bodies in heat.versions.items()
        ],
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


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
