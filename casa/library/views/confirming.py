"""«È ancora valido?»: the page where an office confirms its text for another year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.views.forms import crumbs
from casa.registry.http import Request


@require_http_methods(["GET", "POST"])
def confirm(request: Request, slug: str) -> HttpResponse:
    """Look at it once more, then confirm, or change it, or withdraw it."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_confirm(request.actor, entry):
        raise Refused(_("Lo conferma chi scrive, rivede o amministra per l'ente del testo."))
    if request.method == "POST":
        until = services.confirm(entry=entry, actor=request.actor, now=timezone.now())
        said = {"title": entry.title, "on": date_format(until, "j F Y")}
        messages.success(request, _("Confermato: «%(title)s» è valido fino al %(on)s.") % said)
        return redirect(entry)
    context = {
        "crumbs": crumbs(entry, _("È ancora valido?")),
        "entry": entry,
        "is_asked": queries.is_asked(entry, on=timezone.localdate()),
        "hits": queries.banner_of(entry),
        "may_write": access.may_write(request.actor, entry),
        "may_withdraw": access.may_withdraw(request.actor, entry),
    }
    return render(request, "library/confirm.html", context)
