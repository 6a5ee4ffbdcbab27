"""«Proponi modifica alla fonte»: a changed clause goes up to the source, which answers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms.suggesting import AnswerForm, SuggestForm
from casa.library.models import Entry, Suggestion
from casa.library.queries.suggesting import Offer
from casa.library.views.forms import as_written, crumbs
from casa.registry.http import Request, typed

PER_PAGE = 25
TAKE, DECLINE, WITHDRAW, READ = "prendi", "rifiuta", "ritira", "letta"


@require_http_methods(["GET", "POST"])
def suggest(request: Request, slug: str) -> HttpResponse:
    """The clauses that we changed; with one chosen, the form that proposes it."""
    copy = access.entry_for(request.actor, slug)
    if not access.may_suggest(request.actor, copy):
        raise Refused(_("Propone alla fonte chi ha un mandato di redazione nell'ente."))
    source = queries.offered_source(copy)
    offers = queries.offers_of(copy, source) if source else []
    context: dict[str, Any] = {
        "crumbs": crumbs(copy, _("Proponi alla fonte")),
        "entry": copy,
        "source": source,
        "offers": offers,
    }
    key = typed(request, "clausola")
    if not key:
        return render(request, "library/suggest.html", context)
    return _one(request, copy, _offer(offers, key), context)


def _offer(offers: list[Offer], key: str) -> Offer:
    found = next((one for one in offers if one.key == key and one.can_be_sent), None)
    if found is None:
        raise Http404
    return found


def _one(request: Request, copy: Entry, offer: Offer, context: dict[str, Any]) -> HttpResponse:
    form = SuggestForm(request.POST or None, initial={"testo": offer.after})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.suggest(
                copy=copy,
                offer=offer,
                text=as_written(given["testo"]),
                reason=given["motivo"],
                actor=request.actor,
                now=timezone.now(),
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Proposta inviata: la fonte risponde qui."))
            return redirect("library:suggestion", made.pk)
    context |= {"offer": offer, "form": form}
    status = 422 if form.errors else 200
    return render(request, "library/suggest_one.html", context, status=status)


@require_safe
def suggestions(request: Request, slug: str) -> HttpResponse:
    """What was proposed to a text, and what its body proposed to its source."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_read_suggestions(request.actor, entry):
        raise Refused(_("Le proposte le legge chi lavora per l'ente del testo."))
    rows = queries.suggestions_of(entry)
    context = {
        "crumbs": crumbs(entry, _("Proposte")),
        "entry": entry,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "may_suggest": access.may_suggest(request.actor, entry),
    }
    return render(request, "library/suggestions.html", context)


@require_http_methods(["GET", "POST"])
def suggestion(request: Request, pk: int) -> HttpResponse:
    """One proposal: its words, its reason, its answer, and what may be done now."""
    found = access.suggestion_for(request.actor, pk)
    form = AnswerForm(request.POST or None, initial={"testo": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _done(request, found, form.cleaned_data))
            return redirect("library:suggestion", found.pk)
        except Refused as why:
            form.add_error(None, str(why))
    return _page(request, found, form)


def _done(request: Request, found: Suggestion, given: dict[str, str]) -> str:
    """Do what was asked; what to say then."""
    who: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    act = request.POST.get("atto", "")
    if act == WITHDRAW:
        services.withdraw_suggestion(suggestion=found, **who)
        return _("Proposta ritirata.")
    if act == READ:
        services.note_answer_read(suggestion=found, **who)
        return _("Risposta letta.")
    if act == DECLINE:
        services.decline_suggestion(suggestion=found, answer=given["risposta"], **who)
        return _("Risposta inviata.")
    if act != TAKE:
        raise Refused(_("Scegli se prenderla o no, con uno dei due pulsanti."))
    written = services.accept_suggestion(
        suggestion=found, text=as_written(given["testo"]), answer=given["risposta"], **who
    )
    if written:
        return _("Presa: è già fra le modifiche del testo, per la prossima versione.")
    return _("Presa: scrivila nel file della prossima versione.")


def _page(request: Request, found: Suggestion, form: forms.Form) -> HttpResponse:
    context = {
        "crumbs": crumbs(found.source, _("Proposta")),
        "suggestion": found,
        "form": form,
        "words": queries.words_of(found),
        "may_answer": access.may_answer(request.actor, found),
        "may_withdraw": access.may_withdraw_suggestion(request.actor, found),
    }
    status = 422 if form.errors else 200
    return render(request, "library/suggestion.html", context, status=status)
