"""The two addresses behind «salvato alle 10:42»."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casa.foundation.limits import limit
from casa.registry.http import Request
from casa.registry.services import kept

PLACE = "luogo-del-modulo"


@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep a form; answers with the sentence that the page shows."""
    limit(request, "keep", per_minute=60)
    fields = {name: values for name, values in request.POST.lists() if name != PLACE}
    form = kept.keep_form(
        place=request.POST.get(PLACE, ""), fields=fields, actor=request.actor, now=timezone.now()
    )
    at = date_format(timezone.localtime(form.kept_at), "H:i")
    return HttpResponse(_("Salvato alle %(at)s") % {"at": at}, content_type="text/plain")


@require_POST
def forget(request: Request) -> HttpResponse:
    """Begin the form again."""
    place = request.POST.get(PLACE, "")
    kept.forget_form(place=place, actor=request.actor)
    safe = url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return redirect(place if safe else "/")
