"""«Segui», and the one page of all that a person follows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casa.notices import access, elsewhere, queries, services
from casa.notices.forms import CadenceForm
from casa.notices.things import kind_of, thing_of
from casa.notices.views.mine import PER_PAGE, home
from casa.registry.http import Request


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
        words = _("Ora segui «%s». Lo ritrovi in «Quello che seguo».")
        messages.success(request, words % thing.title)
    return redirect(thing.url)


@login_required
@require_safe
def follows(request: Request) -> HttpResponse:
    """All that the person follows, when they are told, and how to stop each."""
    access.demand_follower(request.actor)
    shown = Paginator(queries.follows_of(request.actor), PER_PAGE)
    page = shown.get_page(request.GET.get("pagina"))
    context = {
        "crumbs": [*home(), (_("Quello che seguo"), "")],
        "page": page,
        "rows": [(row, kind_of(row.key), queries.paces(row.cadence)) for row in page],
        "others": [(kept, queries.paces(kept.cadence)) for kept in _others(request, page.number)],
    }
    return render(request, "notices/follows.html", context)


@login_required
@require_POST
def change_follow(request: Request, pk: int) -> HttpResponse:
    """Another pace for one thing; a value that the page does not offer changes nothing."""
    row = access.follow_for(request.actor, pk)
    form = CadenceForm(request.POST)
    if form.is_valid():
        services.change_cadence(follow=row, cadence=form.cleaned_data["cadence"])
        messages.success(request, _("Cambiato quando ti avvisiamo di «%s».") % row.title)
    else:
        messages.error(request, _("Scegli uno dei tre modi di essere avvisato."))
    return _back(request)


@login_required
@require_POST
def unfollow(request: Request, pk: int) -> HttpResponse:
    """Not be told any more."""
    row = access.follow_for(request.actor, pk)
    services.unfollow(follow=row)
    messages.success(request, _("Non segui più «%s».") % row.title)
    return _back(request)


@login_required
@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    """Be told again of what a mail's link paused."""
    row = access.follow_for(request.actor, pk)
    services.resume(follow=row)
    messages.success(request, _("Ricominciamo ad avvisarti di «%s».") % row.title)
    return _back(request)


@login_required
@require_POST
def open_feed(request: Request, pk: int) -> HttpResponse:
    """A new address for the feed; the old one, if any, stops."""
    services.open_feed(follow=access.follow_for(request.actor, pk))
    messages.success(request, _("Il feed ha un nuovo indirizzo: chi lo conosce legge i titoli."))
    return _back(request)


@login_required
@require_POST
def close_feed(request: Request, pk: int) -> HttpResponse:
    """The address of the feed opens nothing any more."""
    services.close_feed(follow=access.follow_for(request.actor, pk))
    messages.success(request, _("Il feed è chiuso: il vecchio indirizzo non funziona più."))
    return _back(request)


def _others(request: Request, page: int) -> list[elsewhere.Kept]:
    """What other rooms keep stands on the first page."""
    return elsewhere.kept_by(request.actor) if page == 1 else []


def _back(request: Request) -> HttpResponse:
    back = request.POST.get("torna", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe and back.startswith("/") else "notices:follows")
