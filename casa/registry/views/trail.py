"""The trail of acts: a list one may search and take away, and nothing that changes it."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.foundation.sheets import csv_lines
from casa.registry import access, trail
from casa.registry.forms.trail import TrailForm
from casa.registry.http import Request
from casa.registry.queries import trail as queries
from casa.registry.services import exports

PER_PAGE = 50


@require_safe
def lines(request: Request) -> HttpResponse:
    """What happened, newest first."""
    _demand_reader(request)
    form = TrailForm(request.GET or None)
    asked = _asked(form)
    page = Paginator(queries.lines(request.actor, asked), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    context = {
        "crumbs": [(_("Rete"), reverse("registry:bodies")), (_("Registro delle attività"), "")],
        "form": form,
        "page": page,
        "rows": [(line, trail.sentence(line), trail.told(line)) for line in page],
        "filtered": asked != queries.Asked(),
        "everything": request.actor.is_network_manager,
    }
    return render(request, "registry/trail.html", context, status=422 if form.errors else 200)


@require_POST
def export(request: Request) -> StreamingHttpResponse:
    """The same lines as a CSV file."""
    _demand_reader(request)
    limit(request, "trail-export", per_hour=10)
    form = TrailForm(request.GET or None)
    rows = exports.export_trail(asked=_asked(form), actor=request.actor, now=timezone.now())
    name = f"registro-attivita-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        csv_lines(exports.export_header(), rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _demand_reader(request: Request) -> None:
    if not access.may_see_trail(request.actor):
        raise Refused(
            _(
                "Il registro delle attività lo legge chi amministra un ente o gestisce la rete. "
                "Se ti serve una notizia sul tuo ente, chiedila a chi lo amministra."
            )
        )


def _asked(form: TrailForm) -> queries.Asked:
    """What was asked; a form with a mistake asks for everything and says what is wrong."""
    if not form.is_bound or not form.is_valid():
        return queries.Asked()
    return queries.Asked(**form.cleaned_data)
