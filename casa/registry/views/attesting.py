"""«Chi può fare cosa, ancora?» and what waits in the bodies one looks after."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.http import Request
from casa.registry.queries import attesting as queries
from casa.registry.queries import succession
from casa.registry.services import attesting as services
from casa.registry.services import handing_over
from casa.registry.views.people import crumbs_of

PER_PAGE = 50


@login_required
def attest(request: Request, slug: str) -> HttpResponse:
    """Everybody of a body: confirm or end, with one press each."""
    body = access.managed_body_for(request.actor, slug)
    on = timezone.localdate()
    asked = queries.asked_of(body, on=on)
    context = {
        "body": body,
        "is_open": queries.is_open(body, on=on),
        "is_late": body.attest_by is not None and body.attest_by < on,
        "asked": asked,
        "waiting": sum(one.waits for one in asked),
        "crumbs": [*crumbs_of(body), (_("Riconferma annuale"), "")],
    }
    return render(request, "registry/succession/attest.html", context)


@require_POST
@login_required
def confirm(request: Request, slug: str, pk: int) -> HttpResponse:
    """«Sì, serve ancora»."""
    mandate = access.mandate_for(request.actor, slug, pk)
    try:
        services.confirm_mandate(mandate=mandate, actor=request.actor, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Riconfermato: %s.") % mandate.person.full_name)
    return redirect("entrance:attest", slug)


@require_POST
@login_required
def end_now(request: Request, slug: str, pk: int) -> HttpResponse:
    """«No, non serve più»: at once where nothing is to pass on, else by the guided page."""
    mandate = access.mandate_for(request.actor, slug, pk)
    on, now = timezone.localdate(), timezone.now()
    if succession.plan_of(mandate, request.actor, on=on).steps:
        messages.info(request, _("Prima di concludere scegli a chi passa ciò che segue."))
        return redirect("entrance:end", slug, pk)
    try:
        handing_over.hand_over(mandate=mandate, choices={}, on=None, actor=request.actor, now=now)
        services.complete_round(body=mandate.body, actor=request.actor, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Mandato concluso: %s.") % mandate.person.full_name)
    return redirect("entrance:attest", slug)


@login_required
def overview(request: Request) -> HttpResponse:
    """Hand-overs nobody did, bodies nobody confirmed, bodies nobody administers."""
    access.demand_overseer(request.actor)
    on = timezone.localdate()
    left = succession.left_open(request.actor, on=on)
    context = {
        "page": Paginator(left, PER_PAGE).get_page(request.GET.get("pagina")),
        "bodies": queries.late_for(request.actor, on=on)[:PER_PAGE],
        "orphans": succession.orphans_for(request.actor, on=on)[:PER_PAGE],
        "crumbs": [(_("Consegne e riconferme"), "")],
        "is_manager": request.actor.is_network_manager,
    }
    return render(request, "registry/succession/overview.html", context)
