"""The pages of notices: what I was told, what I follow, what my office owes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.notices import access, acts, feeds, queries, services
from casa.notices.forms import CadenceForm
from casa.notices.models import Duty
from casa.notices.things import thing_of
from casa.registry.http import Request

PER_PAGE = 25


@login_required
@require_safe
def mine(request: Request) -> HttpResponse:
    """What the person was told, newest first."""
    access.demand_follower(request.actor)
    rows = queries.notices_of(request.actor)
    unread, owed = queries.counts(request.actor)
    context = {
        "crumbs": [(_("I miei avvisi"), "")],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "unread": unread,
        "owed": owed,
    }
    return render(request, "notices/mine.html", context)


@login_required
@require_POST
def mark_read(request: Request) -> HttpResponse:
    """All of them were read."""
    count = services.mark_read(actor=request.actor, now=timezone.now())
    messages.success(request, _("Avvisi segnati come letti: %d.") % count)
    return redirect("notices:mine")


@login_required
@require_POST
def follow(request: Request) -> HttpResponse:
    """«Segui», from the page of the thing, and back there."""
    try:
        thing = thing_of(request.POST.get("cosa", ""))
    except BadSignature as wrong:
        raise Http404 from wrong
    form = CadenceForm(request.POST)
    if form.is_valid():
        services.follow(
            thing=thing,
            cadence=form.cleaned_data["cadence"],
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(
            request, _("Ora segui «%s». Lo ritrovi in «Che cosa seguo».") % thing.title
        )
    return redirect(thing.url)


@login_required
@require_safe
def follows(request: Request) -> HttpResponse:
    """What the person follows, and when they are told."""
    access.demand_follower(request.actor)
    rows = queries.follows_of(request.actor)
    context = {
        "crumbs": [*_home(), (_("Che cosa seguo"), "")],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
    }
    return render(request, "notices/follows.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_follow(request: Request, pk: int) -> HttpResponse:
    """Another pace for one thing."""
    row = access.follow_for(request.actor, pk)
    form = CadenceForm(request.POST or None, initial={"cadence": row.cadence})
    if request.method == "POST" and form.is_valid():
        services.change_cadence(follow=row, cadence=form.cleaned_data["cadence"])
        messages.success(request, _("Cambiato quando ti avvisiamo di «%s».") % row.title)
        return redirect("notices:follows")
    context = {
        "crumbs": [*_home(), (_("Che cosa seguo"), _follows_url()), (row.title, "")],
        "form": form,
        "follow": row,
    }
    return render(request, "notices/follow.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def unfollow(request: Request, pk: int) -> HttpResponse:
    """Not be told any more."""
    row = access.follow_for(request.actor, pk)
    services.unfollow(follow=row)
    messages.success(request, _("Non segui più «%s».") % row.title)
    back = request.POST.get("torna", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe and back.startswith("/") else "notices:follows")


@login_required
@require_safe
def duties(request: Request) -> HttpResponse:
    """What the offices of the person's bodies owe, the most urgent first."""
    page = Paginator(queries.duties_of(request.actor), PER_PAGE)
    shown = page.get_page(request.GET.get("pagina"))
    context: dict[str, Any] = {
        "crumbs": [*_home(), (_("Tocca al mio ufficio"), "")],
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
    return _asked(request, duty, code, crumbs=[*_home(), (_("Tocca al mio ufficio"), "")])


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


@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """What happened to a thing one follows, for a feed reader. An unknown address is no page."""
    limit(request, "feed", per_minute=30)
    row = queries.behind(token)
    if row is None:
        raise Http404
    return feeds.atom(request, row, queries.feed_of(row, on=timezone.localdate()))


def _asked(
    request: Request, duty: Duty, code: str, *, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    found = acts.act_of(duty, code)
    if found is None:
        raise Refused(_("Questo non si fa con un pulsante: apri la pagina dell'adempimento."))
    context = {"crumbs": crumbs, "duty": duty, "act": found}
    return render(request, "notices/act.html", context)


def _home() -> list[tuple[str, str]]:
    return [(_("I miei avvisi"), reverse("notices:mine"))]


def _follows_url() -> str:
    return reverse("notices:follows")
