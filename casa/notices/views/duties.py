"""What the offices of one's body owe, and doing it: from the site, or with a link of a mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.notices import access, acts, queries, services
from casa.notices.models import Duty
from casa.notices.views.mine import PER_PAGE, home
from casa.registry.http import Request


@login_required
@require_safe
def duties(request: Request) -> HttpResponse:
    """What the offices of the person's bodies owe, the most urgent first."""
    page = Paginator(queries.duties_of(request.actor), PER_PAGE)
    shown = page.get_page(request.GET.get("pagina"))
    context: dict[str, Any] = {
        "crumbs": [*home(), (_("Tocca al mio ufficio"), "")],
        "page": shown,
        "rows": [(duty, acts.acts_of(duty)) for duty in shown],
        "today": timezone.localdate(),
    }
    return render(request, "notices/duties.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def act(request: Request, pk: int, code: str) -> HttpResponse:
    """Do one thing that an office owes: asked first, then done."""
    duty = access.duty_for(request.actor, pk)
    if request.method == "POST":
        outcome = services.act_by_hand(
            duty=duty, code=code, actor=request.actor, now=timezone.now()
        )
        messages.success(request, outcome)
        return redirect("notices:duties")
    return _asked(request, duty, code, crumbs=[*home(), (_("Tocca al mio ufficio"), "")])


@never_cache
@require_http_methods(["GET", "POST"])
def act_by_link(request: Request, token: str) -> HttpResponse:
    """The same from a mail, without a log-in. Programs that open links only see the question."""
    limit(request, "act-by-link", per_minute=30)
    try:
        if request.method == "POST":
            outcome = services.act_by_link(token=token, now=timezone.now())
            return render(request, "notices/done.html", {"outcome": outcome})
        duty, code = services.asked_by_link(token=token)
    except BadSignature as wrong:
        raise Http404 from wrong
    except Refused as refusal:  # who comes from a mail is told why, not asked to log in
        context = {"outcome": refusal, "refused": True}
        return render(request, "notices/done.html", context, status=403)
    return _asked(request, duty, code, crumbs=[(_("Tocca al tuo ufficio"), "")])


def _asked(
    request: Request, duty: Duty, code: str, *, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    found = acts.act_of(duty, code)
    if found is None:
        raise Refused(_("Questo non si fa con un pulsante: apri la pagina dell'adempimento."))
    context = {"crumbs": crumbs, "duty": duty, "act": found}
    return render(request, "notices/act.html", context)
