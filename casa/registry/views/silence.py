"""Accounts that nobody uses: suspended with one press, asked for again with another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.http import Request
from casa.registry.services import silence as services


@require_POST
@login_required
def suspend(request: Request, slug: str, pk: int) -> HttpResponse:
    """Suspend who has not come in for a year, and tell them."""
    mandate = access.mandate_for(request.actor, slug, pk)
    try:
        services.suspend_silent(mandate=mandate, actor=request.actor, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Sospeso: %s. Riceve una mail che dice come chiedere di riprendere.")
        messages.success(request, said % mandate.person.full_name)
    return redirect("entrance:attest", slug)


@require_POST
@login_required
def ask_back(request: Request, pk: int) -> HttpResponse:
    """Ask those who administer the body for one's own suspended mandate."""
    mandate = access.own_mandate_for(request.actor, pk)
    try:
        services.ask_back(mandate=mandate, actor=request.actor, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Chiesto: risponde chi amministra l'ente."))
    return redirect("entrance:mine")
