"""What was done in a dossier."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.dossier import access, queries, sections
from casa.dossier.views.reading import PER_PAGE, crumbs
from casa.registry import trail
from casa.registry.http import Request


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Who did what and when, for both bodies alike."""
    found = access.dossier_for(request.actor, pk)
    lines = queries.history(request.actor, found, now=timezone.now())
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "crumbs": crumbs(found, _("Cronologia")),
        "dossier": found,
        "sections": sections.links(found.pk, request.path),
        "page": page,
        "rows": [(line, trail.sentence(line), trail.told(line)) for line in page],
    }
    return render(request, "dossier/history.html", context)
