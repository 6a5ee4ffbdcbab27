"""Saved searches as their owner sees them, and the link that stops their mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.notices.forms import CadenceForm
from casa.registry.http import Request
from casa.search import access, queries, services
from casa.search.forms.saved import SavedSearchForm
from casa.search.models import SavedSearch
from casa.search.views.asking import question_of

NAME_LENGTH = 60
FREQUENCIES = {"here": SavedSearch.Frequency.NEVER}


@login_required
@require_safe
def mine(request: Request) -> HttpResponse:
    """What I keep, each with its feed."""
    access.demand_keeper(request.actor)
    context = {
        "crumbs": [(_("Cerca"), reverse("search:results")), (_("Le mie ricerche"), "")],
        "searches": queries.saved_by(request.actor),
        "may_tend": access.may_tend_missing(request.actor),
    }
    return render(request, "search/saved.html", context)


@login_required
def save(request: Request) -> HttpResponse:
    """Keep the question of the address; its words are the name to begin with."""
    access.demand_keeper(request.actor)
    question = question_of(request)
    known = queries.already_saved(request.actor, words=question.words, filters=question.filters)
    form = SavedSearchForm(request.POST or None, initial=_first(question.words, known))
    if request.method == "POST" and form.is_valid():
        limit(request, "save-search", per_hour=60)
        try:
            services.save_search(
                actor=request.actor,
                words=question.words,
                filters=question.filters,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("La ricerca è salvata: la ritrovi qui."))
            return redirect("search:saved")
    back = f"{reverse('search:results')}?{question.query}"
    return _form(request, form, title=_("Salva questa ricerca"), back=back, known=known)


@login_required
def change(request: Request, pk: int) -> HttpResponse:
    """Another name, another frequency."""
    saved = access.saved_for(request.actor, pk)
    given = {"name": saved.name, "frequency": saved.frequency}
    form = SavedSearchForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        services.change_search(search=saved, actor=request.actor, **form.cleaned_data)
        messages.success(request, _("La ricerca è cambiata."))
        return redirect("search:saved")
    return _form(request, form, title=_("Cambia la ricerca"), back=reverse("search:saved"))


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: Request, pk: int) -> HttpResponse:
    """One question, then it is forgotten."""
    saved = access.saved_for(request.actor, pk)
    if request.method == "POST":
        services.delete_search(search=saved, actor=request.actor)
        messages.success(request, _("La ricerca è eliminata."))
        return redirect("search:saved")
    context = {
        "crumbs": [*_crumbs(), (_("Elimina"), "")],
        "question": _("Eliminare la ricerca «%s»?") % saved.name,
        "consequence": _("Non riceverai più avvisi e il suo feed smette di funzionare."),
        "verb": _("Elimina la ricerca"),
        "cancel_url": reverse("search:saved"),
    }
    return render(request, "foundation/confirm.html", context)


@login_required
@require_POST
def open_feed(request: Request, pk: int) -> HttpResponse:
    """A new address for the feed; the old one, if any, stops."""
    saved = access.saved_for(request.actor, pk)
    services.open_feed(search=saved, actor=request.actor)
    messages.success(request, _("Il feed ha un nuovo indirizzo: chi lo conosce legge i titoli."))
    return redirect("search:saved")


@login_required
@require_POST
def close_feed(request: Request, pk: int) -> HttpResponse:
    """The address of the feed opens nothing any more."""
    saved = access.saved_for(request.actor, pk)
    services.close_feed(search=saved, actor=request.actor)
    messages.success(request, _("Il feed è chiuso: il vecchio indirizzo non funziona più."))
    return redirect("search:saved")


@csrf_exempt  # mail programs send this form themselves (RFC 8058); the signed link is the right
@never_cache
@require_http_methods(["GET", "POST"])
def stop_alerts(request: Request, token: str) -> HttpResponse:
    """Stop the mails of the searches that the link names: asked first, without a log-in."""
    limit(request, "stop-alerts", per_minute=30)
    try:
        if request.method == "POST":
            _stop_or_resume(request, token)
        searches = queries.named_by(token)
    except BadSignature as wrong:
        raise Http404 from wrong
    context = {
        "crumbs": [(_("Niente più avvisi"), "")],
        "searches": searches,
        "done": request.method == "POST",
        "again": "riprendi" in request.POST,
    }
    return render(request, "search/stop_alerts.html", context)


@login_required
@require_POST
def pace(request: Request, pk: int) -> HttpResponse:
    """Another frequency alone, from the page of all that one follows, and back there."""
    saved = access.saved_for(request.actor, pk)
    form = CadenceForm(request.POST)
    if form.is_valid():
        frequency = FREQUENCIES.get(form.cleaned_data["cadence"], form.cleaned_data["cadence"])
        services.change_search(
            search=saved, actor=request.actor, name=saved.name, frequency=frequency
        )
        messages.success(request, _("Cambiato quando ti avvisiamo di «%s».") % saved.name)
    else:
        messages.error(request, _("Scegli uno dei tre modi di essere avvisato."))
    return redirect("notices:follows")


@login_required
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """No more mail about it; the search itself stays."""
    saved = access.saved_for(request.actor, pk)
    never = SavedSearch.Frequency.NEVER
    services.change_search(search=saved, actor=request.actor, name=saved.name, frequency=never)
    words = _("Non ti avvisiamo più di «%s». La ricerca resta in «Le mie ricerche».")
    messages.success(request, words % saved.name)
    return redirect("notices:follows")


def _stop_or_resume(request: Request, token: str) -> None:
    if "riprendi" in request.POST:
        services.resume_alerts(token=token)
    else:
        services.stop_alerts(token=token)


def _form(
    request: Request,
    form: SavedSearchForm,
    *,
    title: str,
    back: str,
    known: SavedSearch | None = None,
) -> HttpResponse:
    context = {
        "crumbs": [*_crumbs(), (title, "")],
        "form": form,
        "title": title,
        "back": back,
        "known": known,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "search/saved_form.html", context, status=status)


def _first(words: str, known: SavedSearch | None) -> dict[str, str]:
    if known:
        return {"name": known.name, "frequency": known.frequency}
    return {"name": words[:NAME_LENGTH], "frequency": SavedSearch.Frequency.WEEKLY}


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Cerca"), reverse("search:results")),
        (_("Le mie ricerche"), reverse("search:saved")),
    ]
