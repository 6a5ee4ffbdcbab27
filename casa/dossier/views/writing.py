"""A new dossier, and its data."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.dossier import access, queries, services
from casa.dossier.forms import DataForm, NewDossierForm
from casa.dossier.models import Dossier
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.guide.forms.choosing import PARTS
from casa.guide.queries import advise
from casa.registry.http import Request

PREFILLED = (*PARTS, "oggetto")
"""What the address may say already, as the guide's page writes it."""


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """The need goes in; a dossier with its steps comes out."""
    if not access.may_open(request.actor):
        raise Refused(_("I fascicoli li apre chi scrive, rivede o amministra per il suo ente."))
    helpers = queries.helpers_of(request.actor)
    first = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    form = NewDossierForm(request.POST or None, initial=first, helpers=helpers)
    if request.method == "POST" and form.is_valid() and (made := _opened(request, form)):
        messages.success(request, _("Fascicolo aperto: ecco i passi da fare."))
        return redirect("dossier:dossier", made.pk)
    context = {
        "crumbs": [(_("Fascicoli"), reverse("dossier:list")), (_("Nuovo"), "")],
        "form": form,
    }
    return render(request, "dossier/new.html", context, status=422 if form.errors else 200)


def _opened(request: Request, form: NewDossierForm) -> Dossier | None:
    """The dossier, or nothing with the reason told in the form."""
    given = form.cleaned_data
    wish = services.Wish(
        title=given["oggetto"],
        need=form.need,
        advice=advise(form.need),
        supporter=given["aiuto"],
        needed_by=given["entro"],
        procedure=given["procedura"],
        why=given["motivo"],
    )
    try:
        return services.open_dossier(wish, actor=request.actor, now=timezone.now())
    except Refused as why:
        form.add_error(None, str(why))
        return None


@require_http_methods(["GET", "POST"])
def describe(request: Request, pk: int) -> HttpResponse:
    """Title, codes and officers, until the notice is out."""
    found = access.dossier_for(request.actor, pk)
    form = _data_form(request, found)
    if request.method == "POST" and form.is_valid() and _described(request, found, form):
        messages.success(request, _("Dati salvati."))
        return redirect("dossier:dossier", found.pk)
    context = {
        "crumbs": crumbs(found, _("Dati e responsabili")),
        "dossier": found,
        "form": form,
        "may_describe": access.may_describe(request.actor, found),
        "gone": queries.gone(found, on=timezone.localdate()),
    }
    return render(request, "dossier/describe.html", context, status=422 if form.errors else 200)


def _data_form(request: Request, found: Dossier) -> DataForm:
    initial: dict[str, Any] = {
        "oggetto": found.case.title,
        "cig": found.cig,
        "cup": found.cup,
        "cui": found.cui,
        "rup": found.rup_id,
        "rup_gara": found.award_officer_id,
    }
    return DataForm(
        request.POST or None,
        initial=initial,
        **_officers(request, found),
    )


def _officers(request: Request, found: Dossier) -> dict[str, Any]:
    """Who may be named: of each body, only for those who work there."""
    today, case = timezone.localdate(), found.case
    owners = queries.officers_of(case.office.body_id, on=today, named=found.rup_id)
    supporters = queries.officers_of(case.supporter_id or 0, on=today, named=found.award_officer_id)
    return {
        "owners": owners if access.may_name_rup(request.actor, found) else None,
        "supporters": supporters if access.may_name_award_officer(request.actor, found) else None,
    }


def _described(request: Request, found: Dossier, form: DataForm) -> bool:
    given = form.cleaned_data
    data = services.Data(
        title=given["oggetto"],
        cig=given["cig"],
        cup=given["cup"],
        cui=given["cui"],
        rup=given.get("rup", found.rup),
        award_officer=given.get("rup_gara", found.award_officer),
    )
    try:
        services.describe(found.pk, data, actor=request.actor, now=timezone.now())
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True
