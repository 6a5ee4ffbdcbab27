"""How the service is doing: a page for people, a word for machines."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casa.portal import queries
from casa.registry.http import Request


@never_cache
@require_safe
def status(request: Request) -> HttpResponse:
    """Each part in words; status 503 when one of them does not work, for whoever watches."""
    now = queries.status(now=timezone.now())
    context = {"status": now, "crumbs": [(_("Stato del servizio"), "")]}
    code = HTTPStatus.OK if now.works else HTTPStatus.SERVICE_UNAVAILABLE
    return render(request, "portal/status.html", context, status=code)


@never_cache
@require_safe
def alive(_request: Request) -> HttpResponse:
    """The web process answers; it asks nothing of the database."""
    return HttpResponse("vivo\n", content_type="text/plain; charset=utf-8")
