"""Norm campaigns: the list, one campaign with its board, opening and closing, keeping a text."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.foundation.errors import Refused
from casa.foundation.sheets import csv_lines
from casa.library import access, queries, services
from casa.library.forms.campaigns import CampaignForm, KeepForm
from casa.library.queries.campaigns import COLUMNS, Hit, Progress, by_office, lines, progress
from casa.library.views.forms import done
from casa.registry.http import Request

PER_PAGE = 50
MOST_ROWS = 25
Crumbs = list[tuple[str, str]]


@require_safe
def campaigns(request: Request) -> HttpResponse:
    """All campaigns with what is left to do."""
    access.demand_member(request.actor)
    context = {
        "crumbs": _crumbs(),
        "page": Paginator(queries.campaigns(), PER_PAGE).get_page(request.GET.get("pagina")),
        "may_open": access.may_run_campaigns(request.actor),
    }
    return render(request, "library/campaigns.html", context)


@require_http_methods(["GET", "POST"])
def open_campaign(request: Request) -> HttpResponse:
    """Say that a norm changed."""
    if not access.may_run_campaigns(request.actor):
        raise Refused(_("Le campagne le apre chi gestisce o rivede per tutta la rete."))
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.open_campaign(norm=form.changed(), actor=request.actor, now=timezone.now())
        count = made.hits.count()
        messages.success(
            request,
            _("Campagna aperta: testi da aggiornare %d. Gli uffici ricevono ora il loro compito.")
            % count,
        )
        return redirect("library:campaign", pk=made.pk)
    context = {"crumbs": _crumbs(_("Nuova campagna")), "form": form}
    return render(
        request, "library/campaign_form.html", context, status=422 if form.errors else 200
    )


@require_safe
def campaign(request: Request, pk: int) -> HttpResponse:
    """Who is hit, and how far each place has come."""
    access.demand_member(request.actor)
    one = access.campaign_for(request.actor, pk)
    hits = queries.hits_of(one, request.actor)
    context = {
        "crumbs": _crumbs(one.norm),
        "campaign": one,
        "page": Paginator(hits, PER_PAGE).get_page(request.GET.get("pagina")),
        "kits": queries.kits_hit(one, request.actor),
        "total": len(hits),
        "left": sum(hit.state == "open" for hit in hits),
        "boards": _boards(hits),
        "may_run": access.may_run_campaigns(request.actor),
    }
    return render(request, "library/campaign.html", context)


def _boards(hits: Sequence[Hit]) -> list[tuple[str, str, list[Progress], int]]:
    """Each board: its title, what a row is, the first rows, how many more there are."""
    named = (
        (_("Per Provincia"), _("Provincia"), progress(hits)),
        (_("Per ufficio"), _("Ufficio"), progress(hits, by_office)),
    )
    return [(title, what, rows[:MOST_ROWS], len(rows[MOST_ROWS:])) for title, what, rows in named]


@require_safe
def export(request: Request, pk: int) -> HttpResponse:
    """The list as CSV."""
    access.demand_member(request.actor)
    one = access.campaign_for(request.actor, pk)
    rows = lines(queries.hits_of(one, request.actor))
    response = HttpResponse(csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="campagna-{one.pk}.csv"'
    return response


@require_http_methods(["GET", "POST"])
def keep(request: Request, pk: int, hit: int) -> HttpResponse:
    """Say why a text stays as it is."""
    row = access.hit_for(request.actor, pk, hit)
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> bool:
            services.keep_text(
                hit=row, why=form.cleaned_data["why"], actor=request.actor, now=timezone.now()
            )
            return True

        if done(request, form, act):
            messages.success(request, _("Segnato: «%s» va bene così.") % row.entry.title)
            return redirect("library:campaign", pk=pk)
    context = {"crumbs": _crumbs(row.campaign.norm), "form": form, "hit": row}
    return render(
        request, "library/campaign_keep.html", context, status=422 if form.errors else 200
    )


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Nobody is asked any more."""
    one = access.campaign_for(request.actor, pk)
    services.close_campaign(campaign=one, actor=request.actor, now=timezone.now())
    messages.success(request, _("Campagna chiusa: l'elenco resta com'è."))
    return redirect("library:campaign", pk=pk)


def _crumbs(title: str = "") -> Crumbs:
    home: Crumbs = [(_("Biblioteca"), reverse("library:catalogue"))]
    if not title:
        return [*home, (_("Norme cambiate"), "")]
    return [*home, (_("Norme cambiate"), reverse("library:campaigns")), (title, "")]
