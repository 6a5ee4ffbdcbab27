"""«Stai operando per»: choosing the body one acts for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.registry import access
from casa.registry.actor import ACTING_FOR
from casa.registry.forms.entrance import SwitchForm
from casa.registry.http import Request
from casa.registry.queries import mandates
from casa.registry.services import login as services
from casa.registry.views.pages import safe_next
from casa.registry.words import for_body


@login_required
def switch(request: Request) -> HttpResponse:
    """The bodies of the person, one button each; then back to where one was."""
    back = safe_next(request, default=reverse("entrance:switch"))
    if request.method == "POST":
        form = SwitchForm(request.POST)
        key = form.cleaned_data["ente"] if form.is_valid() else 0
        body = access.own_body_for(request.actor, key)
        request.session[ACTING_FOR] = body.pk
        services.remember_body(body=body, actor=request.actor)
        messages.success(request, _("Ora operi %(body)s.") % {"body": for_body(body)})
        return redirect(back)
    context = {
        "bodies": mandates.bodies_of(request.actor, on=timezone.localdate()),
        "back": request.GET.get("next", ""),
        "crumbs": [(_("Cambia ente"), "")],
    }
    return render(request, "registry/entrance/switch.html", context)
