"""The need of a dossier: read it, and change it until the notice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.dossier import access, services
from casa.dossier.forms.needing import ToldForm, told_now
from casa.dossier.models import Dossier
from casa.dossier.services.describing import demand_describing
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.guide.queries import advise
from casa.registry.http import Request


@require_http_methods(["GET", "POST"])
def need(request: Request, pk: int) -> HttpResponse:
    """What was told to the guide; changed, the guide is asked anew."""
    found = access.dossier_for(request.actor, pk)
    demand_describing(request.actor, found)
    form = ToldForm(request.POST or None, initial=told_now(found), dossier=found)
    if request.method == "POST" and form.is_valid() and _told(request, found, form):
        return redirect("dossier:dossier", found.pk)
    context = {"crumbs": crumbs(found, _("Il bisogno")), "dossier": found, "form": form}
    return render(request, "dossier/need.html", context, status=422 if form.errors else 200)


def _told(request: Request, found: Dossier, form: ToldForm) -> bool:
    advice = advise(form.need)
    try:
        services.tell_need(found.pk, form.need, advice, actor=request.actor, now=timezone.now())
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("Bisogno salvato."))
    if advice.preferred is None:
        messages.warning(request, advice.unknown[0].text)
    elif found.procedure not in {one.code for one in advice.admissible}:
        words = _(
            "Adesso la guida indica «%(name)s». %(why)s La procedura del fascicolo non cambia."
        )
        said = {"name": advice.preferred.label, "why": advice.preferred.reason.text}
        messages.warning(request, words % said)
    return True
