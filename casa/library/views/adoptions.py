"""The register of adoptions: «Lo usa il mio ente» and «Chi lo usa»."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casa.foundation.components.facets import Facet, chips, facet
from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms.adoptions import AdoptionForm
from casa.library.models import Adoption, Entry
from casa.library.queries.adoptions import Adopter, chosen_lines
from casa.library.views.forms import crumbs, done
from casa.registry import access as registry_access
from casa.registry.http import Request
from casa.registry.models.territory import MacroArea

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def adopt(request: Request, slug: str) -> HttpResponse:
    """Say how far the body acted for is with this entry."""
    entry = access.entry_for(request.actor, slug)
    body = registry_access.body_acted_for(request.actor)
    if not access.may_adopt(request.actor, entry):
        raise Refused(
            _("Lo dice chi scrive o amministra per un ente diverso da quello che l'ha pubblicato.")
        )
    known = queries.adoption_by(body.pk, entry)
    form = AdoptionForm(
        request.POST or None,
        initial=_initial(request, known),
        offices=queries.offices_of(body),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, _said(request, entry, form))
    ):
        messages.success(request, _("Segnato. Lo trovi in «Chi lo usa»."))
        return redirect(entry)
    context = {
        "crumbs": crumbs(entry, _("Lo usa il mio ente")),
        "entry": entry,
        "body": body,
        "form": form,
        "known": known,
    }
    return render(request, "library/adopt.html", context, status=422 if form.errors else 200)


@require_safe
def adopters(request: Request, slug: str) -> HttpResponse:
    """Which bodies use it; visitors see how many."""
    entry = access.entry_for(request.actor, slug)
    today = timezone.localdate()
    is_member = request.actor.is_member
    lines = queries.adopter_lines(entry, on=today) if is_member else []
    facets = _facets(request, lines)
    rows = chosen_lines(
        lines,
        **{
            name: _chosen(one)
            for name, one in zip(("states", "areas", "provinces"), facets, strict=True)
        },
    )
    context = {
        "crumbs": crumbs(entry, _("Chi lo usa")),
        "entry": entry,
        "adopters": queries.adopters(entry, on=today),
        "is_member": is_member,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "facets": facets,
        "chips": chips(facets),
        "may_adopt": access.may_adopt(request.actor, entry),
    }
    return render(request, "library/adopters.html", context)


def adopting(request: Request, entry: Entry) -> dict[str, Any]:
    """What the page of an entry says about its use. Two queries at most."""
    may = access.may_adopt(request.actor, entry)
    known = queries.adoption_by(request.actor.acting_for, entry) if may else None
    return {
        "adopters": queries.adopters(entry, on=timezone.localdate()),
        "adoption": known,
        "may_adopt": may,
    }


def _said(request: Request, entry: Entry, form: AdoptionForm) -> Any:
    return lambda: services.adopt(
        entry=entry,
        use=form.said(),
        office=form.cleaned_data["office"],
        actor=request.actor,
        now=timezone.now(),
    )


def _initial(request: Request, known: Adoption | None) -> dict[str, Any]:
    """What was said before; an address may ask for another state."""
    said: dict[str, Any] = {
        "state": Adoption.State.IN_USE,
        "since": timezone.localdate(),
        "office": request.actor.acting_office_id,
    }
    if known:
        said = {name: getattr(known, name) for name in ("state", "why", "since", "evidence")}
        said["office"] = known.office_id
    asked = request.GET.get("stato", "")
    if asked in Adoption.State.values and asked != said["state"]:
        said |= {"state": asked, "since": timezone.localdate()}
    return said


def _facets(request: Request, lines: Iterable[Adopter]) -> list[Facet]:
    rows = list(lines)
    names = _counts(row.province for row in rows)
    states = dict(Adoption.State.choices)
    return [
        facet("stato", _("Stato"), _counts(row.state for row in rows), states, request.GET),
        facet(
            "area", _("Area"), _counts(r.area for r in rows), dict(MacroArea.choices), request.GET
        ),
        facet("provincia", _("Provincia"), names, {n: n for n in names}, request.GET),
    ]


def _counts(values: Iterable[str]) -> Counter[str]:
    return Counter(value for value in values if value)


def _chosen(one: Facet) -> list[str]:
    return [option.value for option in one.options if option.chosen]
