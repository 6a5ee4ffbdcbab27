"""Making a model of an ordinary document: a person says which of its blanks are fields."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.library import access, queries, services
from casa.library.forms.blanks import BlanksForm
from casa.library.views.forms import crumbs
from casa.registry.http import Request

MOST = 150  # blanks on one page; the rest is proposed again for the model that was made


def make_model(request: Request, slug: str, number: int) -> HttpResponse:
    """The blanks that were found in the main file, each to confirm, rename or leave out."""
    version = access.version_for(request.actor, slug, number)
    if not access.may_write(request.actor, version.entry):
        raise Refused(_("Ricava un modello chi ha un mandato di redazione nell'ente della scheda."))
    blanks = queries.blanks_of(version)
    form = BlanksForm(request.POST or None, blanks=blanks[:MOST])
    if request.method == "POST" and form.is_valid():
        limit(request, "library.model", per_minute=10)
        try:
            made = services.make_model(
                version=version, confirmed=form.confirmed(), actor=request.actor, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _done())
            return redirect("intake:upload_detail", made.token)
    context = {
        "crumbs": crumbs(version.entry, _("Ricava un modello")),
        "entry": version.entry,
        "version": version,
        "form": form,
        "count": len(blanks),
        "shown": min(len(blanks), MOST),
    }
    return render(request, "library/make_model.html", context, status=422 if form.is_bound else 200)


def _done() -> str:
    return _(
        "Il modello è fra i file dell'ente. Quando ha superato i controlli, usalo come nuova "
        "versione della scheda o in una scheda nuova."
    )
