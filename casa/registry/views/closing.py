"""Closing the log-in of somebody who works, or worked, for a body."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.http import Request
from casa.registry.services.closing import close_login as close
from casa.registry.views.pages import Confirmation, form_page, sent
from casa.registry.views.people import crumbs_of


@login_required
def close_login(request: Request, slug: str, pk: int) -> HttpResponse:
    """Say what will be lost, then close it and go back to the people of the body."""
    mandate = access.mandate_for(request.actor, slug, pk)
    access.demand_closer(request.actor, person_id=mandate.person_id)
    form = Confirmation(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            close(person=mandate.person, actor=request.actor, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Accesso chiuso. L'indirizzo è stato cancellato."))
            return redirect("entrance:people", slug)
    return form_page(
        request,
        form,
        title=_("Chiudi l'accesso di %(person)s") % {"person": mandate.person.full_name},
        lead=_(
            "Finiscono subito tutti i suoi mandati e ruoli, in ogni ente; l'indirizzo e-mail si "
            "cancella. Resta il nome sotto ciò che ha fatto. Non si può annullare: per tornare "
            "serve un nuovo account."
        ),
        verb=_("Chiudi l'accesso per sempre"),
        crumbs=crumbs_of(mandate.body),
        back=reverse("entrance:people", args=[slug]),
    )
