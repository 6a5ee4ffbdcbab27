"""Naming officers where there are none, also once the notice is out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.dossier import access, queries
from casa.dossier.forms.naming import OfficersForm
from casa.dossier.models import Dossier
from casa.dossier.services import naming
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.registry.http import Request


@require_http_methods(["GET", "POST"])
def officers(request: Request, pk: int) -> HttpResponse:
    """Say who is the officer where nobody is."""
    found = access.dossier_for(request.actor, pk)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid() and _named(request, found, form):
        messages.success(request, _("Responsabile indicato."))
        return redirect("dossier:dossier", found.pk)
    context = {
        "crumbs": crumbs(found, _("Responsabili")),
        "dossier": found,
        "form": form,
        "gone": queries.gone(found, on=timezone.localdate()),
    }
    return render(request, "dossier/officers.html", context, status=422 if form.errors else 200)


def _form(request: Request, found: Dossier) -> OfficersForm:
    """The empty places that the actor may fill."""
    today, case, actor = timezone.localdate(), found.case, request.actor
    offered = {}
    if access.may_name_rup(actor, found) and not (found.rup_id or found.is_closed):
        offered["rup"] = queries.officers_of(case.office.body_id, on=today)
    if access.may_name_award_officer(actor, found) and not (
        found.award_officer_id or found.is_closed
    ):
        offered["award_officer"] = queries.officers_of(case.supporter_id or 0, on=today)
    return OfficersForm(request.POST or None, offered=offered)


def _named(request: Request, found: Dossier, form: OfficersForm) -> bool:
    named = {field: person for field, person in form.cleaned_data.items() if person}
    try:
        naming.name_officers(found.pk, named, actor=request.actor, now=timezone.now())
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True
