"""«Che cosa manca»: searches without results, for those who look after the network."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casa.foundation.components.facets import Facet, chips, facet
from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.foundation.sheets import csv_lines
from casa.registry.http import Request, chosen, typed
from casa.search import access, queries, services
from casa.search.forms.missing import AssignForm
from casa.search.models import EmptySearch

PER_PAGE = 20


@require_safe
def board(request: Request) -> HttpResponse:
    """What people look for and nobody has written, what most people want first."""
    access.demand_tender(request.actor)
    wanted = _wanted(request)
    page = Paginator(queries.board(request.actor, wanted), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    facets = _facets(request, wanted)
    context = {
        "crumbs": [(_("Cerca"), reverse("search:results")), (_("Che cosa manca"), "")],
        "page": page,
        "rows": queries.with_answers(request.actor, list(page)),
        "facets": facets,
        "chips": chips(facets),
        "clear_url": reverse("search:missing"),
        "wanted": wanted,
        "narrowed": wanted != queries.Wanted(),
    }
    return render(request, "search/missing.html", context)


@require_safe
def export(request: Request) -> StreamingHttpResponse:
    """The same list as a CSV file."""
    access.demand_tender(request.actor)
    limit(request, "missing-export", per_hour=30)
    rows = queries.board(request.actor, _wanted(request))
    header = [
        _("Parole"),
        _("Volte"),
        _("Prima volta"),
        _("Ultima volta"),
        _("Stato"),
        _("Se ne occupa"),
        _("Risposta"),
    ]
    name = f"che-cosa-manca-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        csv_lines(header, queries.lines(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """One search: who takes care, and the cards among which its answer may be."""
    search = access.missing_for(request.actor, pk)
    words = typed(request, "scheda") or search.words
    found = queries.find(request.actor, words=words)
    form = AssignForm(on=timezone.localdate(), initial={"person": search.assigned_to_id})
    context = {
        "crumbs": [
            (_("Cerca"), reverse("search:results")),
            (_("Che cosa manca"), reverse("search:missing")),
            (search.words, ""),
        ],
        "search": search,
        "answer": queries.link_to(request.actor, search.answer_key),
        "form": form,
        "words": words,
        "found": found,
    }
    return render(request, "search/missing_one.html", context)


@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    """Give it to somebody, or to nobody."""
    search = access.missing_for(request.actor, pk)
    form = AssignForm(request.POST, on=timezone.localdate())
    if not form.is_valid():
        messages.error(request, _("Scegli una persona dell'elenco: chi hai indicato non c'è più."))
        return _back(search)
    services.assign(search=search, person=form.cleaned_data["person"], actor=request.actor)
    messages.success(request, _("È scritto chi se ne occupa."))
    return _back(search)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """This card answers."""
    search = access.missing_for(request.actor, pk)
    key = request.POST.get("card", "").replace("\x00", "")[:80]
    try:
        services.answer(search=search, card_key=key, actor=request.actor)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Chi cerca queste parole ora vede la risposta."))
    return _back(search)


@require_POST
def put_aside(request: Request, pk: int) -> HttpResponse:
    """It needs no answer."""
    search = access.missing_for(request.actor, pk)
    services.put_aside(search=search, actor=request.actor)
    messages.success(request, _("La ricerca è messa da parte."))
    return _back(search)


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """To be looked at again."""
    search = access.missing_for(request.actor, pk)
    services.reopen(search=search, actor=request.actor)
    messages.success(request, _("La ricerca è di nuovo da guardare."))
    return _back(search)


def _back(search: EmptySearch) -> HttpResponse:
    return redirect("search:missing_one", pk=search.pk)


def _wanted(request: Request) -> queries.Wanted:
    return queries.Wanted(
        words=typed(request, "filtro"),
        states=tuple(chosen(request, "stato")),
        partial=tuple(chosen(request, "trovato")),
        mine="mie" in chosen(request, "di"),
    )


def _facets(request: Request, wanted: queries.Wanted) -> list[Facet]:
    counted = queries.counts(request.actor, wanted)
    kinds = {"nessuna": _("Nessuna scheda"), "alcune": _("Solo schede con alcune parole")}
    states = {value: str(label) for value, label in EmptySearch.State.choices}
    own = queries.count_assigned_to(request.actor)
    mine = {"mie": own} if own else {}
    return [
        facet("stato", _("Stato"), counted["stato"], states, request.GET),
        facet("trovato", _("Che cosa si trovava"), counted["trovato"], kinds, request.GET),
        facet("di", _("Chi se ne occupa"), mine, {"mie": _("Io")}, request.GET),
    ]
