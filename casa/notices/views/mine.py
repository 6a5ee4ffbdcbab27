"""What a person was told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casa.notices import access, queries, services
from casa.registry.http import Request

PER_PAGE = 25


@login_required
@require_safe
def mine(request: Request) -> HttpResponse:
    """What the person was told, newest first."""
    access.demand_follower(request.actor)
    rows = queries.notices_of(request.actor)
    unread, owed = queries.counts(request.actor)
    context = {
        "crumbs": [(_("I miei avvisi"), "")],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "unread": unread,
        "owed": owed,
    }
    return render(request, "notices/mine.html", context)


@login_required
@require_POST
def mark_read(request: Request) -> HttpResponse:
    """All of them were read."""
    count = services.mark_read(actor=request.actor, now=timezone.now())
    messages.success(request, _("Avvisi segnati come letti: %d.") % count)
    return redirect("notices:mine")


def home() -> list[tuple[str, str]]:
    """The way to this room."""
    return [(_("I miei avvisi"), reverse("notices:mine"))]
