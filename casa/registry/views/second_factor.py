"""Resetting the second factor of somebody of a body, asked with the reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.registry import access
from casa.registry.forms.people import ReasonForm
from casa.registry.http import Request
from casa.registry.queries.second_factor import demand_resetter
from casa.registry.services.second_factor import reset_second_factor
from casa.registry.views.pages import form_page, sent
from casa.registry.views.people import crumbs_of


@login_required
def reset_factor(request: Request, slug: str, pk: int) -> HttpResponse:
    """Ask why, then reset and go back to the people of the body."""
    mandate = access.mandate_for(request.actor, slug, pk)
    demand_resetter(request.actor, mandate.person, on=timezone.localdate())
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        limit(request, "reset-factor", per_hour=20)
        try:
            reset_second_factor(
                person=mandate.person,
                body=mandate.body,
                actor=request.actor,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Verifica azzerata: lo diciamo per e-mail alla persona."))
            return redirect("entrance:people", slug)
    return form_page(
        request,
        form,
        title=_("Azzera la verifica in due passaggi di %(person)s")
        % {"person": mandate.person.full_name},
        lead=_(
            "Prima accertati che sia stata davvero questa persona a chiederlo: parlale di persona "
            "o a un numero che conosci già. I suoi accessi aperti si chiudono; entrerà con la "
            "sola password e, se il ruolo la richiede, dovrà attivare di nuovo la verifica."
        ),
        verb=_("Azzera la verifica"),
        crumbs=crumbs_of(mandate.body),
        back=reverse("entrance:people", args=[slug]),
    )
