"""«È stata utile questa pagina?»"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casa.foundation.limits import limit
from casa.portal import services
from casa.portal.forms import VoteForm
from casa.registry.http import Request


@require_POST
def vote(request: Request) -> HttpResponse:
    """Count the answer and go back to the page it was about."""
    limit(request, "vote", per_minute=10, per_hour=60)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return redirect("portal:home")
    page = form.cleaned_data["page"]
    useful = form.cleaned_data["answer"] == "yes"
    services.count_vote(page=page, useful=useful, on=timezone.localdate())
    messages.success(request, _("Grazie, la tua risposta è stata contata. Non sappiamo di chi è."))
    return redirect(page)
